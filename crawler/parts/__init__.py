"""Articles that are split into several pages: finding the further pages, and joining the texts."""
