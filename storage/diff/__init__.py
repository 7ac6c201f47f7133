"""What changed between two versions of an article, by class and word by word. Pure functions."""
