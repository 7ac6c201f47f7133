"""The extractors that are measured, their pages, processes and scores."""
