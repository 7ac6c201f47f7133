"""Extracts whole sites with every engine, before and after their profiles are learned, and counts the results."""
