"""What a searcher asks for, read from one line: words, phrases, alternatives and exclusions.

    انتخابات البرلمان          both words
    "وزير الخارجية"            a phrase; also «…» and “…”
    تونس | الجزائر             one or the other (or both); also OR
    مصر -كرة                   the first without the second

`|` binds closer than a blank: "a b | c" is a and (b or c). أو stays a word: texts and phrases are full of it.
"""

import re
from dataclasses import dataclass

from storage import arabic
from storage.errors import UsageError

MAX_WORDS = 64

# Written onto the next word. Never stripped in the index (they begin roots too), so asked for instead.
_PROCLITICS = ("و", "ب", "ل", "ف", "وب", "ول")
# The article behind them, which `stem` leaves on when only two letters follow.
_SHORT_PROCLITICS = ("وال", "بال", "فال", "كال")

_DIRECTION_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_PART = re.compile(
    r"""(?P<minus>(?<![^\s|])[-\u2212])?
    (?: "(?P<straight>[^"]*)" | «(?P<guillemets>[^»]*)» | [“„](?P<curly>[^“”„]*)[”“]
      | (?P<bar>\|) | (?P<word>[^\s|"«“„]+|["«“„]) )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """One word or several in a row: for each place the keys that may stand there, as the index keeps them."""

    places: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """Any one of these phrases must occur; or, excluded, none may."""

    phrases: tuple[Phrase, ...]
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Clauses that all must hold; at least one is no exclusion. exact: words as spelled, but for folding."""

    clauses: tuple[Clause, ...]
    exact: bool = False

    def wanted(self) -> tuple[Phrase, ...]:
        """The phrases worth showing in a hit."""
        return tuple(phrase for clause in self.clauses if not clause.excluded for phrase in clause.phrases)


def parse(query: str, *, exact: bool = False) -> Query:
    """Read a query. exact: neither endings nor written-on particles are looked through.

    Raises UsageError when nothing in it can be searched for, or it has more than MAX_WORDS words.
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
            raise UsageError(f"the query has more than {MAX_WORDS} words; leave some out")
        phrase = _phrase(tokens, exact=exact)
        excluded = part["minus"] is not None
        if either and not excluded and clauses and not clauses[-1].excluded:
            clauses[-1] = Clause((*clauses[-1].phrases, phrase))
        else:
            clauses.append(Clause((phrase,), excluded))
        either = False
    if not clauses:
        raise UsageError(f'there is no word in the query {query[:80]!r}; try: warraq search "الانتخابات"')
    if all(clause.excluded for clause in clauses):
        raise UsageError(f"the query {query[:80]!r} only excludes; add a word that must occur")
    return Query(tuple(clauses), exact)


def _phrase(tokens: list[str], *, exact: bool) -> Phrase:
    first, *others = tokens
    if exact:
        return Phrase(tuple((token,) for token in tokens))
    # Inside a phrase the particles stand as the searcher wrote them; only its first word may take another.
    return Phrase((_forms(first), *((arabic.stem(token),) for token in others)))


def _forms(token: str) -> tuple[str, ...]:
    """The stems of the word and of what is written onto it, each once."""
    meant = arabic.stems(token)
    forms = dict.fromkeys(meant)
    if len(token) > 2:
        forms |= dict.fromkeys(particle + each for particle in _PROCLITICS for each in meant)
        # One letter more may let `stem` take more: كرة is kept as كره, but لكرة as لكر. Not so with ف, which
        # news rarely writes onto a bare noun: فكرة would count as كرة.
        forms |= dict.fromkeys(arabic.stem(particle + token) for particle in _PROCLITICS if particle != "ف")
    forms |= dict.fromkeys(particle + each for particle in _SHORT_PROCLITICS for each in meant if len(each) == 2)
    return tuple(forms)
