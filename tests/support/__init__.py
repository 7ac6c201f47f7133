"""Code that tests share: processes, servers, hand-made archives, and newspapers to crawl."""
