"""The lemma dictionary as an SQLite file, which saves every process half a second of loading.

simplemma packs its Arabic words; unpacked they are a table of forms and lemmas in the user's cache. The first process
that needs the file creates it, and so does the first one with another version of simplemma. Where the file can't be
written, the words are kept in memory.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Protocol, TypeVar

from storage import arabic
from storage.errors import ArchiveError
from storage.files import replacement

LAYOUT = 2
Answer = TypeVar("Answer")


class LemmaTable(Protocol):
    """A table of the forms and the lemmas of words."""

    def lemmas(self, forms: Sequence[str]) -> set[str]:
        """The lemmas of these forms, and those forms that are lemmas themselves."""

    def forms(self, lemma: str) -> Sequence[str]:
        """All forms of a lemma, unordered."""

    def listed(self, folded: Sequence[str]) -> set[str]:
        """Which of these folded words are forms or lemmas, in any spelling."""


@dataclass(frozen=True, slots=True)
class _Stored:
    path: Path

    def lemmas(self, forms: Sequence[str]) -> set[str]:
        marks = ", ".join("?" * len(forms))
        query = (
            f"select lemma from forms where form in ({marks}) union select lemma from forms where lemma in ({marks})"  # noqa: S608
        )
        return set(self._column(query, (*forms, *forms)))

    def forms(self, lemma: str) -> Sequence[str]:
        return self._column("select form from forms where lemma = ?", (lemma,))

    def listed(self, folded: Sequence[str]) -> set[str]:
        marks = ", ".join("?" * len(folded))
        return set(self._column(f"select folded from words where folded in ({marks})", folded))  # noqa: S608

    def _column(self, query: str, values: Sequence[str]) -> list[str]:
        with closing(sqlite3.connect(f"{self.path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            return [value for (value,) in connection.execute(query, values)]


@dataclass(frozen=True, slots=True)
class _InMemory:
    by_form: Mapping[str, str]
    by_lemma: Mapping[str, list[str]]
    folded: frozenset[str]

    def lemmas(self, forms: Sequence[str]) -> set[str]:
        known = {lemma for form in forms if (lemma := self.by_form.get(form))}
        return known | {form for form in forms if form in self.by_lemma}

    def forms(self, lemma: str) -> Sequence[str]:
        return self.by_lemma.get(lemma, ())

    def listed(self, folded: Sequence[str]) -> set[str]:
        return {word for word in folded if word in self.folded}


def ask_table(ask: Callable[[LemmaTable], Answer]) -> Answer:
    """Call `ask` with the table and return its answer. A file that was deleted meanwhile or is damaged is made anew."""
    try:
        return ask(lemma_table())
    except sqlite3.Error:
        lemma_table.cache_clear()
        with suppress(OSError):
            table_path().unlink()
        return ask(lemma_table())


@lru_cache(maxsize=1)
def lemma_table() -> LemmaTable:
    """The table from its file, which is created if missing; in memory where it can't be."""
    try:
        path = table_path()
    except RuntimeError:  # the user has no home directory
        return _in_memory(dict(_words()))
    if _is_complete(path):
        return _Stored(path)
    words = dict(_words())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacement(path) as out:
            out.write(_database(words))
        if _is_complete(path):
            return _Stored(path)
    except (OSError, ArchiveError, sqlite3.Error):
        pass  # without a cache, only time is lost
    return _in_memory(words)


def table_path() -> Path:
    """The path of the file; its name has the layout and simplemma's version."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache).absolute() / "warraq" / f"lemmas-{LAYOUT}-{version('simplemma')}.db"


def _is_complete(path: Path) -> bool:
    """Whether the file exists and has its count of words. It was renamed into place, and so is never half-written."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            return connection.execute("select count from made").fetchone() is not None
    except sqlite3.Error:
        return False


def _words() -> Iterator[tuple[str, str]]:
    """The (form, lemma) of the dictionary whose form is in Arabic letters."""
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory  # noqa: PLC0415 - 0.3 s

    for form, lemma in DefaultDictionaryFactory().get_dictionary("ar").items():
        if lemma and not form[:1].isascii():
            yield form, lemma


def _database(words: Mapping[str, str]) -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("create table forms(form text primary key, lemma text not null) without rowid")
        connection.executemany("insert into forms values (?, ?)", sorted(words.items()))
        connection.execute("create table words(folded text primary key) without rowid")
        connection.executemany("insert into words values (?)", ((word,) for word in sorted(_folded(words))))
        connection.execute("create index forms_lemma on forms(lemma)")
        connection.execute("create table made as select count(*) as count from forms")
        connection.commit()
        return connection.serialize()


def _in_memory(words: Mapping[str, str]) -> LemmaTable:
    by_lemma: dict[str, list[str]] = {}
    for form, lemma in words.items():
        by_lemma.setdefault(lemma, []).append(form)
    return _InMemory(words, by_lemma, _folded(words))


def _folded(words: Mapping[str, str]) -> frozenset[str]:
    return frozenset(map(arabic.fold, {*words, *words.values()}))
