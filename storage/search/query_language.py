"""The query language: words, phrases, alternatives and exclusions on one line.

    انتخابات البرلمان          both words
    "وزير الخارجية"            a phrase; also «…» and “…”
    تونس | الجزائر             one or the other (or both); also OR
    مصر -كرة                   the first without the second
    مصر -كرة | سلة             the first without any of the others

`|` binds closer than a blank: "a b | c" is a and (b or c). أو is an ordinary word, as it is frequent in texts.
"""

import re
from dataclasses import dataclass, replace

from storage import arabic
from storage.errors import UsageError
from storage.messages import message
from storage.search.forms import keys
from storage.search.forms.one_word_names import in_one_word, other_writings

MAX_WORDS = 64

# Direction marks and other invisible characters that pasted text contains, also before a minus.
_UNSEEN = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_QUOTED = re.compile(r'"[^"]*"|«[^«»]*»|[“„][^“”„]*[”“]')
# Brackets that seem to group words.
_GROUP = re.compile(
    r"(?<!\S)[-\u2212]\([^()]*\s[^()]*\)|\|\s*\([^()|]*[^\s()|]\s+[^\s()|][^()|]*\)"
    r"|\([^()|]*[^\s()|]\s+[^\s()|][^()|]*\)\s*\|"
)
_PART = re.compile(
    r"""(?P<minus>(?<![^\s|])[-\u2212])?
    (?: "(?P<straight>[^"]*)" | «(?P<guillemets>[^«»]*)» | [“„](?P<curly>[^“”„]*)[”“]
      | (?P<bar>\|) | (?P<word>[^\s|"«“„]+|["«“„]) )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """One word or several in a row.

    forms: for each position, the index keys that match there. inflected: the keys of the first position without those
    of other words of the same lemma. folded: the folded words. spellings: the words as written in the query
    (`arabic.spelling`). other: whether it is the other writing of a name in the query, in one word or in two.
    """

    forms: tuple[tuple[str, ...], ...]
    inflected: tuple[str, ...]
    folded: tuple[str, ...]
    spellings: tuple[str, ...]
    other: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """At least one of the phrases must occur. excluded: none may occur."""

    phrases: tuple[Phrase, ...]
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """All clauses must match. exact: only the words' own spelling matches, after folding."""

    clauses: tuple[Clause, ...]
    exact: bool = False

    def wanted(self) -> tuple[Phrase, ...]:
        """The phrases to highlight in a hit: those of clauses that don't exclude."""
        return tuple(phrase for clause in self.clauses if not clause.excluded for phrase in clause.phrases)


def seen_text(query: str) -> str:
    """A query without invisible characters."""
    return _UNSEEN.sub("", query)


def parse(query: str, *, exact: bool = False, narrowed: bool = False) -> Query:
    """Parse a query. exact: match no endings or particles other than the query's own. narrowed: fields or filters
    select articles, so that all words may be exclusions.

    Raises UsageError for a query without a word that must occur, for more than MAX_WORDS words, and for brackets.
    """
    query = seen_text(query)
    if group := _GROUP.search(_QUOTED.sub('""', query)):
        raise UsageError(
            message(
                "brackets group nothing, as in {group!r}; write -one -other, or a phrase in quotes",
                group=group.group().strip()[:80],
            )
        )
    clauses: list[Clause] = []
    either = False
    count = 0
    before: tuple[str, str] | None = None  # the word before, as written and folded
    for part in _PART.finditer(query):
        if part["bar"] or part["word"] == "OR":
            either, before = True, None
            continue
        written = next(filter(None, part.group("straight", "guillemets", "curly", "word")), "")
        tokens = arabic.tokens(written)
        if not tokens:
            continue
        count += len(tokens)
        if count > MAX_WORDS:
            raise UsageError(message("the query has more than {most} words; leave some out", most=MAX_WORDS))
        phrases = _phrases(written, tokens, exact=exact)
        excluded = part["minus"] is not None
        if either and not excluded and clauses:
            clauses[-1] = _with(clauses[-1], phrases)
        else:
            clauses.append(Clause(phrases, excluded))
        alone = (written, tokens[0]) if part["word"] and len(tokens) == 1 and not excluded and not exact else None
        if before and alone and (one := in_one_word(before[1], alone[1])):
            name = (_phrase(f"{before[0]} {written}", [one], other=True),)
            clauses[-2:] = [_with(each, name) for each in clauses[-2:]]
        either, before = False, alone
    if not clauses:
        raise UsageError(
            message('there is no word in the query {query!r}; try: warraq search "الانتخابات"', query=query[:80])
        )
    if not narrowed and all(clause.excluded for clause in clauses):
        raise UsageError(message("the query {query!r} only excludes; add a word that must occur", query=query[:80]))
    return Query(tuple(clauses), exact)


def _with(clause: Clause, phrases: tuple[Phrase, ...]) -> Clause:
    return replace(clause, phrases=(*clause.phrases, *phrases))


def _phrases(written: str, tokens: list[str], *, exact: bool) -> tuple[Phrase, ...]:
    """A part of the query as a phrase, and further phrases with names in their other writing."""
    others = () if exact else tuple(_phrase(written, each, other=True) for each in other_writings(tokens))
    return (_phrase(written, tokens, exact=exact), *others)


def _phrase(written: str, tokens: list[str], *, exact: bool = False, other: bool = False) -> Phrase:
    first, *others = tokens
    inflected = (first,) if exact else keys(first, lemmas=False)
    forms: tuple[tuple[str, ...], ...]
    if exact:
        forms = tuple((token,) for token in tokens)
    elif others:
        # A phrase matches as written; only its first word is inflected, and may have a particle before it.
        forms = (inflected, *((arabic.stem(token),) for token in others))
    else:
        forms = (keys(first),)
    spellings = tuple(map(arabic.spelling, arabic.raw_words(written)))
    return Phrase(forms, inflected, tuple(tokens), spellings, other)
