"""Crawls shared out among machines: a job for each, on procrastinate, in the PostgreSQL that holds the archive."""
