"""The reader's pages, one file a subject: each asks `storage.queries` or `storage.search` and fills a template."""
