"""Search gives the same on both engines, finds what Arabic writers vary, and stands any query."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, insert, make_url, text, update

from storage.db.database import connect
from storage.db.schema import articles, facts, labels, metadata, sites
from storage.errors import ArchiveError, UsageError
from storage.filters import Filters
from storage.search import index
from storage.search.engine import search
from storage.search.query_language import parse
from storage.search.snippets import SNIPPET_WORDS, snippet

NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)


def make_archive(database_url: str) -> Engine:
    url = make_url(database_url)
    if url.database and url.get_backend_name() == "sqlite":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = connect(database_url)
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(
            insert(sites),
            [{"name": name, "home": f"https://{name}.example", "timezone": "UTC"} for name in ("alif", "ba")],
        )
        index.ensure(connection)
    return engine


def add(
    engine: Engine,
    article_id: int,
    text: str,
    *,
    title: str = "عنوان",
    subtitle: str | None = None,
    site: str = "alif",
    published_at: datetime | None = NOON,
    published_offset: int | None = 180,
    precision: str | None = "minute",
) -> None:
    row = {
        "id": article_id,
        "url": f"https://{site}.example/{article_id}",
        "url_key": f"{site}.example/{article_id}",
        "site": site,
        "title": title,
        "subtitle": subtitle,
        "authors": [],
        "categories": [],
        "tags": [],
        "section": None,
        "published_at": published_at,
        "published_offset": published_offset,
        "published_precision": precision,
        "text": text,
        "word_count": len(text.split()),
        "content_sha256": "0" * 64,
        "extractor": "test 1",
        "version": 1,
        "status": "live",
        "first_seen_at": NOON,
        "last_seen_at": NOON,
    }
    with engine.begin() as connection:
        connection.execute(insert(articles), row)
        index.index_article(connection, article_id, title=title, subtitle=subtitle, text=text)


def found(engine: Engine, query: str, *, exact: bool = False, filters: Filters | None = None) -> set[int]:
    results = search(engine, query, exact=exact, filters=filters, limit=1000)
    assert results.total == len(results.hits)
    return {hit.id for hit in results.hits}


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_archive(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def both(tmp_path: Path, postgres_url: str) -> Iterator[tuple[Engine, Engine]]:
    engines = make_archive(f"sqlite:///{tmp_path}/both.db"), make_archive(postgres_url)
    yield engines
    for engine in engines:
        engine.dispose()


# query, text, whether it is found. Ours; the shared pairs are checked below where they are there.
PAIRS = [
    ("الأردن", "قال مسؤول في الاردن", True),
    ("الاردن", "زيارة للأردن", True),
    ("الاردن", "عاد وبالأردن يلتقي الوفدان", True),
    ("وزارة الدفاع", "اعلنت وزاره الدفاع", True),
    ("موسى", "عمرو موسي", True),
    ("مسؤولون", "مسئولين", True),
    ("مُحَمَّد", "محمد", True),
    ("محمد", "مُـحَـمَّـد", True),
    ("محمد", "ﻣﺤﻤﺪ", True),
    ("سلام", "ﺳﻼﻡ", True),
    ("هذا", "هٰذا", True),
    ("كتاب", "کتاب", True),
    ("پاريس", "باريس", True),
    ("فيديو", "ڤيديو", True),
    ("١٤٤٧", "1447", True),
    ("۱۲۳", "١٢٣", True),
    ("nato", "حلف NATO", True),
    ("يد", "رفعت اليد", True),
    ("اليد", "يد واحدة", True),
    ("يد", "باليد", True),
    ("لقاء", "حضر للقاء الرئيس", True),
    ("وزير", "ووزير المالية", True),
    ("وزير", "لوزير", True),
    ("حكومة", "حكومته", True),
    ("حكومة", "حكومتها", True),
    ("تصريح", "في تصريحاته", True),
    ("مصري", "المصرية", True),
    ("مصرية", "مصري", True),
    ("إيران", "الإيرانيين", True),
    ("لبنان", "اللبنانية", True),
    ("فلسطين", "الفلسطينيين", True),
    ("covid-19", "مرض COVID 19 ينتشر", True),
    ('"3.5"', "ارتفع 3.5 بالمئة", True),
    ("ﷺ", "صلى الله عليه وسلم", True),
    ("وزير", "زير نساء", False),
    ("ورد", "رد الوزير", False),
    ("لبن", "لبنان", False),
    ("الله", "قال له", False),
    ("بن", "بنات", False),
    ("سلام", "استسلام", False),
    ("2025", "2024", False),
    ('"وزير الخارجية"', "الخارجية وزير", False),
    ('"وزير الخارجية"', "وزير الدفاع والخارجية", False),
    ("كرة", "اتحاد لكرة القدم", True),
    ("كرة", "فكرة", False),
]


def test_spellings_and_endings_are_looked_through_and_other_words_are_not(engine: Engine) -> None:
    for number, (_, written, _) in enumerate(PAIRS, 1):
        add(engine, number, written)
    wrong = [
        (query, written)
        for number, (query, written, expected) in enumerate(PAIRS, 1)
        if (number in found(engine, query)) != expected
    ]
    assert wrong == []


# Broken plurals are other words to a light stem; nothing short of a dictionary joins them.
OUT_OF_REACH = {("كتاب", "كتب جديدة")}


def test_the_shared_pairs_are_found(engine: Engine, shared: Path) -> None:
    with (shared / "facts" / "search_pairs.tsv").open(newline="") as file:
        pairs = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(pairs) > 40
    for number, pair in enumerate(pairs, 1):
        add(engine, number, pair["text"])
    wrong = {
        (pair["query"], pair["text"])
        for number, pair in enumerate(pairs, 1)
        if (number in found(engine, pair["query"])) != (pair["should_match"] == "1")
    }
    assert wrong == OUT_OF_REACH


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


def test_words_are_anded_alternatives_ored_and_exclusions_taken_out(engine: Engine) -> None:
    add(engine, 1, "تونس والجزائر")
    add(engine, 2, "تونس وليبيا")
    add(engine, 3, "المغرب وليبيا")
    assert found(engine, "تونس ليبيا") == {2}
    assert found(engine, "تونس | المغرب") == {1, 2, 3}
    assert found(engine, "تونس OR المغرب ليبيا") == {2, 3}
    assert found(engine, "ليبيا -تونس") == {3}
    assert found(engine, "-تونس ليبيا") == {3}
    assert found(engine, 'ليبيا -"تونس وليبيا"') == {3}
    assert found(engine, "ليبيا | -تونس") == {3}
    assert found(engine, "«تونس وليبيا» | “المغرب وليبيا”") == {2, 3}
    assert found(engine, "عنوان تونس") == {1, 2}, "one word in the headline, one in the text"


def test_the_subtitle_is_searched_and_headline_and_text_do_not_make_a_phrase(engine: Engine) -> None:
    add(engine, 1, "الجديدة", title="الحكومة", subtitle="فرعي مهم")
    assert found(engine, "فرعي") == {1}
    assert found(engine, '"الحكومة فرعي"') == set()
    assert found(engine, "الحكومة الجديدة") == {1}


def test_exact_mode_takes_only_the_spelling(engine: Engine) -> None:
    add(engine, 1, "الوزير مصطفى")
    add(engine, 2, "وزير مصطفي")
    assert found(engine, "وزير") == {1, 2}
    assert found(engine, "وزير", exact=True) == {2}
    assert found(engine, "مصطفى", exact=True) == {1, 2}, "folding is no inflection"
    assert found(engine, '"الوزير مصطفي"', exact=True) == {1}


@pytest.mark.parametrize("query", ["", " ", "!؟", '""', "ـ", "-مصر", '-"وزير مصر"', "| -مصر", "كلمة " * 65])
def test_a_query_without_words_tells_what_to_do(engine: Engine, query: str) -> None:
    with pytest.raises(UsageError, match=r"try: warraq search|add a word|leave some out"):
        search(engine, query)


@pytest.mark.parametrize("wrong", [{"limit": -1}, {"limit": 10**9}, {"offset": -1}, {"offset": 10**30}, {"order": "x"}])
def test_numbers_out_of_range_are_refused(engine: Engine, wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        search(engine, "مصر", **wrong)  # type: ignore[arg-type]


def test_a_headline_weighs_more_than_the_text(engine: Engine) -> None:
    add(engine, 1, "نص عن شيء آخر يذكر الانتخابات", title="خبر")
    add(engine, 2, "نص عن شيء آخر تماما", title="الانتخابات")
    add(engine, 3, "كلام كثير " * 50 + "الانتخابات", title="خبر")
    hits = search(engine, "انتخابات").hits
    assert hits[0].id == 2
    scores = [hit.score for hit in hits if hit.score is not None]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == 3


def test_newest_first_puts_the_undated_last_and_pages_do_not_overlap(both: tuple[Engine, Engine]) -> None:
    answers: list[list[int]] = []
    for engine in both:
        for number in range(1, 31):
            published_at = None if number % 7 == 0 else NOON - timedelta(days=number % 5)
            add(engine, number, "خبر عاجل", published_at=published_at)
        pages = [search(engine, "خبر", order="newest", limit=8, offset=start) for start in range(0, 32, 8)]
        assert {page.total for page in pages} == {30}
        answers.append([hit.id for page in pages for hit in page.hits])
        assert {hit.score for page in pages for hit in page.hits} == {None}
    assert answers[0] == answers[1]
    assert sorted(answers[0]) == list(range(1, 31))
    assert set(answers[0][-4:]) == {7, 14, 21, 28}


def test_filters_narrow_what_is_found(engine: Engine) -> None:
    add(engine, 1, "خبر", site="alif")
    add(engine, 2, "خبر", site="ba", published_at=NOON + timedelta(days=2))
    add(engine, 3, "خبر", site="ba", published_at=None)
    with engine.begin() as connection:
        connection.execute(insert(labels), [{"article_id": 2, "kind": "section", "folded": "سياسه"}])
    assert found(engine, "خبر", filters=Filters(site="ba")) == {2, 3}
    assert found(engine, "خبر", filters=Filters(section="سياسة")) == {2}
    assert found(engine, "خبر", filters=Filters(start=NOON, end=NOON + timedelta(days=1))) == {1}
    with engine.begin() as connection:
        connection.execute(update(articles).where(articles.c.id == 1).values(status="removed"))
    assert found(engine, "خبر") == {2, 3}


def test_a_hit_shows_raw_text_with_the_words_marked(engine: Engine) -> None:
    written = "كلمة " * 100 + "قالَ الوَزيـرُ (في القاهرة): وللوزير رأي. " + "ختام " * 100
    add(engine, 1, written, title="الوزيرُ يتحدث", published_at=NOON, precision="day")
    (hit,) = search(engine, "وزير").hits
    assert [hit.snippet[start:end] for start, end in hit.spans] == ["الوَزيـرُ", "وللوزير"]
    assert [hit.title[start:end] for start, end in hit.title_spans] == ["الوزيرُ"]
    assert hit.snippet.startswith("… ")
    assert hit.snippet.endswith(" …")
    assert hit.snippet.strip("… ") in written
    assert len(hit.snippet.split()) <= SNIPPET_WORDS + 2
    assert (hit.published_at, hit.precision) == ("2025-03-01", "day")


def test_the_time_is_given_in_the_offset_it_was_published_with(engine: Engine) -> None:
    add(engine, 1, "خبر", published_offset=180)
    add(engine, 2, "خبر", published_at=None, published_offset=None, precision=None)
    first, second = sorted(search(engine, "خبر").hits, key=lambda hit: hit.id)
    assert first.published_at == "2025-03-01T15:00:00+03:00"
    assert (second.published_at, second.precision) == (None, None)


def test_a_phrase_is_marked_whole_and_its_words_alone_are_not() -> None:
    shown = snippet("الخارجية ثم وزير الخارجية", parse('"وزير الخارجية"'))
    assert [shown.text[start:end] for start, end in shown.spans] == ["وزير الخارجية"]


def test_the_snippet_is_taken_where_most_of_the_query_is() -> None:
    written = "تونس " + "كلمة " * 60 + "\n\nالجزائر وتونس معا " + "كلمة " * 60
    shown = snippet(written, parse("تونس الجزائر"))
    assert [shown.text[start:end] for start, end in shown.spans] == ["الجزائر", "وتونس"]


@given(st.text(st.sampled_from("اوليرمص ـًﷺ -.«»\u200f\n\x1bab1") | st.characters(), max_size=200))
def test_snippets_of_any_text_have_spans_inside_them(written: str) -> None:
    shown = snippet(written, parse("مصر | ولي | a | 1"))
    assert all(0 <= start < end <= len(shown.text) for start, end in shown.spans)
    assert all(end <= after for (_, end), (after, _) in pairwise(shown.spans))
    assert "\x1b" not in shown.text


def test_a_changed_article_is_found_by_its_new_words_only_and_a_removed_one_by_none(engine: Engine) -> None:
    add(engine, 1, "الكلام القديم")
    add(engine, 2, "الكلام الباقي")
    with engine.begin() as connection:
        index.index_article(connection, 1, title="آخر", subtitle=None, text="الكلام الجديد")
    assert found(engine, "القديم | عنوان -الباقي") == set()
    assert found(engine, "الجديد") == {1}
    with engine.begin() as connection:
        index.remove_article(connection, 1)
        index.remove_article(connection, 1)
        index.remove_article(connection, 99)
    assert found(engine, "الكلام") == {2}
    if engine.dialect.name == "sqlite":
        with engine.begin() as connection:
            connection.execute(text("insert into search_index (search_index) values ('integrity-check')"))
            left = connection.execute(text("select count(*) from search_words")).scalar_one()
        assert left == 1


def test_an_index_of_other_rules_is_made_again(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(1, 6):
        add(engine, number, f"خبر {number}")
    with engine.begin() as connection:
        connection.execute(update(articles).where(articles.c.id == 5).values(status="removed"))
        connection.execute(update(articles).where(articles.c.id == 4).values(text="شيء"))
        index.ensure(connection)
    assert 4 in found(engine, "خبر"), "nothing is done while the rules are the same"
    monkeypatch.setattr(index, "VERSION", "0.0.0")
    with pytest.raises(ArchiveError, match="warraq reindex"):
        search(engine, "خبر")
    with engine.begin() as connection:
        index.ensure(connection)
    assert found(engine, "خبر") == {1, 2, 3}


def test_rebuild_is_whole_reports_progress_and_leaves_the_same_answers(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "_BATCH", 2)
    for number in range(1, 6):
        add(engine, number, f"خبر رقم {number}")
    seen: list[tuple[int, int]] = []
    assert index.rebuild(engine, lambda done, total: seen.append((done, total))) == 5
    assert seen == [(2, 5), (4, 5), (5, 5)]
    assert found(engine, "خبر") == {1, 2, 3, 4, 5}
    assert found(engine, "3") == {3}


def test_a_rebuild_that_dies_leaves_the_old_index(engine: Engine) -> None:
    add(engine, 1, "خبر")

    def die(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.rebuild(engine, die)
    assert found(engine, "خبر") == {1}


def test_search_without_an_index_says_so(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(facts.delete())
    with pytest.raises(ArchiveError, match="warraq reindex"):
        search(engine, "خبر")


def test_the_longest_queries_are_answered(both: tuple[Engine, Engine]) -> None:
    numbered = [f"كلمه{number}" for number in range(64)]
    for engine in both:
        add(engine, 1, " ".join(numbered))
        add(engine, 2, numbered[5])
        assert found(engine, " ".join(numbered)) == {1}
        assert found(engine, " | ".join(numbered)) == {1, 2}
        assert found(engine, f'"{" ".join(numbered)}"') == {1}
        assert found(engine, f"{numbered[5]} -" + " -".join(numbered[6:])) == {2}


def test_a_reader_that_may_not_write_can_search(engine: Engine, database_url: str) -> None:
    add(engine, 1, "خبر")
    reader = connect(database_url, readonly=True)
    assert found(reader, "خبر") == {1}
    reader.dispose()


def huge_texts() -> list[str]:
    return [
        " ".join(f"كلمه{number}" for number in range(20_000)) + " النهايه القصوى",
        "مكرر " * 20_000 + "النهايه القصوى",
        "مكرر قبل " * 300 + "النهايه القصوى",
        " ".join(f"{number}{'طويل' * 200}" for number in range(4_000)) + " النهايه القصوى",
        "متصل" * 100_000,
        "\n\n".join("سطر" for _ in range(17_000)),
    ]


def test_a_huge_text_is_kept_within_limits_and_found_alike(both: tuple[Engine, Engine]) -> None:
    for engine in both:
        for number, written in enumerate(huge_texts(), 1):
            add(engine, number, written, title="خبر")
        add(engine, 7, "القصوى", title=huge_texts()[0])
        with engine.begin() as connection:
            index.index_article(connection, 7, title=huge_texts()[0], subtitle="خبر", text="القصوى")
    sqlite, postgres = both
    queries = ["كلمه1", "كلمه19999", '"كلمه15000 كلمه15001"', '"كلمه19000 كلمه19001"', "مكرر", '"مكرر النهايه"',
               '"مكرر مكرر"', '"النهايه القصوى"', "القصوى", '"مكرر قبل النهايه"', "خبر", "سطر", '"سطر سطر"',
               "متصل" * 16, "متصل" * 400]  # fmt: skip
    answers = {query: found(sqlite, query) for query in queries}
    assert answers == {query: found(postgres, query) for query in queries}
    assert answers["كلمه19999"] == {1, 7}, "past the last position words are still found"
    assert answers['"كلمه19000 كلمه19001"'] == set(), "but not as phrases"
    assert answers["القصوى"] >= {1, 2, 3, 7}
    assert answers["متصل" * 400] == {5}
