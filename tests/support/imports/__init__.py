"""Files for tests of imports, and the import of them."""
