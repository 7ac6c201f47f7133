"""Commands of a fleet: crawls on several machines."""
