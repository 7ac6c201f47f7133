"""What a search costs, by kind of query, on both databases and beside their own full-text search."""
