"""Listings: find the article links, the menus and the next page on pages that list articles."""
