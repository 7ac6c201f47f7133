"""WARC files: written, read back, searched for damage, redacted."""
