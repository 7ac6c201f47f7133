"""Pages made to cost time: reading grows with their size and no faster, and ends with an article or a reason."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from crawler.extract import extract
from crawler.site import Site
from storage.records import Capture, Extraction, Reason

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SITE = Site("example", "https://news.example/")
TITLE = "<h1>البلدية تبدأ إصلاح الجسر القديم بعد إغلاق دام عامين</h1>"
TEXT = "بدأت البلدية صباح اليوم إصلاح الجسر القديم الذي يصل ضفتي النهر، بعد أن أغلق عامين كاملين أمام السيارات."
PROSE = f"<p>{TEXT}</p>" * 3
ORDINARY = f"{TITLE}<div class=entry-content>{f'<p>{TEXT}</p>' * 12}</div>" + "<a href=/2>خبر آخر من المدينة</a>" * 60
MOST = 1_000  # ordinary pages whose reading costs as much as the whole of one page here

Page = Callable[[int], str]
# Each makes a page of so many parts; the number beside it is the size that must cost no more than MOST ordinary pages.
PAGES: dict[str, tuple[Page, int]] = {
    "nested elements": (lambda n: TITLE + "<div>" * n + TEXT, 200_000),
    "nested elements of a body's name": (lambda n: TITLE + f"<div class='entry-content'><p>{TEXT}" * (n // 50), 100_000),
    "nested inline elements": (lambda n: f"{TITLE}<div class=entry-content><p>{TEXT}" + "<span class=related>" * n, 100_000),
    "paragraphs": (lambda n: TITLE + f"<p>{TEXT[:60]}</p>" * n, 100_000),
    "paragraphs in a body": (lambda n: f"{TITLE}<div class=entry-content>" + f"<p>{TEXT[:60]}</p>" * n + "</div>", 100_000),
    "paragraphs with names": (lambda n: TITLE + "".join(f"<p class='c{i} date'>{i} خبر 2025</p>" for i in range(n)), 50_000),
    "links": (lambda n: TITLE + "".join(f"<a href=/{i}>خبر رقم {i}</a> " for i in range(n)) + PROSE, 50_000),
    "tag links": (lambda n: TITLE + "".join(f"<a rel=tag href=/tag/{i}>خبر {i}</a> " for i in range(n)) + PROSE, 50_000),
    "nested lists of tags": (
        lambda n: TITLE + "<div class=tags>" * 500 + "".join(f"<a href=/tag/{i}>{i}</a>" for i in range(n)) + PROSE, 50_000,
    ),
    "nested breadcrumbs": (lambda n: TITLE + "<div class=breadcrumb>" * 900 + "<a href=/x>قسم</a>" * n + PROSE, 20_000),
    "chrome between pieces of text": (lambda n: TITLE + f"<nav>x</nav>{TEXT[:40]}" * n + PROSE, 50_000),
    # libxml2 gives up at some 2,000 levels: as deep as it goes, in a dozen boxes.
    "pictures above nested elements": (
        lambda n: TITLE + f"<div><img src=1.jpg>{'<i>' * (n // 50)}{TEXT}{'</i>' * (n // 50)}</div>" * 12 + PROSE, 100_000,
    ),
    "headlines": (lambda n: "".join(f"<h1>{TEXT[:50]} {i}</h1>" for i in range(n)) + PROSE, 30_000),
    "dates": (lambda n: f"{TITLE}<article>" + "".join(f"<time>2025-{i}</time>" for i in range(n)) + PROSE, 50_000),
    "bodies side by side": (lambda n: TITLE + f"<div class=entry-content><p>{TEXT}</p></div>" * n, 20_000),
    "one paragraph": (lambda n: f"{TITLE}<div class=entry-content><p>{(TEXT + ' ') * n}</p></div>", 27_000),
    "one paragraph without a name": (lambda n: f"{TITLE}<p>{(TEXT + ' ') * n}</p>", 27_000),
    "one word": (lambda n: f"{TITLE}<p>{'خبر' * n}</p>", 800_000),
    "shapes of letters": (lambda n: f"{TITLE}<p>" + "\ufefb\ufe8d " * n, 300_000),
    "separators in the title": (lambda n: f"<title>{' - ' * n}</title>{TITLE}{PROSE}", 200_000),
    "objects of json": (
        lambda n: '<script type="application/ld+json">[' + ",".join(['{"@type":"NewsArticle"}'] * n) + f"]</script>{TITLE}{PROSE}",
        50_000,
    ),
    "broken meta elements": (lambda n: '<meta content="a "b" c="d" e ' * n + TITLE + PROSE, 60_000),
    "one broken meta element": (lambda n: "<meta content='a' x y z " + 'content="' * n + f'">{TITLE}{PROSE}', 60_000),
    "broken json": (
        lambda n: '<script type="application/ld+json">{"@type":"Article"' + ',"a":{"b":"c" "' * n + f"</script>{TITLE}{PROSE}",
        50_000,
    ),
}  # fmt: skip


def read(html: str) -> tuple[Extraction, float]:
    body = f"<html><body>{html}".encode()
    capture = Capture("https://news.example/n/1", "example", NOW, 200, (("Content-Type", "text/html"),), body)
    begin = time.process_time()
    reading = extract(capture, SITE)
    return reading, time.process_time() - begin


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.timeout(120)
def test_four_times_the_page_costs_less_than_nine_times_the_time(name: str) -> None:
    page, size = PAGES[name]
    small, large = page(size // 40), page(size // 10)
    read(small)
    least = min(read(small)[1] for _ in range(2))
    reading, spent = min((read(large) for _ in range(2)), key=lambda ran: ran[1])
    assert (reading.article is not None) != bool(reading.reason)
    assert spent < 9 * max(least, 0.02)


def test_a_page_of_more_blocks_than_any_article_has_is_refused_and_one_of_very_many_is_read() -> None:
    assert read(TITLE + f"<p>{TEXT}</p>" * 51_000)[0].reason == Reason.TOO_LARGE
    long = read(f"{TITLE}<div class=entry-content>" + f"<p>{TEXT}</p>" * 5_000 + "</div>")[0]
    assert len(long.article.text.split("\n\n")) == 5_000


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.timeout(120)
def test_the_whole_page_costs_no_more_than_a_thousand_ordinary_ones(name: str) -> None:
    def ordinary() -> float:
        return sum(read(ORDINARY)[1] for _ in range(100)) / 100

    page, size = PAGES[name]
    ordinary()
    before = ordinary()
    reading, spent = read(page(size))
    assert (reading.article is not None) != bool(reading.reason)
    assert spent < MOST * max(before, ordinary())
