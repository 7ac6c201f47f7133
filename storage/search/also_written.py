"""Other spellings of the names in a query, confirmed as the same names by this archive's headlines.

Nothing is stored: the index says which spellings occur, and the newest headlines with each of two spellings decide
whether they are one name. So the answer is current after every new, edited or removed article, and needs the memory
of SAMPLE headlines a spelling.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, bindparam, select

from storage import arabic
from storage.db.schema import articles
from storage.search.forms.name_spellings import LEAST_HEADLINES, SiteHeadline, is_same_name, may_be_name, spellings
from storage.search.index_folder import schema
from storage.search.indexed_words import FOLDED_IN_TITLE
from storage.search.query_language import Query

if TYPE_CHECKING:
    import tantivy

SAMPLE = 200  # newest headlines that are read for a spelling
MOST = 3  # spellings of a name
MOST_NAMES = 8  # words of a query that are looked up
_TITLES = select(articles.c.site, articles.c.title).where(
    articles.c.id.in_(bindparam("ids", expanding=True)), articles.c.status != "removed"
)


@dataclass(frozen=True, slots=True)
class OtherSpelling:
    """word: of the query, folded. spelling: another one, from headlines. articles: number of articles that have it."""

    word: str
    spelling: str
    articles: int


def also_written(connection: Connection, searcher: "tantivy.Searcher", query: Query) -> tuple[OtherSpelling, ...]:
    """Other spellings of the names in a query; for each name the most frequent first."""
    asked = dict.fromkeys(word for phrase in query.wanted() if not phrase.other for word in phrase.folded)
    made: list[OtherSpelling] = []
    for name in islice(filter(may_be_name, asked), MOST_NAMES):
        headlines: Sequence[SiteHeadline] | None = None
        others = []
        for other in spellings(name):
            if other in asked or searcher.doc_freq("marks", FOLDED_IN_TITLE + other) < LEAST_HEADLINES:
                continue
            headlines = _headlines(connection, searcher, name) if headlines is None else headlines
            of_other = _headlines(connection, searcher, other)
            if is_same_name(name, other, headlines, of_other):
                others.append(OtherSpelling(name, _as_written(other, of_other), _count(searcher, "words", other)))
        made += sorted(others, key=lambda each: (-each.articles, each.spelling))[:MOST]
    return tuple(made)


def rewritten(query: str, other: OtherSpelling) -> str:
    """The query with the name replaced by its other spelling."""
    for raw in arabic.raw_words(query):
        if arabic.tokens_of(raw) == (other.word,):
            query = query.replace(raw, other.spelling)
    return query


def _headlines(connection: Connection, searcher: "tantivy.Searcher", word: str) -> list[SiteHeadline]:
    """The newest headlines that contain a folded word."""
    found_in = _query("marks", FOLDED_IN_TITLE + word)
    result: Any = searcher.search(found_in, SAMPLE, order_by_field="newest")
    addresses = [address for _, address in result.hits]
    ids = searcher.fast_field_values("id", addresses) if addresses else []
    rows = connection.execute(_TITLES, {"ids": [number for number in ids if number is not None]})
    return [SiteHeadline(row.site, row.title, tuple(arabic.tokens(row.title))) for row in rows]


def _as_written(word: str, headlines: Sequence[SiteHeadline]) -> str:
    """The most frequent spelling of a folded word in the headlines."""
    raws = (raw for each in headlines for raw in arabic.raw_words(each.title) if arabic.tokens_of(raw) == (word,))
    counts = Counter(map(arabic.spelling, raws))
    return min(counts, key=lambda each: (-counts[each], each), default=word)


def _count(searcher: "tantivy.Searcher", field: str, value: str) -> int:
    result: Any = searcher.search(_query(field, value), 1, count=True)
    return int(result.count)


def _query(field: str, value: str) -> "tantivy.Query":
    import tantivy  # noqa: PLC0415 - as in storage.search.index_folder

    return tantivy.Query.term_query(schema(), field, value, index_option="basic")
