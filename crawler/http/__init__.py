"""Fetching politely and safely: robots.txt, retries, addresses, encodings, size limits, the browser."""
