"""Parts of the crawl benchmark: the served sites, the crawls that are compared, and where their processor time goes."""
