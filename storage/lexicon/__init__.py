"""The Arabic dictionary of simplemma: lemmas of words, and whether a word is in it."""

from storage.lexicon.known_words import is_known, is_listed, unknown

__all__ = ["is_known", "is_listed", "unknown"]
