"""The difference between two versions of an article: classes of change, and a word diff. Pure."""
