"""A first look at a site, and the site file written from it."""
