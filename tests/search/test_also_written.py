"""Other spellings of a name are offered where headlines of different sites show that they are the same name."""

from collections.abc import Sequence

import pytest
from sqlalchemy import Engine

from storage.arabic import stem
from storage.search import index
from storage.search.also_written import OtherSpelling, rewritten
from storage.search.engine import search
from storage.search.forms.name_spellings import SiteHeadline, is_same_name, may_be_name, spellings
from storage.search.forms.word_forms import keys
from tests.support.rooms.search import add

PAIRS = [
    ("نتنياهو", "نتانياهو"), ("غوتيريش", "غوتيريس"), ("غوتيريش", "جوتيريش"), ("زيلينسكي", "زيلنسكي"),
    ("ماكرون", "مكرون"), ("شولتس", "شولتز"), ("غانتس", "جانتس"), ("بلينكن", "بلنكن"), ("ليفربول", "لفربول"),
    ("غوغل", "جوجل"), ("انستغرام", "انستجرام"), ("هيغسيث", "هيجسيث"), ("ميدفيديف", "مدفيديف"), ("مليشيا", "ميليشيا"),
    ("بيونغ", "بيونج"), ("دونالد", "دونلد"),
]  # fmt: skip
# Headlines of two sites that each keep to their own spelling.
ALIF = [
    "غوتيريش يلتقي ويتكوف في القدس",
    "ويتكوف وغوتيريش: لا هدنة قريبة",
    "مكتب غوتيريش ينفي النبأ",
    "أولاف غوتيريش يحذّر",
]
BA = ["مكتب غوتيريس ينفي الخبر", "أولاف غوتيريس يهدد", "غوتيريس يلتقي وفدا من القاهرة"]


def fill(engine: Engine, by_site: dict[str, Sequence[str]]) -> None:
    number = 0
    for site, titles in by_site.items():
        for title in titles:
            number += 1
            add(engine, number, f"نص الخبر رقم {number}", title=title, site=site)
    index.catch_up(engine)


def test_a_name_is_offered_as_the_other_site_writes_it(engine: Engine) -> None:
    fill(engine, {"alif": ALIF, "ba": BA})
    assert search(engine, "غوتيريش القدس").also_written == (OtherSpelling("غوتيريش", "غوتيريس", 3),)
    assert search(engine, "غوتيريس").also_written == (OtherSpelling("غوتيريس", "غوتيريش", 3),)


def test_what_the_query_names_excludes_or_has_on_a_later_page_is_not_offered(engine: Engine) -> None:
    fill(engine, {"alif": ALIF, "ba": BA})
    assert search(engine, "غوتيريش | غوتيريس").also_written == ()
    assert search(engine, "مكتب -غوتيريش").also_written == ()
    assert search(engine, "غوتيريش", offset=1).also_written == ()


def test_a_name_whose_articles_were_removed_is_not_offered(engine: Engine) -> None:
    fill(engine, {"alif": ALIF, "ba": BA})
    with engine.begin() as connection:
        connection.exec_driver_sql("update articles set status = 'removed' where site = 'ba'")
    assert search(engine, "غوتيريش").also_written == ()


def test_a_site_that_writes_both_or_one_site_alone_shows_nothing(engine: Engine) -> None:
    fill(engine, {"alif": [*ALIF, *BA[:2]], "ba": BA})
    assert search(engine, "غوتيريش").also_written == ()


def headlines(site: str, *titles: str) -> list[SiteHeadline]:
    return [SiteHeadline(site, title, tuple(title.split())) for title in titles]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_the_spellings_of_a_name_are_tried_or_found_from_either(one: str, other: str) -> None:
    assert may_be_name(one)
    for query, written in ((one, other), (other, one)):
        assert (written in set(spellings(query))) != (stem(written) in keys(query)), "tried where it is not found"


@pytest.mark.parametrize(
    ("one", "other"), [("كتاب", "كاتب"), ("مجلس", "مجالس"), ("وزير", "وزاره"), ("قاتل", "قتال"), ("مدرس", "مدارس")]
)
def test_two_words_of_the_dictionary_are_never_one_name(one: str, other: str) -> None:
    of_one = headlines("alif", f"صدور {one} جديد للرئيس", f"صدور {one} آخر جديد", f"بحضور {one} رئيسي")
    of_other = headlines("ba", f"صدور {other} جديد للرئيس", f"صدور {other} آخر جديد", f"بحضور {other} رئيسي")
    assert not is_same_name(one, other, of_one, of_other)


def test_names_beside_which_nothing_is_the_same_stay_apart() -> None:
    of_one = headlines("alif", "ماريا تفوز بالكأس", "ماريا تعتزل اللعب")
    of_other = headlines("ba", "مارية تزور المعرض", "مارية تفتتح المتحف")
    assert not is_same_name("ماريا", "مارية", of_one, of_other)


def test_a_query_is_rewritten_with_the_other_spelling_and_nothing_else_of_it() -> None:
    other = OtherSpelling("غوتيريش", "غوتيريس", 3)
    assert rewritten('section:سياسة "أولاف غوتيريش" -غزة', other) == 'section:سياسة "أولاف غوتيريس" -غزة'


@pytest.mark.parametrize(
    ("beside", "is_one"),
    [(["اولاف", ""], True), (["مستشار", ""], False), (["مستشار", "برلين"], True), (["", ""], False)],
)
def test_one_foreign_word_or_two_others_beside_both_make_them_one_name(beside: list[str], is_one: bool) -> None:
    before, behind = beside
    one, other = (
        [SiteHeadline(site, "", [*filter(None, [before]), name, *filter(None, [behind])])] * 2
        for site, name in (("alif", "غوتيريش"), ("ba", "غوتيريس"))
    )
    assert is_same_name("غوتيريش", "غوتيريس", one, other) == is_one


def test_no_vowel_is_put_before_a_name() -> None:
    assert not {f"{vowel}غوتيريش" for vowel in "اوي"} & set(spellings("غوتيريش"))
