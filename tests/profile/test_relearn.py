"""A profile learned again: growth, a redesign, and what is never learned."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler.extract import extract
from crawler.extract.fields.bylines import is_agency_dateline
from crawler.learning import relearn
from crawler.learning.relearn import MOST_TEMPLATES
from crawler.profile.site_profile import NO_PROFILE, SiteProfile
from crawler.site import Site
from storage.records import Capture
from tests.support.hostile import Server
from tests.support.newspapers.article_pages import SITE as EXAMPLE
from tests.support.newspapers.redesigned import FURNITURE, Newspaper
from tests.support.rooms.profiles import capture, prose

SITE = Site("liwa", "https://liwa.example/")
NOW = datetime(2026, 5, 7, 8, 0, tzinfo=UTC)


def captures(numbers: range, design: str, *, old: str = "", new: str = "") -> list[Capture]:
    """Pages of a design, the latest first. old, new: a replacement in the markup."""
    paper = Newspaper(Server(), NOW, design=design)
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    pages = {number: paper.article(number).replace(old, new) if old else paper.article(number) for number in numbers}
    at = {number: NOW + timedelta(minutes=number) for number in numbers}
    made = [
        Capture(f"https://liwa.example/n/{number}", "liwa", at[number], 200, headers, html.encode())
        for number, html in pages.items()
    ]
    return made[::-1]


def text_of(number: int) -> list[str]:
    return Newspaper(Server(), NOW).text(number)


def read(capture: Capture, profile: SiteProfile) -> tuple[list[str], str | None]:
    extraction = extract(capture, SITE, profile=profile)
    assert extraction.article is not None, extraction
    return extraction.article.text.split("\n\n"), extraction.evidence.get("template")


def learned(design: str, numbers: range) -> SiteProfile:
    generation = relearn(captures(numbers, design), SITE, NO_PROFILE)
    assert generation is not None
    assert (generation.pages, generation.began_at) == (len(numbers), None)
    return generation.profile


def test_five_unfit_pages_teach_a_design_beside_the_one_before() -> None:
    old = learned("old", range(1001, 1009))
    few = [*captures(range(1011, 1015), "new"), *captures(range(1001, 1004), "old")]
    assert relearn(few, SITE, old, only_unfit=True) is None
    enough = [*captures(range(1011, 1017), "new"), *captures(range(1001, 1004), "old")]
    generation = relearn(enough, SITE, old, only_unfit=True)
    assert generation is not None
    assert (generation.pages, generation.began_at) == (6, NOW + timedelta(minutes=1011))
    assert generation.profile.templates[1:] == old.templates
    for design, number in (("new", 1020), ("old", 1021)):
        (page,) = captures(range(number, number + 1), design)
        assert read(page, generation.profile)[0] == text_of(number)


def test_more_pages_of_a_design_replace_its_template_and_leave_the_earlier_one() -> None:
    both = relearn(captures(range(1011, 1017), "new"), SITE, learned("old", range(1001, 1009)), only_unfit=True)
    assert both is not None
    grown = relearn(captures(range(1011, 1031), "new"), SITE, both.profile)
    assert grown is not None
    assert [each.pages for each in grown.profile.templates] == [20, 8]
    assert grown.began_at is None
    # Pages of two designs never make one template, even where they are as many.
    mixed = [*captures(range(1011, 1021), "new"), *captures(range(1001, 1011), "old")]
    old = learned("old", range(1001, 1009))
    again = relearn(mixed, SITE, old)
    assert again is not None
    assert [each.container for each in again.profile.templates] == [each.container for each in old.templates]


def test_a_design_that_earlier_pages_fit_as_well_comes_behind_their_own_and_takes_the_last_one_s_place() -> None:
    def made(number: int, markup: str) -> Capture:
        lines = [*prose(number), *prose(number + 500)]
        text, box = ("".join(f"<p>{each}</p>" for each in part) for part in (lines, prose(number + 900)))
        html = f"<html><body><main><h1>{lines[0][:50]}</h1>{markup.format(text=text, box=box)}</main></body></html>"
        return replace(capture(number, at=NOW + timedelta(minutes=number)), body=html.encode())

    earlier, later = "<article>{text}</article><div class='b'>{box}</div>", "<div class='b'>{text}</div>"
    old = relearn([made(number, earlier) for number in range(1, 9)], EXAMPLE, NO_PROFILE)
    assert old is not None
    known = old.profile.templates[0]
    full = replace(old.profile, templates=(known,) * MOST_TEMPLATES)
    pages = [*(made(number, later) for number in range(11, 18)), *(made(number, earlier) for number in range(1, 4))]
    new = relearn(pages, EXAMPLE, full, only_unfit=True)
    assert new is not None
    assert [each == known for each in new.profile.templates] == [True] * (MOST_TEMPLATES - 1) + [False]


def test_a_page_that_lies_in_a_form_fits_the_template_that_such_pages_taught() -> None:
    wrapped = {"old": '<div class="a1">', "new": '<form id="aspnetForm" class="a1">'}
    profile = relearn(captures(range(1001, 1009), "old", **wrapped), SITE, NO_PROFILE)
    assert profile is not None
    (page,) = captures(range(1010, 1011), "old", **wrapped)
    text, template = read(page, profile.profile)
    assert (text, template) == (text_of(1010), profile.profile.templates[0].container)


def test_an_agency_s_dateline_on_every_page_is_no_furniture() -> None:
    dateline = {"old": FURNITURE["old"][0], "new": "الرياض - واس"}
    profile = relearn(captures(range(1001, 1011), "old", **dateline), SITE, NO_PROFILE)
    assert profile is not None
    assert not [line for line in profile.profile.furniture if "واس" in line]


def test_pages_that_are_too_alike_to_learn_from_teach_nothing() -> None:
    """As of horoscopes: what they share would be taken for the site's name, and they for no articles."""
    alike = captures(range(1001, 1009), "old")
    title = "أبراج اليوم وحظك في العمل والحب والمال"
    for number, each in zip(range(1008, 1000, -1), alike, strict=True):
        own = Newspaper(Server(), NOW).title(number)
        assert own.encode() in each.body
    same = [
        Capture(
            each.url,
            each.site,
            each.fetched_at,
            200,
            each.headers,
            each.body.replace(Newspaper(Server(), NOW).title(number).encode(), title.encode()),
        )
        for number, each in zip(range(1008, 1000, -1), alike, strict=True)
    ]
    generation = relearn(same, SITE, NO_PROFILE)
    profile = generation.profile if generation else NO_PROFILE
    assert all(extract(each, SITE, profile=profile).article is not None for each in same)


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("الرياض - واس", True),
        ("القاهرة – رويترز", True),
        ("(د ب أ)", True),
        ("سيئون - سبأ", True),
        ("بيروت، لندن: فرانس برس", True),
        ("تصدر الصحيفة عن دار الميناء", False),
        ("الرياض", False),
        ("قالت وكالة رويترز إن الميناء أغلق صباح اليوم - القاهرة", False),
    ],
)
def test_lines_that_are_an_agency_s_dateline(line: str, is_one: bool) -> None:
    assert is_agency_dateline(line) is is_one


def test_articles_of_two_paragraphs_keep_both() -> None:
    """Beside a line of the site they are two thirds of what stands there, and each alone is free of it."""
    profile = relearn([capture(number) for number in range(1, 6)], EXAMPLE, NO_PROFILE)
    assert profile is not None
    for number in range(1, 9):
        extraction = extract(capture(number), EXAMPLE, profile=profile.profile)
        assert extraction.article is not None
        assert extraction.article.text.split("\n\n") == prose(number)
