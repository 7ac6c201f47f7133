"""Listings: the article links, menus and next pages of pages that list articles."""
