"""Facets: the articles that a search finds, counted by section, author, tag, site and other values."""

from storage.search.facets.facet_counts import KINDS, FacetCount, Facets, Kind, count_days, facets

__all__ = ["KINDS", "FacetCount", "Facets", "Kind", "count_days", "facets"]
