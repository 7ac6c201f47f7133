"""A fleet of outlets that publish by a simulated clock, crawled by successive runs as from cron."""
