"""A store of objects for tests, and archives whose WARC files lie in it."""
