"""WARC files that lie in a store of objects instead of the archive's folder, under the same names."""
