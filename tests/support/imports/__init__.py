"""Files for tests of imports, and functions that import them."""
