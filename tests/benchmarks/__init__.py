"""Measurements of speed and quality, as ratios to a named peer in the same run; each entry point is run with `python -m`."""
