"""Parts of the crawl benchmark: the served sites, the compared crawls, and their processor time by part."""
