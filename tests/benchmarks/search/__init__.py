"""The cost of a search by kind of query, on both databases, compared with their own full-text search."""
