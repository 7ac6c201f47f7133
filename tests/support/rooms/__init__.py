"""What the test files of one room share; each module is named after what they test."""
