"""The schedule of each site: the interval between crawls, adapted to its news, and pauses by the operator."""
