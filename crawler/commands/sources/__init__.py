"""Commands about sites: list, probe, add and check them, pause them, show their health and coverage."""
