"""Listing pages of themes and CMSs, in three sets that were written apart from each other."""
