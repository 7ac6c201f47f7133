"""Facets: how many of the articles that a search finds have which section, author, tag, site and so on."""

from storage.search.facets.facet_counts import KINDS, FacetCount, Facets, Kind, count_days, facets

__all__ = ["KINDS", "FacetCount", "Facets", "Kind", "count_days", "facets"]
