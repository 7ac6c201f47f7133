"""The contents of WARC records from any program."""
