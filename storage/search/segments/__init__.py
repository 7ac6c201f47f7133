"""The segments of the index: built by several processes, and merged to delete removed articles."""
