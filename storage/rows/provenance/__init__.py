"""The provenance of versions without a capture."""
