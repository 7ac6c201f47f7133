"""Whether an answer means that an article is not there."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from storage.archive import Archive
from storage.db.schema import pages
from storage.records import Article, Capture, Reason
from storage.revisits.absence import REDIRECTED, missed_as

HOME = "https://example.com"


@pytest.mark.parametrize(
    ("reason", "known", "missed"),
    [
        (Reason.EMPTY, {"is_list": True}, "listing"),
        (Reason.LOGIN, {"is_list": True}, None),
        (Reason.EMPTY, {"is_shared": True}, "elsewhere"),
        (Reason.PAYWALL, {"is_shared": True}, None),
        (Reason.CONSENT, {"is_shared": True}, None),
    ],
)
def test_what_the_crawl_knows_of_the_page_that_answered_says_what_it_means(
    reason: Reason, known: dict[str, bool], missed: str | None
) -> None:
    assert missed_as(led("/news/1", "/oops"), reason, HOME, **known) == missed
    assert missed is None or missed in REDIRECTED


@pytest.mark.parametrize(
    ("asked", "reason", "missed"),
    [
        ("/news/1", None, "home"),
        ("/news/1", Reason.VIDEO, "home"),
        ("/news/1", Reason.LOGIN, None),
        ("/?p=1", None, "home"),
        ("/index.php", None, None),
    ],
)
def test_an_article_that_leads_to_the_home_page_is_missing_unless_readers_are_stopped_there(
    asked: str, reason: Reason | None, missed: str | None
) -> None:
    assert missed_as(led(asked, "/?redirected=1"), reason, HOME) == missed
    assert missed is None or missed in REDIRECTED


def test_an_error_at_another_address_does_not_say_that_the_article_is_missing() -> None:
    assert missed_as(led("/news/1", "/oops", status=400), Reason.EMPTY, HOME, is_shared=True) is None


def led(asked: str, to: str, status: int = 200) -> Capture:
    """The answer to an address that led to another one."""
    at = datetime(2026, 5, 7, tzinfo=UTC)
    return Capture(f"{HOME}{to}", "example", at, status, (), b"", requested_url=f"{HOME}{asked}")


def test_an_article_whose_address_leads_to_another_one_as_others_do_is_missing(archive: Archive) -> None:
    first, second, third, further = (f"{HOME}/news/{number}" for number in (1, 2, 3, 4))
    run(archive, 0, [(each, each) for each in (first, second, third, further)])
    run(archive, 1, [(first, third), (second, third), (further, further)])
    with archive.engine.connect() as connection:
        missing = connection.scalars(select(pages.c.url).where(pages.c.missing_since.is_not(None)))
        assert list(missing) == [second], "when the first was asked, no other led there"


def run(archive: Archive, days: int, answers: list[tuple[str, str]]) -> None:
    """One run in which pages answer: the address of each that was asked, and the one that it led to."""
    at = datetime(2026, 5, 7 + days, tzinfo=UTC)
    run_id = archive.start_run("example", now=at)
    for asked, url in answers:
        page = Capture(url, "example", at, 200, (), url.encode(), requested_url=None if asked == url else asked)
        read = Article(url, "example", f"عنوان {url}", f"نص {url}", extractor="t 1")
        archive.save(page, archive.append(page, run_id), run_id=run_id, kind="article", article=read, now=at)
    archive.finish_run(run_id, status="done", now=at, requests=len(answers))
