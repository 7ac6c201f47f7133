"""Probing a site: which channels work, whether articles can be extracted, and the site file written from that."""
