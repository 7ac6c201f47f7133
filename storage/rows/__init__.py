"""Reading and writing the rows of each table, in the caller's transaction."""
