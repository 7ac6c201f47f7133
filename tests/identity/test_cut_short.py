"""Pages that break off before their end, although nothing in their headers says so. The text of the article stays."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from crawler.workers.known_texts import is_cut_short
from storage.archive import Archive
from storage.db.schema import articles, captures, versions
from tests.support.archives import rows
from tests.support.faults.crawls import crawl_at
from tests.support.hostile import Answer, Server, page, raw, robots
from tests.support.newspapers.redesigned import sentence
from tests.support.newspapers.small_site import MENU, listing

START = datetime.now(UTC).replace(microsecond=0) - timedelta(days=20)
NUMBERS = range(1, 9)


def html(number: int, more: str = "") -> str:
    random = Random(number)
    title, *text = (sentence(random) for _ in range(5))
    body = "".join(f"<p>{each}</p>" for each in (*text, *([more] if more else [])))
    return (
        f'<html lang="ar"><head><title>{title}</title></head><body><nav>{MENU}</nav><article><h1>{title}</h1>'
        f'<time datetime="2026-05-01T10:00:00+03:00">2026-05-01</time>{body}</article></body></html>'
    )


BROKEN = html(3).encode()[: html(3).encode().rindex("في".encode()) + 3]  # within a letter
HEAD = b"HTTP/1.0 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"


@pytest.mark.parametrize("answer", [raw(HEAD + BROKEN), page(BROKEN)], ids=["by a closed connection", "as it was made"])
def test_a_known_article_whose_page_breaks_off_is_not_edited(tmp_path: Path, answer: Answer) -> None:
    answers = {
        "/": listing(NUMBERS, menu=MENU),
        "/c/a/": listing(NUMBERS),
        "/c/b/": listing([2]),
        "/robots.txt": robots(""),
    }
    with Server(answers | {f"/n/{n}/": page(html(n)) for n in NUMBERS}) as server:

        def crawl(hours: float) -> dict[str, object]:
            return crawl_at(START + timedelta(hours=hours), server.url(), folder=tmp_path).site

        assert crawl(0)["new"] == len(NUMBERS)
        server.answers["/n/3/"] = answer
        ran = crawl(5)
        assert (ran["changed"], ran["not_articles"]) == (0, {"cut-short": 1})
        server.answers["/n/3/"] = page(html(3, more="وأضافت الجهة أن العمل سيبدأ بعد العيد."))
        assert crawl(30)["changed"] == 1, "an edit is one when the page is whole"
    with Archive.open(tmp_path / "archive") as archive:
        assert len(rows(archive, articles)) == len(NUMBERS)
        assert [row["number"] for row in rows(archive, versions) if row["number"] > 1] == [2]
        assert [row["reason"] for row in rows(archive, captures)].count("cut-short") == 1


WHOLE = "<html><body><p>أول</p><p>ثان</p></body></html>\n".encode()


@pytest.mark.parametrize(
    ("before", "after", "stored", "read", "cut"),
    [
        (WHOLE, WHOLE[:30], "أول\n\nثان ثالث", "أول\n\nثان", True),
        (WHOLE, WHOLE[:30], "أول\n\nثان ثالث", "أول\n\nثا\ufffd", True),
        (WHOLE, WHOLE.upper(), "أول\n\nثان ثالث", "أول", False),  # whole: the editor cut it
        (WHOLE[:30], WHOLE[:30], "أول\n\nثان ثالث", "أول", False),  # the site never ends its pages
        (WHOLE, WHOLE[:30], "أول\n\nثان ثالث", "أول\n\nرابع", False),  # other words
        (WHOLE, WHOLE[:30], "أول\n\nثان ثالث", "أول ثان ثالث", False),  # all of them
    ],
)
def test_a_page_is_cut_short_that_has_no_end_and_the_beginning_of_its_text(
    before: bytes, after: bytes, stored: str, read: str, cut: bool
) -> None:
    assert is_cut_short(after, read, before=before, stored=stored) is cut
