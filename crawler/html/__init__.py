"""HTML pages as trees: decoding, parsing, CSS selection, JSON-LD and pruning, for link finding and extraction."""
