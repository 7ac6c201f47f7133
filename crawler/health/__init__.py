"""Health of each site: its newest run compared with its earlier ones."""
