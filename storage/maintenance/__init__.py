"""Verification, repair, rebuild, import and copy of an archive."""
