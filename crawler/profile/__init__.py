"""Site profiles: the templates, furniture lines and shared values learned from a site's articles. Pure functions."""
