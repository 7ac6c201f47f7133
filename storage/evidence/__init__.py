"""Evidence of what an archive held by which time: a Merkle tree of each day's records, whose seal is timestamped."""
