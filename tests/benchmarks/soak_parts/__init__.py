"""Parts of the soak benchmark: an endless site on loopback, and measurements of the processes that crawl it."""
