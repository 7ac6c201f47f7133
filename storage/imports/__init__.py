"""Import from other programs: pages in WARC files, and articles as text."""
