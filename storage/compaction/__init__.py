"""Merging small WARC files into bigger ones: which go together, and how rows follow their records."""
