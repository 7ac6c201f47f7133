"""Polite and safe fetching: robots.txt, retries, address checks, encodings, size limits, the browser."""
