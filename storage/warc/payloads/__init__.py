"""What WARC records hold, as any program writes them."""
