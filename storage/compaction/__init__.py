"""Merging of small WARC files into larger ones: the plan, the copy, and the update of rows."""
