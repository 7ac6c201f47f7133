"""Code that the test files of one room share; each module is named after its room."""
