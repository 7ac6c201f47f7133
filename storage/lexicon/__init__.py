"""simplemma's Arabic dictionary: the lemmas of words, and whether a word is listed."""

from storage.lexicon.known_words import is_known, is_listed, unknown

__all__ = ["is_known", "is_listed", "unknown"]
