"""Crawls of a fleet of served outlets: their memory on one machine, and their faults on several."""
