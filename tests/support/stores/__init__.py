"""An object store for tests, and archives with their WARC files in it."""
