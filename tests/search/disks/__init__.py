"""The search index on disks that refuse."""
