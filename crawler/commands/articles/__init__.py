"""Commands about articles: read and save pages, search and facets, show, history, diff, changes, similar, watch."""
