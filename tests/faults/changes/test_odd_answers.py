"""Answers with status 200 that are no articles, and articles that come by many addresses."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.faults.followed_paper import HOURS, NUMBERS, Followed, paper_of
from tests.support.hostile import Server, page
from tests.support.newspapers.small_site import MENU, article

# An error page in the site's own design, in words of no list.
ERROR = page(
    f'<html lang="ar"><head><title>نواجه مشكلة تقنية</title></head><body><nav>{MENU}</nav><article><h1>نواجه مشكلة تقنية'
    "</h1><p>نأسف لهذا العطل المؤقت، ويعمل فريقنا الفني على إصلاحه بأسرع ما يمكن، وشكرا لتفهمكم وصبركم معنا هذا اليوم."
    "</p></article></body></html>"
)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Followed]:
    with Server(paper_of(NUMBERS)) as server:
        followed = Followed(tmp_path, server)
        assert followed.crawl(0).site["new"] == len(NUMBERS)
        yield followed


@pytest.mark.parametrize(
    "numbers", [(3,), pytest.param((3, 7), marks=pytest.mark.slow), pytest.param(NUMBERS, marks=pytest.mark.slow)]
)
def test_an_error_page_with_status_200_is_no_edit_of_an_article(site: Followed, numbers: tuple[int, ...]) -> None:
    before = site.held()
    site.answer(numbers, lambda _: ERROR)
    ran = site.crawl(HOURS[1]).site
    assert (ran["changed"], ran["gone"]) == (0, 0), ran
    assert site.held() == before
    site.answer(NUMBERS, article)
    for hours in HOURS[2:]:
        assert site.crawl(hours).site["changed"] == 0
    assert site.held() == before
    assert site.told() == []


@pytest.mark.slow
def test_an_article_in_whose_place_such_a_page_stays_is_gone_and_keeps_its_text(site: Followed) -> None:
    before = site.held()
    site.answer((3,), lambda _: ERROR)
    assert sum(site.crawl(hours).site["gone"] for hours in HOURS[1:]) == 1
    assert {n: (title, version) for n, (title, _, version) in site.held().items()} == {
        n: (title, version) for n, (title, _, version) in before.items()
    }
    assert [(each["kind"], each["reason"]) for each in site.told()] == [("gone", "soft-404")]
