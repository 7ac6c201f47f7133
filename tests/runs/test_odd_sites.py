"""Sites that set traps, fail, or are not what they seem: crawled all at once, each judged alone."""

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.support.hostile import Answer, Server, page, redirect, reset, robots
from tests.support.newspapers.small_site import EMPTY, GOOD, MENU, listing, older
from tests.support.running import Ran, warraq

CHALLENGE = '<html><head><title>Just a moment...</title></head><body><script src="/cdn-cgi/challenge-platform/x"></script></body></html>'


# Links to other categories' articles, in a box whose name says nothing.
BOX = f"""<div class="k2">{"".join(f'<p><a href="/n/{n}/">خبر رقم {n} من قسم آخر في الصحيفة</a></p>' for n in (1, 3, 5))}</div>"""


class Endless(dict[str, Answer]):
    """Answers by path without its query, made anew at each request: for what has no end."""

    def __init__(self, answers: dict[str, Answer], make: Callable[[str], Answer | None]) -> None:
        super().__init__(answers)
        self._make = make

    def get(self, path: str, default: Any = None) -> Any:
        return self._make(path) or super().get(path.partition("?")[0], default)


def same_links_for_ever() -> Endless:
    def make(path: str) -> Answer | None:
        if not path.startswith("/c/a/"):
            return None
        number = int(path.partition("=")[2] or 1)
        return listing([1, 3], after=older(f"/c/a/?page={number + 1}"))

    return Endless(GOOD, make)


def ever_deeper() -> Endless:
    def make(path: str) -> Answer | None:
        return listing([1, 3], url="sub/{n}/", after=older("sub/page/2/")) if path.startswith("/c/a/") else None

    return Endless(GOOD, make)


def new_session_at_each_visit() -> Endless:
    visits = iter(range(10**6))

    def make(path: str) -> Answer | None:
        numbers = {"/c/a/": [1, 3], "/c/b/": [2, 4], "/": [1, 2]}.get(path)
        if numbers is None:
            return None
        return listing(numbers, menu=MENU, url=f"/n/{{n}}/?PHPSESSID={next(visits):026}")

    return Endless(GOOD, make)


def no_articles(answer: Answer) -> dict[str, Answer]:
    """A listing of 30, whose articles all answer so."""
    return {"/": listing(range(1, 31), menu=MENU), "/c/a/": EMPTY, "/c/b/": EMPTY} | {
        f"/n/{n}/": answer for n in range(1, 31)
    }


SITES: dict[str, dict[str, Answer]] = {
    "good": dict(GOOD),
    "same links for ever": same_links_for_ever(),
    "ever deeper": ever_deeper(),
    "sessions": new_session_at_each_visit(),
    "points back": GOOD
    | {
        "/c/a/": listing([1, 3], after=older("/c/a/?page=2")),
        "/c/a/?page=2": listing([5], after=older("/c/a/?page=1")),
    },
    "lists itself": GOOD | {"/c/a/": listing([1, 3], after=older("/c/a/"), url="/c/a/?x={n}#n")},
    "thousands of links": GOOD | {"/": listing(range(1, 20_001), menu=MENU)},
    "menu by scripts": GOOD | {"/": listing([1, 2])},
    "page by scripts": {"/": page("<html><body><div id=app></div><script src=app.js></script></body></html>")},
    "one category empty": GOOD | {"/c/b/": EMPTY},
    "all categories empty": GOOD | {"/c/a/": EMPTY, "/c/b/": EMPTY},
    "challenge": {"/": page(CHALLENGE, 403)},
    "challenge with status 200": {"/": page(CHALLENGE)},
    "not there": {"/robots.txt": robots("")},
    "forbidden": GOOD | {"/robots.txt": robots("User-agent: *\nDisallow: /\n")},
    "articles not there": no_articles(page("", 404)),
}
# These are asked again after a while, which takes its time.
FAILING: dict[str, dict[str, Answer]] = {
    "moved": {"/": redirect("http://elsewhere.invalid/")},
    "robots out of order": GOOD | {"/robots.txt": page("", 503)},
    "articles fail": no_articles(page("", 500)),
    "articles reset": no_articles(reset),
}
TARGETS: dict[str, dict[str, Answer]] = {
    "/n/5/": dict(GOOD),
    "/c/a/": dict(GOOD),
    "/c/b/": GOOD | {"/c/b/": listing([2, 4, 6, 8], after=BOX)},
    "/feed/": GOOD | {"/feed/": page("<rss><channel></channel></rss>", Content_Type="application/rss+xml")},
    "/x.pdf": GOOD | {"/x.pdf": page(b"%PDF-1.4\n\x00\x01", Content_Type="application/pdf")},
}


@dataclass
class Odd:
    """One crawl of all these sites, and of a single page of some. paths: what each site was asked for."""

    ran: Ran
    sites: dict[str, dict[str, Any]] = field(default_factory=dict)
    paths: dict[str, list[str]] = field(default_factory=dict)


