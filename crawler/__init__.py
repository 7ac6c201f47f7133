"""Finds pages and extracts articles from them."""
