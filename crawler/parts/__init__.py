"""Articles in several pages: finding the further pages, and joining their texts."""
