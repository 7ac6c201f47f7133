"""Crawls distributed over machines: one job each, queued with procrastinate in the archive's PostgreSQL database."""
