"""Polite and safe fetching: robots.txt, retries, address checks, decoding, size limits, the browser."""
