"""How commands print: JSON for programs, tables and text for people."""
