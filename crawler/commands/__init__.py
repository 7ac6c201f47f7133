"""The commands of `warraq`, by what they are for. Each parses, calls one function, prints."""
