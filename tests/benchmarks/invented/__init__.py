"""Invented news sites: designs (builds) filled with seeded articles; the gold is what each page was made of."""
