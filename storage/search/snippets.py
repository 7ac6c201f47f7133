"""The part of an article to show with a hit, the ranges to highlight in it, and in which form it has the words.

Pure. Index and query hold stems, so matches are located by cutting and stemming the raw text once more.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

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

# Control characters too: a terminal may act on them.
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


@dataclass(frozen=True, slots=True)
class Snippet:
    """text: raw, each run of white space as one blank, "…" where it was cut. spans: [start, end) in text."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Match:
    first: int  # number of its first word
    last: int
    phrase: int


def words_of(text: str) -> list[arabic.Word]:
    """The words among which matches are looked for."""
    return list(islice(arabic.words(text), _MAX_WORDS))


class Finder:
    """Finds where texts have the words of one query."""

    def __init__(self, query: Query) -> None:
        self._query = query
        self._wanted = query.wanted()
        self._begins: dict[str, list[tuple[int, Phrase]]] = {}
        for number, phrase in enumerate(self._wanted):
            for key in phrase.forms[0]:
                self._begins.setdefault(key, []).append((number, phrase))

    def read(self, text: str) -> "FoundWords":
        """The words of the text, and where they match."""
        words = words_of(text)
        return FoundWords(text, words, self._matches(words))

    def highlights(self, matched: "FoundWords") -> tuple[Span, ...]:
        """The ranges of the query's words and phrases: [start, end) in the text, in order, without overlap."""
        spans: list[Span] = []
        for match in matched.matches:
            start, end = matched.words[match.first].start, matched.words[match.last].end
            if spans and start < spans[-1][1]:
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((start, end))
        return tuple(spans)

    def snippet(self, matched: "FoundWords") -> Snippet:
        """The SNIPPET_WORDS words around the best match of the query; the beginning of the text if there is none."""
        text, words = matched.text, matched.words
        if not words:
            return Snippet("", ())
        first, last = _window(matched.matches[:_MAX_MATCHES])
        first = max(0, min(first, len(words) - SNIPPET_WORDS))
        last = min(max(last, first + SNIPPET_WORDS - 1), len(words) - 1)
        start = _edge(text, words[first].start, -1) if first else 0
        end = _edge(text, words[last].end, 1)
        shown = " ".join(_BLANKS.split(text[start:end][:_MAX_CHARACTERS])).strip()
        shown = f"{'… ' if first else ''}{shown}{' …' if text[end:].strip() else ''}"
        return Snippet(shown, self.highlights(self.read(shown)))

    def matched_form(self, parts: Sequence["FoundWords"]) -> Form | None:
        """In which form an article has the query's words: the best form of each, and the worst of these.

        None where a word of the query is not among the parts.
        """
        best: dict[int, int] = {}
        for part in parts:
            for match in part.matches:
                if best.get(match.phrase, len(FORMS)) > 0:
                    words, phrase = part.words[match.first : match.last + 1], self._wanted[match.phrase]
                    form = _form(part.text, words, phrase, exact=self._query.exact)
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

    def _matches(self, words: Sequence[arabic.Word]) -> list[_Match]:
        """In the order of their first words."""
        exact, stem, begins = self._query.exact, arabic.stem, self._begins
        keys = [word.folded if exact else stem(word.folded) for word in words]
        places = []
        for position, key in enumerate(keys):
            if key not in begins:
                continue
            for number, phrase in begins[key]:
                last = position + len(phrase.forms) - 1
                if last < len(keys) and all(
                    keys[position + step] in forms for step, forms in enumerate(phrase.forms[1:], 1)
                ):
                    places.append(_Match(position, last, number))
        return places


@dataclass(frozen=True, slots=True)
class FoundWords:
    """A text with the words among which matches were looked for, and the matches."""

    text: str
    words: list[arabic.Word]
    matches: list[_Match]


def snippet(text: str, query: Query) -> Snippet:
    """The words of a text around the best match of the query."""
    finder = Finder(query)
    return finder.snippet(finder.read(text))


def _form(text: str, words: Sequence[arabic.Word], phrase: Phrase, *, exact: bool) -> int:
    """Place in FORMS of a phrase that these words match."""
    if tuple(word.folded for word in words) == phrase.folded:
        raw = dict.fromkeys((word.start, word.end) for word in words)  # a name in one word is several
        spelled = tuple(arabic.spelling(text[start:end]) for start, end in raw)
        return 0 if spelled == phrase.spellings else 1
    return 2 if exact or arabic.stem(words[0].folded) in phrase.inflected else 3


def _window(matches: list[_Match]) -> Span:
    """Numbers of the first and last word of the window with the most different phrases; the earliest of equals."""
    best = (0, 0, 0)
    for number, match in enumerate(matches):
        end = match.first + SNIPPET_WORDS - _BEFORE
        within = [other for other in matches[number : number + SNIPPET_WORDS] if other.last < end]
        phrases = len({other.phrase for other in within})
        if phrases > best[0]:
            best = (phrases, match.first, max((other.last for other in within), default=match.last))
    return max(0, best[1] - _BEFORE), best[2]


def _edge(text: str, position: int, step: int) -> int:
    """The position past punctuation that touches a word, such as a bracket or full stop; at most 8 characters on."""
    for _ in range(8):
        beside = position if step > 0 else position - 1
        if not 0 <= beside < len(text) or text[beside].isspace() or text[beside].isalnum():
            break
        position += step
    return position
