"""The commands of `warraq`, one file for each or for few that belong together. Each parses, calls, prints."""
