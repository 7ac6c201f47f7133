"""The text of an article: where it stands on the page, and which of its lines belong to it."""
