"""Bulk work on stored captures and WARC files, on this machine's processors or those of a Ray cluster."""
