"""Tools for tests and authors of translations."""
