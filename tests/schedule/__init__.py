"""When each site is crawled next."""
