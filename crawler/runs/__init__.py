"""One crawl of one site: engine, pipeline, progress, summary and exit code."""
