"""Parsers of a site's own lists: feeds, sitemaps, REST posts and home pages. Pure: bytes or a tree in, entries out."""
