"""Full-text search: the index, the query language, and snippets."""
