"""Pages as trees: decoding, parsing, CSS selection, JSON-LD, and pruning. Shared by link finding and extraction."""
