"""Evidence: which bytes an archive held by when. Each record is a leaf of a tree a day, whose seal is timestamped."""
