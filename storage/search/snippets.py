"""Snippets of hits: the part of an article to show, the ranges to highlight, and the form in which words matched.

Pure. Index and query contain stems, so matches are located by tokenising the raw text again. The stem of each word as
written is cached across texts, and ranges are computed only for words that are shown.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal, NamedTuple

from storage import arabic
from storage.search.query_language import Phrase, Query

Span = tuple[int, int]
Form = Literal["exact", "folded", "stem", "lemma"]
FORMS: tuple[Form, ...] = ("exact", "folded", "stem", "lemma")  # the best first

SNIPPET_WORDS = 32
_BEFORE = 6  # words shown before the first that matched
_MAX_WORDS = 20_000  # of a text; the index keeps fewer
_MAX_MATCHES = 500
_MAX_CHARACTERS = 1_000  # of a snippet; texts without blanks exist
_REMEMBERED = 1 << 16  # words
_SEVERAL = ""  # key of a raw word that is not exactly one word; no word has this key

# Control characters too: a terminal may interpret them.
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


@dataclass(frozen=True, slots=True)
class Snippet:
    """text: raw, each run of white space as one blank, "…" where it was cut. spans: [start, end) in text."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Match:
    first: int  # index of its first word
    last: int
    phrase: int


class Finder:
    """Finds the words of one query in texts."""

    def __init__(self, query: Query) -> None:
        self._query = query
        self._wanted = query.wanted()
        self._begins: dict[str, list[tuple[int, Phrase]]] = {}
        for number, phrase in enumerate(self._wanted):
            for key in phrase.forms[0]:
                self._begins.setdefault(key, []).append((number, phrase))
        self._keys = {_SEVERAL}.union(key for phrase in self._wanted for forms in phrase.forms for key in forms)

    def read(self, text: str) -> "FoundWords":
        """Find the query's words and matches in a text."""
        raws = arabic.raw_words(text)[:_MAX_WORDS]
        exact, keys = self._query.exact, self._keys
        key_of = (_FOLDED_KEYS if exact else _STEM_KEYS).__getitem__
        words: dict[int, _FoundWord] = {}
        shifts = [(0, 0)]
        for place in [place for place, key in enumerate(map(key_of, raws)) if key in keys]:
            number, raw = place + shifts[-1][1], raws[place]
            found = arabic.tokens_of(raw)
            for step, folded in enumerate(found):
                words[number + step] = _FoundWord(place, raw, folded, folded if exact else arabic.stem(folded))
            if len(found) != 1:
                shifts.append((number + len(found), number + len(found) - place - 1))
        return FoundWords(text, len(raws) + shifts[-1][1], words, shifts, self._matches(words))

    def highlights(self, matched: "FoundWords") -> tuple[Span, ...]:
        """The ranges of the query's words and phrases: [start, end) in the text, in order, without overlap."""
        spans: list[Span] = []
        for match in matched.matches:
            start, end = matched.range_of(match.first)[0], matched.range_of(match.last)[1]
            if spans and start < spans[-1][1]:
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((start, end))
        return tuple(spans)

    def snippet(self, matched: "FoundWords") -> Snippet:
        """The SNIPPET_WORDS words around the best match of the query; the beginning of the text without a match."""
        text, count = matched.text, matched.count
        if not count:
            return Snippet("", ())
        first, last = _window(matched.matches[:_MAX_MATCHES])
        first = max(0, min(first, count - SNIPPET_WORDS))
        last = min(max(last, first + SNIPPET_WORDS - 1), count - 1)
        start = _edge(text, matched.range_of(first)[0], -1) if first else 0
        end = _edge(text, matched.range_of(last)[1], 1)
        shown = " ".join(_BLANKS.split(text[start:end][:_MAX_CHARACTERS])).strip()
        shown = f"{'… ' if first else ''}{shown}{' …' if text[end:].strip() else ''}"
        return Snippet(shown, self.highlights(self.read(shown)))

    def matched_form(self, parts: Sequence["FoundWords"]) -> Form | None:
        """The form in which an article has the query's words: of each word the best form, and of these the worst.

        parts: the article's texts. None if they lack a word of the query.
        """
        best: dict[int, int] = {}
        for part in parts:
            for match in part.matches:
                if best.get(match.phrase, len(FORMS)) > 0:
                    words = [part.words[number] for number in range(match.first, match.last + 1)]
                    form = _form(words, self._wanted[match.phrase], exact=self._query.exact)
                    best[match.phrase] = min(form, best.get(match.phrase, form))
        worst, first = 0, 0
        for clause in self._query.clauses:
            if not clause.excluded:
                last = first + len(clause.phrases)
                forms = [best[number] for number in range(first, last) if number in best]
                if not forms:
                    return None
                worst, first = max(worst, min(forms)), last
        return FORMS[worst] if best else None

    def _matches(self, words: "dict[int, _FoundWord]") -> list[_Match]:
        """The matches in the order of their first words."""
        places = []
        for position, word in words.items():
            for number, phrase in self._begins.get(word.key, ()):
                following = enumerate(phrase.forms[1:], position + 1)
                if all(step in words and words[step].key in forms for step, forms in following):
                    places.append(_Match(position, position + len(phrase.forms) - 1, number))
        return places


