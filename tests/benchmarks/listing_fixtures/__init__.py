"""Listing pages of themes and CMSs, in three sets that were written independently."""
