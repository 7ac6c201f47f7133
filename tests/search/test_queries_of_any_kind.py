"""Queries made to break an engine: each has one answer on both."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from storage.errors import UsageError
from tests.support.rooms.search import add, found

HOSTILE = [
    "'", '"', '""', '"""', "';--", "'; drop table articles; --", '" OR 1=1 --', "*", "وزير*", "* *", "^وزير",
    "title:وزير", "{title} : وزير", "{title body", "NEAR(وزير مصر)", "NEAR", "AND", "NOT", "OR", "OR OR", "NOT NOT",
    "وزير AND", "AND وزير", "وزير NOT", "NOT وزير", "وزير OR", "OR وزير", "| |", "|", "||", "وزير |", "| وزير", "-",
    "--", "- -", "-وزير", "--وزير", "وزير -", "-\"وزير\"", "(", ")", "((((", "(وزير", "وزير)", "()", "وزير + مصر",
    ":", "::", "وزير:*", "وزير & !مصر", "!!", "<->", "وزير <-> مصر", "<2>", "\\", "\\\\", "وزير\\", "'وزير'", "''",
    "\x00", "وزير\x00مصر", "\x00وزير", "\ud800", "وزير\udfff", "\ue000", "وزير\ue000مصر", "\ufeff", "\u200f",
    "\u202eوزير", "%", "_", "%s", "%(asked)s", ":asked", "?", "?1", "$1", "@@", "{}", "[]", "<b>وزير</b>", "&amp;",
    "\n", "\t\r\n", "وزير\nمصر", "«", "»", "«وزير", "وزير»", "“", "”", "“وزير", "„وزير“", "ـ", "ـــ", "َ", "َُِّ",
    "﷽", "ﷺ", "﷼", "😀", "👨\u200d👩\u200d👧", "é", "e\u0301", "ß", "İ", "ı", "ǅ", "٣٫٥", "1e309", "0x1F", "-1", "1.5",
    "a@b.example", "https://x.example/?a=b&c=d", "/etc/passwd", "../..", "a_b", "__", "و", "ال", "لل", "ه", "ي",
    "x" * 5_000, "و" * 5_000, '"' * 5_000, "(" * 5_000, "-" * 5_000, "| " * 5_000, "وزير\u0301\u0301",
]  # fmt: skip


def answer(engine: Engine, query: str, *, exact: bool = False) -> object:
    try:
        return found(engine, query, exact=exact)
    except UsageError as error:
        return str(error)


@pytest.fixture
def hostile(both: tuple[Engine, Engine]) -> tuple[Engine, Engine]:
    for number, written in enumerate([*HOSTILE, "قال وزير في مصر ان مصر", "AND OR NOT NEAR وزير", "title body"], 1):
        stored = written.replace("\x00", " ").encode("utf-8", "ignore").decode()
        for engine in both:
            add(engine, number, stored, title=stored[:50])
    return both


@pytest.mark.parametrize("exact", [False, True])
def test_no_query_breaks_an_engine_or_makes_them_disagree(hostile: tuple[Engine, Engine], exact: bool) -> None:
    assert len(HOSTILE) > 50
    sqlite, postgres = hostile
    for query in HOSTILE:
        assert answer(sqlite, query, exact=exact) == answer(postgres, query, exact=exact), query


PIECES = [
    "وزير",
    "الوزير",
    "مصر",
    "مصري",
    "لمصر",
    "كرة",
    "القدم",
    "له",
    "x1",
    '"',
    "«",
    "»",
    "-",
    "|",
    " ",
    " ",
    "OR",
    "3.5",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.lists(st.sampled_from(PIECES), max_size=9).map("".join) | st.text(max_size=12),
    exact=st.booleans(),
)
def test_any_query_has_one_answer(hostile: tuple[Engine, Engine], query: str, exact: bool) -> None:
    sqlite, postgres = hostile
    assert answer(sqlite, query, exact=exact) == answer(postgres, query, exact=exact)
