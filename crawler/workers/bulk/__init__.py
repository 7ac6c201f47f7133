"""Bulk work over stored captures and WARC files: on this machine's processors, or on those of a Ray cluster."""
