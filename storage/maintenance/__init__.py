"""Verification, repair, rebuild, compaction, copy and backup of an archive."""
