"""The state of each site: its newest run compared with its own past."""
