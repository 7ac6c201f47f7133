"""The query language: words, phrases, alternatives and exclusions on one line.

    انتخابات البرلمان          both words
    "وزير الخارجية"            a phrase; also «…» and “…”
    تونس | الجزائر             one or the other (or both); also OR
    مصر -كرة                   the first without the second

`|` binds closer than a blank: "a b | c" is a and (b or c). أو stays a word: it is frequent in texts and phrases.
"""

import re
from dataclasses import dataclass

from storage import arabic
from storage.errors import UsageError
from storage.messages import message
from storage.search.forms import keys

MAX_WORDS = 64

_DIRECTION_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_PART = re.compile(
    r"""(?P<minus>(?<![^\s|])[-\u2212])?
    (?: "(?P<straight>[^"]*)" | «(?P<guillemets>[^«»]*)» | [“„](?P<curly>[^“”„]*)[”“]
      | (?P<bar>\|) | (?P<word>[^\s|"«“„]+|["«“„]) )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """One word or several in a row.

    forms: for each position, the keys that match there, as the index stores them. inflected: those of the first
    position that inflection gives, without words of the same lemma. folded: the words as they fold. spellings: as they
    are written in the query (`arabic.spelling`).
    """

    forms: tuple[tuple[str, ...], ...]
    inflected: tuple[str, ...]
    folded: tuple[str, ...]
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """At least one of the phrases must occur. excluded: none may."""

    phrases: tuple[Phrase, ...]
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """All clauses must hold; at least one is not an exclusion. exact: words match as spelled, after folding."""

    clauses: tuple[Clause, ...]
    exact: bool = False

    def wanted(self) -> tuple[Phrase, ...]:
        """The phrases to highlight in a hit: those of clauses that are not exclusions."""
        return tuple(phrase for clause in self.clauses if not clause.excluded for phrase in clause.phrases)


def parse(query: str, *, exact: bool = False) -> Query:
    """Parse a query. exact: no other endings or particles than the query's own match.

    Raises UsageError for a query without a word that must occur, and for more than MAX_WORDS words.
    """
    clauses: list[Clause] = []
    either = False
    count = 0
    for part in _PART.finditer(_DIRECTION_MARKS.sub("", query)):
        if part["bar"] or part["word"] == "OR":
            either = True
            continue
        written = next(filter(None, part.group("straight", "guillemets", "curly", "word")), "")
        tokens = arabic.tokens(written)
        if not tokens:
            continue
        count += len(tokens)
        if count > MAX_WORDS:
            raise UsageError(message("the query has more than {most} words; leave some out", most=MAX_WORDS))
        phrase = _phrase(written, tokens, exact=exact)
        excluded = part["minus"] is not None
        if either and not excluded and clauses and not clauses[-1].excluded:
            clauses[-1] = Clause((*clauses[-1].phrases, phrase))
        else:
            clauses.append(Clause((phrase,), excluded))
        either = False
    if not clauses:
        raise UsageError(
            message('there is no word in the query {query!r}; try: warraq search "الانتخابات"', query=query[:80])
        )
    if all(clause.excluded for clause in clauses):
        raise UsageError(message("the query {query!r} only excludes; add a word that must occur", query=query[:80]))
    return Query(tuple(clauses), exact)


def _phrase(written: str, tokens: list[str], *, exact: bool) -> Phrase:
    first, *others = tokens
    inflected = (first,) if exact else keys(first, lemmas=False)
    forms: tuple[tuple[str, ...], ...]
    if exact:
        forms = tuple((token,) for token in tokens)
    elif others:
        # A phrase is meant as written; only its first word is inflected, and may have a particle before it.
        forms = (inflected, *((arabic.stem(token),) for token in others))
    else:
        forms = (keys(first),)
    spellings = tuple(map(arabic.spelling, arabic.raw_words(written)))
    return Phrase(forms, inflected, tuple(tokens), spellings)
