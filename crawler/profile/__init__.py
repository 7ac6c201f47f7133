"""Site profiles: what a site's own articles show about its pages. Pure functions over texts."""
