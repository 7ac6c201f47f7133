"""Search gives the same on both engines, finds what Arabic writers vary, and stands any query."""

import csv
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from storage.errors import UsageError
from storage.filters import Filters
from storage.search.engine import search
from storage.search.query_language import parse
from storage.search.snippets import SNIPPET_WORDS, snippet
from tests.support.rooms.search import NOON, add, change, found

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


# A broken plural of جزيرة is a country's name as well.
ONLY_A_PLACE = {("الجزيرة", "الجزائر تفوز")}


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
    assert wrong == ONLY_A_PLACE


def test_the_second_shared_pairs_are_found(engine: Engine, shared: Path) -> None:
    with (shared / "facts" / "search_pairs2.tsv").open(newline="") as file:
        pairs = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for number, pair in enumerate(pairs, 1):
        add(engine, number, pair["text"])
    right: dict[str, list[bool]] = {}
    for number, pair in enumerate(pairs, 1):
        kind = pair["why"].split(" (")[0]
        right.setdefault(kind, []).append((number in found(engine, pair["query"])) == (pair["should_match"] == "1"))
    share = {kind: sum(values) / len(values) for kind, values in right.items()}
    assert sum(sum(values) for values in right.values()) >= 91
    assert share["broken plural"] >= 0.9
    assert share["look-alike"] >= 0.96
    assert all(share[kind] == 1 for kind in ("sound plural", "dual", "feminine", "clitic", "phrase", "exclusion"))


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
    assert found(engine, "ليبيا -تونس | المغرب") == set(), "an exclusion has alternatives, too"
    assert found(engine, "-الجزائر | المغرب تونس") == {2}
    assert found(engine, "(تونس | المغرب) ليبيا") == {2, 3}
    assert found(engine, '"ليبيا -(تونس المغرب)" | المغرب') == {3}
    assert found(engine, "«تونس وليبيا» | “المغرب وليبيا”") == {2, 3}
    assert found(engine, "عنوان تونس") == {1, 2}, "one word in the headline, one in the text"


def test_names_in_one_word_and_in_two_are_one(engine: Engine) -> None:
    add(engine, 1, "وصل الوفد إلى أبو ظبي")
    add(engine, 2, "غادر الوفد أبوظبي")
    add(engine, 3, "سافر أبو علي من دبي قبل ظبي")
    add(engine, 4, "قال نورالدين ونور الدين")
    add(engine, 5, "فتح أبواب المتحف")
    assert found(engine, "أبوظبي") == found(engine, '"أبو ظبي"') == {1, 2}
    assert found(engine, "أبو ظبي") == {1, 2, 3}, "two words, not a phrase"
    assert found(engine, '"غادر الوفد أبو ظبي"') == {2}
    assert found(engine, "الوفد -أبوظبي") == set()
    assert found(engine, '"نور الدين"') == {4}
    assert found(engine, "أبواب") == {5}
    assert search(engine, "أبوظبي", exact=True).total == 1
    answer = search(engine, "أبوظبي")
    assert [(hit.id, hit.matched_as) for hit in answer.hits] == [(2, "exact"), (1, "folded")]
    assert [hit.snippet[start:end] for hit in answer.hits for start, end in hit.spans] == ["أبوظبي", "أبو ظبي"]
    assert [(hit.id, hit.matched_as) for hit in search(engine, "أبو ظبي", limit=3).hits][:2] == [
        (3, "exact"),
        (1, "exact"),
    ]


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


@pytest.mark.parametrize(
    "query", ["ليبيا -(تونس | مصر)", "-\u200f( تونس )", "مصر | (تونس الخضراء)", "(تونس الخضراء) | مصر"]
)
def test_brackets_that_would_have_to_group_words_are_refused(engine: Engine, query: str) -> None:
    with pytest.raises(UsageError, match="brackets group nothing"):
        search(engine, query)


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
    add(engine, 2, "خبر", site="ba", published_at=NOON + timedelta(days=2), section="سياسه")
    add(engine, 3, "خبر", site="ba", published_at=None)
    assert found(engine, "خبر", filters=Filters(site="ba")) == {2, 3}
    assert found(engine, "خبر", filters=Filters(section="سياسة")) == {2}
    assert found(engine, "خبر", filters=Filters(start=NOON, end=NOON + timedelta(days=1))) == {1}
    change(engine, 1, status="removed")
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


def test_a_query_that_only_excludes_is_refused_unless_fields_narrow_it() -> None:
    with pytest.raises(UsageError, match="only excludes"):
        parse("-تونس")
    assert [clause.excluded for clause in parse("-تونس", narrowed=True).clauses] == [True]


def test_a_phrase_is_meant_as_written_and_a_word_finds_those_of_its_lemma_behind_its_own_forms() -> None:
    plural = parse('"رؤساء"', exact=True).clauses[0].phrases[0].folded[0]
    (word,), (phrase,) = (parse(each).clauses[0].phrases for each in ("رئيس", '"رئيس الوزراء"'))
    assert plural in word.forms[0]
    assert plural not in word.inflected
    assert plural not in phrase.forms[0]


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
