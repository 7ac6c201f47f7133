"""A fleet of outlets that publish by a clock of the test's, crawled by run after run as cron starts them."""
