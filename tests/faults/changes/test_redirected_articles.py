"""Deleted articles whose addresses lead elsewhere, by redirect: they are gone after the patience that a 404 gets."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.faults.followed_paper import HOURS, NUMBERS, Followed, paper_of
from tests.support.hostile import Answer, Exchange, page, redirect
from tests.support.hostile import Server as HostileServer
from tests.support.newspapers.small_site import MENU, listing

# Both say that something is not there, in words that no list of phrases has.
OOPS = page(f'<html lang="ar"><body><nav>{MENU}</nav><main><p>ضاعت</p></main></body></html>')
LOGIN = page(
    '<html lang="ar"><head><title>تسجيل الدخول</title></head><body><main><h1>تسجيل الدخول</h1><form method="post">'
    '<input name="user"><input type="password" name="password"><button>دخول</button></form></main></body></html>'
)
SPLASH = page(
    '<html lang="ar"><head><title>رمضان كريم</title></head><body><h1>رمضان كريم</h1><a href="/home/">ادخل</a></body></html>'
)


def changing() -> Answer:
    """A page that is another one with each answer, as it shows the time or the latest news."""
    count = iter(range(1000))

    def answer(exchange: Exchange) -> None:
        page(f'<html lang="ar"><body><nav>{MENU}</nav><main><p>ضاعت {next(count)}</p></main></body></html>')(exchange)

    return answer


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Followed]:
    lists: dict[str, Answer] = {"/tag/x/": listing(range(1, 12)), "/oops/": OOPS, "/login/": LOGIN, "/splash/": SPLASH}
    lists["/now/"] = changing()
    with HostileServer(paper_of(NUMBERS) | lists) as server:
        followed = Followed(tmp_path, server)
        first = followed.crawl(0)
        assert (first.site["status"], first.site["new"]) == ("done", len(NUMBERS)), first
        yield followed


@pytest.mark.parametrize(
    ("target", "status", "reason"),
    [
        ("/c/a/", 301, "listing"),
        pytest.param("/c/b/", 302, "listing", marks=pytest.mark.slow),
        pytest.param("/tag/x/", 302, "elsewhere", marks=pytest.mark.slow),
        pytest.param("/oops/", 302, "elsewhere", marks=pytest.mark.slow),
        ("/now/", 301, "elsewhere"),
        pytest.param("/", 301, "home", marks=pytest.mark.slow),
    ],
)
def test_f23_articles_that_lead_to_a_list_or_a_notice_are_gone_and_back_when_they_are(
    site: Followed, target: str, status: int, reason: str
) -> None:
    before = site.held()
    site.answer((3, 7), lambda _: redirect(target, status))
    assert site.crawl(HOURS[1]).site["gone"] == 0, "once proves nothing"
    assert site.held() == before
    later = (*HOURS[2:], 57, 80, 82, 110)  # it takes a second article to know that a page stands for several
    assert sum(site.crawl(hours).site["gone"] for hours in (later if reason == "elsewhere" else HOURS[2:])) == 2
    assert {number for number, (_, state, _) in site.held().items() if state == "gone"} == {"3/", "7/"}
    assert [(each["kind"], each["reason"]) for each in site.told()] == [("gone", reason)] * 2
    site.server.answers |= {path: answer for path, answer in paper_of(NUMBERS).items() if path.startswith("/n/")}
    site.crawl(800)
    assert site.held() == before
    assert [each["kind"] for each in site.told()].count("restored") == 2


def test_f23_articles_that_lead_to_one_other_article_are_gone_and_that_one_is_not(site: Followed) -> None:
    before = site.held()
    site.answer((3, 7), lambda _: redirect("/n/5/", 301))
    site.answer((9,), lambda _: redirect("/n/11/", 301))
    assert sum(site.crawl(hours).site["gone"] for hours in (*HOURS[1:], 57, 80, 82, 110)) == 2
    assert {number for number, (_, state, _) in site.held().items() if state == "gone"} == {"3/", "7/"}
    assert {number: (title, version) for number, (title, _, version) in site.held().items()} == {
        number: (title, version) for number, (title, _, version) in before.items()
    }
    assert [(each["kind"], each["reason"]) for each in site.told()] == [("gone", "elsewhere")] * 2


@pytest.mark.slow
@pytest.mark.parametrize("target", ["/login/", "/splash/", "/c/a/", "/"])
@pytest.mark.parametrize("all_of_it", [True, False], ids=["the whole site", "its articles"])
def test_f23_a_site_that_leads_all_of_it_elsewhere_has_lost_no_article(
    site: Followed, target: str, *, all_of_it: bool
) -> None:
    before = site.held()
    site.answer(NUMBERS, lambda _: redirect(target))
    if all_of_it and target not in ("/", "/c/a/"):
        site.server.answers |= {path: redirect(target) for path in ("/", "/c/a/", "/c/b/")}
    for hours in (*HOURS[1:], 80, 200, 300, 500):
        assert site.crawl(hours).site["gone"] == 0
    assert site.held() == before
    assert site.told() == []
    site.server.answers |= paper_of(NUMBERS)
    site.crawl(800)
    assert site.held() == before


@pytest.mark.slow
def test_two_articles_alone_that_lead_elsewhere_prove_nothing_while_no_other_article_answers(site: Followed) -> None:
    """A wall before the articles, of which an hourly run asks few."""
    site.answer(NUMBERS, lambda _: redirect("/c/a/"))
    for hours in (1.2, 2.6, 3.7, 6, 30, 31, 56, 57, 90):
        assert site.crawl(hours).site["gone"] == 0
