"""The reader's HTML pages, one file a subject: each queries `storage.queries` or `storage.search`, fills a template."""
