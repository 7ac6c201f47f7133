"""Saved searches: what is new, edited or gone among the articles that a search finds, since it was last asked."""
