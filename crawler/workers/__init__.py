"""Extraction in worker processes, of a crawl's pages and of stored captures."""
