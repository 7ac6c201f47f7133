"""Writing to an archive in groups: captures to the files of their runs, pages in shared transactions."""
