"""WARC files: the writer, the readers, and the repair and redaction of files."""
