"""Translation of a query and filters into tantivy queries: which articles match, and at which level of relevance.

Levels: matches in the headline rank before those in the lead, and these before those in the rest of the text; in each
place the query's spelling ranks before folded and inflected forms. Words of the same lemma come last. Apart from the
date nothing else counts, so that the order does not depend on the history of an index.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from storage.arabic import fold, stem
from storage.filters import Filters
from storage.search.indexed_words import (
    FOLDED_IN_TITLE,
    IN_LEAD,
    IN_TITLE,
    NOT_PLAIN,
    NOT_PLAIN_IN_TITLE,
    SPELLED,
    SPELLED_IN_TITLE,
    microseconds,
)
from storage.search.query_language import Phrase, Query
from storage.search.snippets import Form

if TYPE_CHECKING:
    import tantivy

Place = Literal["title", "lead", "text"]
# The best level first.
LEVELS: tuple[tuple[Place, Form], ...] = (
    ("title", "exact"), ("title", "folded"), ("title", "stem"),
    ("lead", "exact"), ("lead", "folded"), ("lead", "stem"),
    ("text", "exact"), ("text", "folded"), ("text", "stem"),
    ("title", "lemma"), ("lead", "lemma"), ("text", "lemma"),
)  # fmt: skip
# Filters of exports, which are not in the index: the database evaluates them.
_NOT_INDEXED = ("changed_before", "language", "min_words", "max_words", "seen_since", "seen_before")


class Matcher:
    """Builds queries for one index. sites_of: returns a country's sites; ids_of: the articles that match filters."""

    def __init__(
        self,
        schema: "tantivy.Schema",
        searcher: "tantivy.Searcher",
        sites_of: Callable[[str], list[str]],
        ids_of: Callable[[Filters], list[int]],
    ) -> None:
        import tantivy  # noqa: PLC0415 - the import takes 40 ms; only searches need it

        self._schema, self._searcher, self._sites_of, self._ids_of = schema, searcher, sites_of, ids_of
        self._query, self._integer = tantivy.Query, tantivy.FieldType.Integer
        self._must, self._may, self._must_not = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot

    def matches(self, query: Query, filters: Sequence[Filters]) -> "tantivy.Query":
        """The query for all matching articles, in any form and place; without clauses, only the filters are applied."""

        def anywhere(phrase: Phrase) -> "tantivy.Query":
            return self._row("words" if query.exact else "keys", phrase.forms)

        wanted = [self._either(map(anywhere, each.phrases)) for each in query.clauses if not each.excluded]
        without = [self._either(map(anywhere, each.phrases)) for each in query.clauses if each.excluded]
        without += [self._all(self._terms(each)) for given in filters for each in given.excluded]
        wanted += [term for given in filters for term in self._terms(given)]
        return self._all(wanted or [self._query.all_query()], without)

    def having(self, field: str, value: str) -> "tantivy.Query":
        """The query for the articles with this value in the field."""
        return self._any(field, [value])

    def narrowed(self, matches: "tantivy.Query", field: str, value: str) -> "tantivy.Query":
        """The query for the matching articles with this value in the field."""
        return self._all([matches, self._any(field, [value])])

    def levels(self, query: Query, filters: Sequence[Filters]) -> "Iterator[tuple[tuple[Place, Form], tantivy.Query]]":
        """The queries of the levels, the best first. A level's query also matches articles of some better levels."""
        wanted = [clause for clause in query.clauses if not clause.excluded]
        rest = self.matches(Query(tuple(each for each in query.clauses if each.excluded), query.exact), filters)
        has_lemmas = any(len(phrase.forms[0]) > len(phrase.inflected) for each in wanted for phrase in each.phrases)
        for place, form in LEVELS:
            if (form == "lemma" and not has_lemmas) or (form == "stem" and query.exact):
                continue
            terms = [self._either([self._at(phrase, place, form) for phrase in each.phrases]) for each in wanted]
            yield (place, form), self._all([*terms, rest])

    def _at(self, phrase: Phrase, place: Place, form: Form) -> "tantivy.Query":
        """The query for the phrase in one place and form."""
        keys: Sequence[Sequence[str]]
        if form in ("exact", "folded"):
            keys = [(stem(word),) for word in phrase.folded]
            row = self._row("words", [(word,) for word in phrase.folded])
        else:
            keys = (phrase.forms[0] if form == "lemma" else phrase.inflected, *phrase.forms[1:])
            row = self._row("keys", keys)
        required, without = [row], []
        if place == "title" and form in ("exact", "folded"):
            required += [self._any("marks", [FOLDED_IN_TITLE + word]) for word in phrase.folded]
        elif place != "text":
            mark = IN_TITLE if place == "title" else IN_LEAD
            required += [self._any("marks", [mark + key for key in each]) for each in keys]
        if form == "exact":
            spelled, not_plain = (SPELLED_IN_TITLE, NOT_PLAIN_IN_TITLE) if place == "title" else (SPELLED, NOT_PLAIN)
            for spelling in phrase.spellings:
                if spelling in phrase.folded:
                    without.append(self._any("marks", [not_plain + spelling]))
                else:
                    required.append(self._any("marks", [spelled + spelling]))
        return self._all(required, without)

    def _row(self, field: str, forms: Sequence[Sequence[str]]) -> "tantivy.Query":
        """The query for words in a row. forms: the alternatives at each position; only the first may have several."""
        if len(forms) == 1:
            return self._any(field, forms[0])
        rest = [each[0] for each in forms[1:]]
        first = [form for form in forms[0] if self._searcher.doc_freq(field, form)]
        return self._either(self._query.phrase_query(self._schema, field, [form, *rest]) for form in first)

    def _terms(self, filters: Filters) -> "list[tantivy.Query]":
        """The conditions of the filters, without their exclusions."""
        terms = []
        for field, value in (
            ("site", filters.site),
            ("sections", None if filters.section is None else fold(filters.section)),
            ("tags", None if filters.tag is None else fold(filters.tag)),
            ("agency", None if filters.agency is None else filters.agency.lower()),
            ("status", filters.status),
        ):
            if value is not None:
                terms.append(self._any(field, [value]))
        if filters.author is not None:
            words = fold(filters.author).split()
            terms.append(self._row("authors", [(word,) for word in words]) if words else self._query.empty_query())
        if filters.country is not None:
            terms.append(self._any("site", self._sites_of(filters.country.upper())))
        if filters.unreserved:
            terms.append(self._query.term_query(self._schema, "reserved", 0))
        if filters.start is not None or filters.end is not None:
            terms.append(self._within("published", filters.start, filters.end))
        if filters.changed_since is not None:
            terms.append(self._within("edited", filters.changed_since, None))
        elsewhere = Filters(**{name: getattr(filters, name) for name in _NOT_INDEXED})
        if elsewhere != Filters():
            if elsewhere.changed_before is not None:  # one edit has to be between the two times
                elsewhere = replace(elsewhere, changed_since=filters.changed_since)
            terms.append(self._query.term_set_query(self._schema, "id", self._ids_of(elsewhere)))
        return terms

    def _within(self, field: str, start: datetime | None, end: datetime | None) -> "tantivy.Query":
        low, high = (None if each is None else microseconds(each) for each in (start, end))
        return self._query.range_query(self._schema, field, self._integer, low, high, include_upper=end is None)

    def _any(self, field: str, values: Sequence[str]) -> "tantivy.Query":
        if len(values) == 1:
            return self._query.term_query(self._schema, field, values[0], index_option="basic")
        return self._query.term_set_query(self._schema, field, values)

    def _either(self, queries: "Iterable[tantivy.Query]") -> "tantivy.Query":
        given = list(queries)
        if len(given) == 1:
            return given[0]
        return self._query.boolean_query([(self._may, each) for each in given]) if given else self._query.empty_query()

    def _all(self, queries: "Sequence[tantivy.Query]", without: "Sequence[tantivy.Query]" = ()) -> "tantivy.Query":
        if len(queries) == 1 and not without:
            return queries[0]
        terms = [(self._must, each) for each in queries] + [(self._must_not, each) for each in without]
        return self._query.boolean_query(terms)
