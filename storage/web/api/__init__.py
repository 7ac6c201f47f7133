"""The JSON API, /api/v1: the content of the pages, for programs."""
