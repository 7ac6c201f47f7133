"""Commands on one article or a page: read, search, show, history, diff."""
