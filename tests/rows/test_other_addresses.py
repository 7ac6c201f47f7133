"""An article with two addresses, of which one is missing: whether the other has answered since decides."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from storage.archive import Archive
from storage.db.schema import articles
from storage.records import Article, Capture, Reason

NOW = datetime(2026, 5, 7, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
HOME = "https://example.com"
OLD, NEW = f"{HOME}/news/1", f"{HOME}/2026/05/1-slug"


@pytest.fixture
def archive(tmp_path: Path, database_url: str) -> Iterator[Archive]:
    """The article was seen at its first address and then, by a redirect from there, at its second."""
    with Archive.open(tmp_path / "archive", database_url) as opened:
        opened.add_site("example", HOME, None, None, "UTC")
        answer(opened, NOW, OLD)
        answer(opened, NOW + HOUR, NEW, asked=OLD)
        yield opened


def answer(archive: Archive, at: datetime, url: str, *, asked: str | None = None, missing: bool = False) -> None:
    """One run: the home page answers, and one page answers with the article or with 404."""
    run_id = archive.start_run("example", now=at)
    home = Capture(f"{HOME}/", "example", at, 200, (), str(at).encode())
    archive.save(home, archive.append(home, run_id), run_id=run_id, kind="listing", now=at)
    page = Capture(url, "example", at, 404 if missing else 200, (), b"" if missing else b"text", requested_url=asked)
    read = None if missing else Article(url, "example", "عنوان", "نص الخبر كما هو", extractor="t 1")
    reason = Reason.NOT_FOUND if missing else None
    position = archive.append(page, run_id)
    archive.save(page, position, run_id=run_id, kind="article", article=read, reason=reason, now=at)
    archive.finish_run(run_id, status="done", now=at, requests=2)


def status(archive: Archive) -> str:
    with archive.engine.connect() as connection:
        return str(connection.scalar(select(articles.c.status)))


def test_an_answer_of_the_other_address_before_the_page_was_missing_proves_nothing(archive: Archive) -> None:
    for hours in (2, 3, 26):
        answer(archive, NOW + hours * HOUR, OLD, missing=True)
    assert status(archive) == "gone"


@pytest.mark.parametrize("hours", [2, 2.5, 20], ids=["at the same time", "soon after", "a day after"])
def test_an_answer_of_the_other_address_since_then_keeps_the_article(archive: Archive, hours: float) -> None:
    answer(archive, NOW + 2 * HOUR, OLD, missing=True)
    answer(archive, NOW + hours * HOUR, NEW)
    for later in (21, 46):
        answer(archive, NOW + later * HOUR, OLD, missing=True)
    assert status(archive) == "live"
