"""Probe of a site: checks which channels work and whether articles can be extracted, and writes a site file."""