def crawl_all(sites: dict[str, dict[str, Answer]], folder: Path) -> Odd:
    with ExitStack() as stack:
        servers = {name: stack.enter_context(Server(answers)) for name, answers in sites.items()}
        urls = [server.url(name if name.startswith("/") else "/") for name, server in servers.items()]
        options = ("--delay", "0", "--allow-host", "127.0.0.1", "--max-articles", "40", "--json", "--quiet")
        crawled = Odd(warraq("crawl", *urls, *options, cwd=folder, timeout=240))
        by_site = {site["site"]: site for site in crawled.ran.json["sites"]}
        for name, server in servers.items():
            crawled.sites[name] = by_site[f"127_0_0_1_{server.port}"]
            crawled.paths[name] = [path for path in server.paths() if path != "/robots.txt"]
    return crawled


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Odd:
    return crawl_all(SITES | TARGETS, tmp_path_factory.mktemp("odd"))


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Odd:
    return crawl_all(FAILING, tmp_path_factory.mktemp("failing"))


def test_nothing_that_a_site_does_makes_a_traceback(odd: Odd):
    assert "Traceback" not in odd.ran.err, odd.ran.err
    assert odd.ran.code == 1


@pytest.mark.parametrize("name", ["good", "same links for ever", "sessions", "menu by scripts", "one category empty"])
def test_a_site_that_can_be_read_is_read_and_healthy(odd: Odd, name: str):
    assert odd.sites[name]["status"] == "done", odd.sites[name]
    assert odd.sites[name]["new"] == {"menu by scripts": 2, "one category empty": 3}.get(name, 4)


@pytest.mark.parametrize("name", SITES)
def test_no_page_is_asked_for_again_and_again(odd: Odd, name: str):
    assert [path for path, n in Counter(odd.paths[name]).items() if n > 1] == []
    assert len(odd.paths[name]) <= 60


TOLD = {
    "same links for ever": "names only what the pages before it named",
    "thousands of links": "articles; the first 2,000 were taken",
    "menu by scripts": "name category pages as well",
    "page by scripts": "no listing named an article",
    "all categories empty": "no listing named an article",
    "challenge": "HTTP 403",
    "challenge with status 200": "no listing named an article",
    "not there": "HTTP 404",
    "forbidden": "robots.txt forbids it",
    "articles not there": "none of 30 pages gave an article",
    "/feed/": "is a feed",
    "/x.pdf": "not-html",
    "/n/5/": "is an article",
}


@pytest.mark.parametrize("name", TOLD)
def test_the_summary_says_what_is_odd(odd: Odd, name: str):
    site = odd.sites[name]
    assert TOLD[name] in " ".join([site["message"] or "", *site["notes"]])


def test_what_gave_nothing_is_unhealthy(odd: Odd):
    nothing = {name for name, site in odd.sites.items() if name in TOLD and site["new"] == 0}
    assert {name for name in nothing if odd.sites[name]["status"] != "unhealthy"} == set()


@pytest.mark.parametrize("name", ["challenge", "challenge with status 200"])
def test_a_challenge_is_counted_as_such(odd: Odd, name: str):
    assert set(odd.sites[name]["not_articles"]) <= {"blocked", "challenge"}
    assert odd.sites[name]["not_articles"]


def test_an_article_that_is_named_is_archived_alone_and_a_category_that_is_named_is_walked(odd: Odd):
    assert (odd.sites["/n/5/"]["new"], odd.paths["/n/5/"]) == (1, ["/n/5/"])
    assert sorted(odd.paths["/c/a/"]) == ["/c/a/", "/n/1/", "/n/3/"]


def test_a_category_that_is_named_brings_no_articles_of_the_boxes_beside_its_list(odd: Odd):
    assert sorted(odd.paths["/c/b/"]) == ["/c/b/", "/n/2/", "/n/4/", "/n/6/", "/n/8/"]


FAILURES = {
    "moved": "elsewhere.invalid",
    "robots out of order": "robots.txt could not be read",
    "articles fail": "mostly errors",
    "articles reset": "mostly errors",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", FAILING)
def test_a_site_that_fails_is_unhealthy_and_the_summary_says_how(failing: Odd, name: str):
    site = failing.sites[name]
    assert (site["status"], site["new"]) == ("unhealthy", 0)
    assert FAILURES[name] in site["message"]
    assert "Traceback" not in failing.ran.err


@pytest.mark.slow
@pytest.mark.parametrize("name", ["articles fail", "articles reset"])
def test_a_host_that_only_fails_is_left_alone_after_ten_failures(failing: Odd, name: str):
    counts = Counter(path for path in failing.paths[name] if path.startswith("/n/"))
    assert counts.total() <= 12
    assert max(counts.values()) <= 3, "a failure is asked again twice"
