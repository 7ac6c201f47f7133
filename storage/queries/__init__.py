"""Read-only questions to the archive: articles, statistics, run history, coverage."""