class _FoundWord(NamedTuple):
    """A word of the query in a text, or one of several written as one. place: index of `raw` among the raw words."""

    place: int
    raw: str
    folded: str
    key: str


def _folded_key(raw: str) -> str:
    """The folded form of a raw word; _SEVERAL if it folds to several words, or none."""
    folded = arabic.tokens_of(raw)
    return folded[0] if len(folded) == 1 else _SEVERAL


def _stem_key(raw: str) -> str:
    """The stem of a raw word; _SEVERAL as in `_folded_key`."""
    return arabic.stem(_folded_key(raw))


_FOLDED_KEYS = arabic.Remembered(_folded_key, _REMEMBERED)
_STEM_KEYS = arabic.Remembered(_stem_key, _REMEMBERED)


class FoundWords:
    """A text with its number of words, the query's words by their indexes, and the matches."""

    def __init__(
        self, text: str, count: int, words: dict[int, _FoundWord], shifts: list[Span], matches: list[_Match]
    ) -> None:
        """shifts: pairs (first, shift): from word `first` on, a word's index exceeds its raw word's by `shift`."""
        self.text, self.count, self.words, self.matches = text, count, words, matches
        self._shifts = shifts
        self._ranges: list[Span] = []
        self._further = arabic.word_ranges(text)

    def range_of(self, number: int) -> Span:
        """The range of a word: [start, end) in the text."""
        if number in self.words:
            place = self.words[number].place
        else:
            place = number - next(shift for first, shift in reversed(self._shifts) if first <= number)
        self._ranges += islice(self._further, max(0, place + 1 - len(self._ranges)))
        return self._ranges[place]


def snippet(text: str, query: Query) -> Snippet:
    """The words of a text around the best match of the query."""
    finder = Finder(query)
    return finder.snippet(finder.read(text))


def _form(words: Sequence[_FoundWord], phrase: Phrase, *, exact: bool) -> int:
    """The index in FORMS of the form in which these words match the phrase."""
    if tuple(word.folded for word in words) == phrase.folded:
        raw = {word.place: word.raw for word in words}  # a name written in one word folds to several
        return 0 if tuple(map(arabic.spelling, raw.values())) == phrase.spellings else 1
    return 2 if exact or arabic.stem(words[0].folded) in phrase.inflected else 3


def _window(matches: list[_Match]) -> Span:
    """The indexes of the first and last word of the window with the most different phrases; of equals the earliest."""
    best = (0, 0, 0)
    for number, match in enumerate(matches):
        end = match.first + SNIPPET_WORDS - _BEFORE
        within = [other for other in matches[number : number + SNIPPET_WORDS] if other.last < end]
        phrases = len({other.phrase for other in within})
        if phrases > best[0]:
            best = (phrases, match.first, max((other.last for other in within), default=match.last))
    return max(0, best[1] - _BEFORE), best[2]


def _edge(text: str, position: int, step: int) -> int:
    """The position past punctuation next to a word, such as a bracket or full stop; at most 8 characters further."""
    for _ in range(8):
        beside = position if step > 0 else position - 1
        if not 0 <= beside < len(text) or text[beside].isspace() or text[beside].isalnum():
            break
        position += step
    return position
