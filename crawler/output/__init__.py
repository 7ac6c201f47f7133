"""Printing for commands: JSON for programs, tables and text for people."""
