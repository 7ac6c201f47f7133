"""WARC files in an object store instead of the archive's folder, under the same names."""
