"""Commands of a fleet: crawls shared out among machines."""
