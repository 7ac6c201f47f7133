"""Full-text search: the query language, the index in the archive's database, and hits with snippets."""

from storage.search.engine import Hit, Results, search

__all__ = ["Hit", "Results", "search"]
