"""WARC files: writer, readers, repair, redaction and merging."""
