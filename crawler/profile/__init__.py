"""What a site's own articles teach about its pages. Pure functions over texts."""
