"""Invented news sites: designs (builds) filled with seeded articles; the gold of a page is its input."""
