"""Import of what other programs kept: pages in WARC files, and articles as text."""
