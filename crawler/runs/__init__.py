"""Crawls: Scrapy's engine, the pipeline into the archive, progress, and each run's summary and exit code."""
