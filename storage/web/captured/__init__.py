"""Captured pages, served on a separate origin that serves archived bytes only."""
