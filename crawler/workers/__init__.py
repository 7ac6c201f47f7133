"""Extraction in worker processes, for crawls and for stored captures."""
