"""What a site's own pages teach, where its markup names nothing: the body, its fields, and what is neither."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from crawler.extract import extract
from crawler.learning import learn
from crawler.profile.site_profile import NO_PROFILE, SiteProfile
from crawler.profile.template import Template
from storage.records import Article, Capture
from tests.support.newspapers.nameless_paper import (
    PLACES,
    SECTIONS,
    SITE,
    WRITERS,
    headline,
    page,
    paragraphs,
    redesigned,
)

Captured = Callable[..., Capture]
TAUGHT = range(1, 9)
OTHER = 10


@pytest.fixture
def profile(captured: Captured) -> SiteProfile:
    return learn([captured(page(number), number) for number in TAUGHT], SITE)


def read(capture: Capture, profile: SiteProfile) -> Article:
    extraction = extract(capture, SITE, profile=profile)
    assert extraction.article is not None, extraction.reason
    return extraction.article


def test_a_page_that_taught_nothing_is_read_by_the_paths_of_the_others(
    captured: Captured, profile: SiteProfile
) -> None:
    article = read(captured(page(OTHER), OTHER), profile)
    assert article.text.split("\n\n") == paragraphs(OTHER)
    assert article.title == headline(OTHER)
    assert article.authors == (WRITERS[OTHER % 3],)
    assert article.section == SECTIONS[OTHER % 3]
    assert set(article.tags) == {f"ميناء {PLACES[OTHER]}", "ورشة ألف"}
    assert article.published_at is not None
    assert article.published_at.date().isoformat() == "2026-10-11"


def test_the_day_of_reading_in_a_top_bar_is_no_date_of_an_article(captured: Captured, profile: SiteProfile) -> None:
    for number in (9, OTHER, 11):
        published = read(captured(page(number), number), profile).published_at
        assert published is not None
        assert published.month == 10


def test_a_metadata_value_that_all_pages_share_is_no_writer(captured: Captured, profile: SiteProfile) -> None:
    assert ("meta author", "web house") in profile.values
    without = page(OTHER).replace(f'<span class="x6">{WRITERS[OTHER % 3]}</span>', "")
    assert read(captured(without, OTHER), profile).authors == ()


def test_a_line_that_recurs_in_the_text_is_left_out_and_a_sentence_of_few_pages_is_not(captured: Captured) -> None:
    background = "<div>وكانت الشركة قد فازت بصفقة التوسعة في مناقصة دولية شاركت فيها سبع شركات العام الماضي.</div>"
    pages = [captured(page(number, box=background if number < 4 else ""), number) for number in TAUGHT]
    text = read(captured(page(OTHER, box=background), OTHER), learn(pages, SITE)).text
    assert "فازت بصفقة التوسعة" in text
    assert "قناتنا" not in text


def test_the_article_that_a_page_appends_is_no_part_of_its_own(captured: Captured) -> None:
    pages = [captured(page(number, appended=number + 1), number) for number in TAUGHT]
    article = read(captured(page(OTHER, appended=2), OTHER), learn(pages, SITE))
    assert article.text.split("\n\n") == paragraphs(OTHER)
    assert article.title == headline(OTHER)


def test_a_box_that_no_page_taught_is_judged_by_its_shape(captured: Captured, profile: SiteProfile) -> None:
    box = f'<div class="z1">شوف كمان: <a href="/a/3">{headline(3)}</a></div>'
    article = read(captured(page(OTHER, box=box), OTHER), profile)
    assert article.text.split("\n\n") == paragraphs(OTHER)


def test_a_page_of_another_design_is_read_as_if_nothing_was_learned(captured: Captured, profile: SiteProfile) -> None:
    titled = redesigned(OTHER).replace("<title>الجريدة", f"<title>{headline(OTHER)}")
    extraction = extract(captured(titled, OTHER), SITE, profile=profile)
    assert extraction.evidence["template"] == "none of the site's"
    assert extraction.article is not None
    assert paragraphs(OTHER)[1] in extraction.article.text


def test_two_designs_make_two_templates(captured: Captured) -> None:
    old = [captured(page(number), number) for number in range(6)]
    new = [captured(redesigned(number), number) for number in range(6, 12)]
    profile = learn([*old, *new], SITE)
    assert len(profile.templates) == 2
    for capture, number in ((captured(page(7), 7), 7), (captured(redesigned(1), 1), 1)):
        assert read(capture, profile).text.split("\n\n") == paragraphs(number)


def test_columns_are_told_by_their_width_where_nothing_has_a_name(captured: Captured) -> None:
    def table(number: int) -> str:
        cells = "<br><br>".join(paragraphs(number))
        links = "<br>".join(f'<a href="/a/{each}">{headline(each)}</a>' for each in range(3))
        side = f"<td width=200>{links}<br>نص قصير يتبدل كل يوم في العمود الجانبي {PLACES[number % 12]}</td>"
        return f"<html><body><table><tr><td width=450>{cells}</td>{side}</tr></table></body></html>"

    titled = [f"<title>{headline(number)}</title>{table(number)}" for number in range(12)]
    profile = learn([captured(titled[number], number) for number in TAUGHT], SITE)
    assert read(captured(titled[OTHER], OTHER), profile).text.split("\n\n") == paragraphs(OTHER)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_fewer_than_three_articles_teach_nothing(captured: Captured, count: int) -> None:
    assert learn([captured(page(number), number) for number in range(count)], SITE) == NO_PROFILE


def test_copies_of_one_article_teach_nothing(captured: Captured) -> None:
    assert learn([captured(page(1), number) for number in range(6)], SITE) == NO_PROFILE


def test_a_profile_is_the_same_after_it_was_stored(profile: SiteProfile) -> None:
    again = SiteProfile.from_plain(profile.plain())
    assert again == profile
    assert again.digest == profile.digest != ""


def test_an_area_that_was_stored_under_its_first_name_is_read(profile: SiteProfile) -> None:
    template = replace(profile.templates[0], headline_area=2)
    plain = template.plain()
    plain["zone"] = plain.pop("headline_area")
    assert Template.from_plain(plain) == template


@pytest.mark.parametrize("hostile", ["<div>" * 3_000, "<p>" + "كلمة " * 50_000, "\x00<table>" * 500, ""])
def test_hostile_pages_among_the_captures_teach_nothing_and_raise_nothing(captured: Captured, hostile: str) -> None:
    captures = [captured(page(number), number) for number in TAUGHT]
    profile = learn([captured(hostile, 77), *captures, captured(page(3) + hostile, 78)], SITE)
    assert read(captured(page(OTHER), OTHER), profile).text.split("\n\n") == paragraphs(OTHER)


def test_the_order_in_which_pages_were_fetched_teaches_nothing(captured: Captured, profile: SiteProfile) -> None:
    order = list(TAUGHT)
    for _ in order:
        order = [*order[3:], *reversed(order[:3])]
        assert learn([captured(page(number), number) for number in order], SITE) == profile
