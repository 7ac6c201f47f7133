"""Identity of articles: which canonical URLs are believed, which articles moved, and parting of merged articles."""
