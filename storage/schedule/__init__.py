"""When each site is crawled next: the interval that its news ask for, and whether its operator has paused it."""
