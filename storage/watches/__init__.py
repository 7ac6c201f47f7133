"""Saved searches, which report new, edited and gone articles among their results since the last time."""
