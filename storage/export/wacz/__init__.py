"""A selection of articles as WACZ 1.1.1: their captures as WARC, an index and a list of pages in one ZIP file."""
