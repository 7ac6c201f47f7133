"""The parts of the soak: a site without end on loopback, and the watch over the processes that crawl it."""
