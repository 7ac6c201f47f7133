"""Commands on the sites that are crawled: list, probe, add and check them, their health and coverage."""
