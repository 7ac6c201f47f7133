"""Reading and writing the rows of each table, inside a transaction that the caller holds."""
