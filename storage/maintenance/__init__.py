"""Verify, repair, rebuild, import and copy an archive."""
