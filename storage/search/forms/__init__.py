"""The forms in which texts may hold a word of a query: inflections, and words of the same lemma."""

from storage.search.forms.word_forms import keys

__all__ = ["keys"]
