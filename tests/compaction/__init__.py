"""WARC files that are merged: which, how, and what a kill leaves."""
