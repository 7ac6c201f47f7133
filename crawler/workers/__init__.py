"""Extraction in processes of its own, for crawls and for stored captures."""
