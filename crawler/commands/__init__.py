"""The commands of `warraq`, one or a few related ones per file. Each parses options, calls a function and prints."""
