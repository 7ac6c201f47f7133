"""The files of the index as segments: made by several processes, and merged where they hold what was removed."""
