"""The date that a feed or REST states for an article whose page shows none."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from storage.archive import Archive
from storage.queries.article_queries import article_by
from storage.records import Article, Capture, Channel, DateSource, Discovery
from storage.saving import Listed

NOW = datetime(2026, 5, 7, 8, 0, tzinfo=UTC)
URL = "https://example.com/1"
RAW = "Thu, 07 May 2026 09:30:00 +0300"
SAID = datetime.fromisoformat("2026-05-07T09:30:00+03:00")
DATED = ("2026-05-07T09:30:00+03:00", RAW, "second")
UNDATED = (None, None, None, None)


@pytest.fixture
def archive(tmp_path: Path, database_url: str) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", database_url) as opened:
        opened.add_site("example", "https://example.com/", None, "EG", "Africa/Cairo")
        yield opened


def save(archive: Archive, text: str = "نص", *, minutes: int = 0, **fields: Any) -> None:
    at = NOW + timedelta(minutes=minutes)
    run_id = archive.start_run("example", now=at)
    page = Capture(URL, "example", at, 200, (), f"{text} {minutes}".encode())
    read = replace(Article(URL, "example", "عنوان", text, extractor="t 1"), **fields)
    archive.save(page, archive.append(page, run_id), run_id=run_id, kind="article", article=read, now=at)


def name(archive: Archive, channel: Channel, said_at: datetime | None = SAID, raw: str | None = RAW) -> None:
    """A list of the channel that names the article."""
    run_id = archive.start_run("example", now=NOW)
    page = Capture(f"https://example.com/{channel}", "example", NOW, 200, (), repr(said_at).encode())
    discovery = Discovery(URL + "?utm_source=x", said_at, raw, "second" if raw else None)
    kind = channel if channel != "categories" else "listing"
    archive.save(
        page, archive.append(page, run_id), run_id=run_id, kind=kind, listed=Listed(channel, [discovery]), now=NOW
    )


def shown(archive: Archive) -> tuple[str | None, ...]:
    result = article_by(archive.engine, URL)
    assert result is not None
    return tuple(result[key] for key in ("published_at", "published_raw", "published_precision", "published_source"))


@pytest.mark.parametrize("channel", ["feed", "rest"])
@pytest.mark.parametrize("late", [False, True])
def test_a_channel_s_date_becomes_the_article_s_whichever_came_first(
    archive: Archive, channel: Channel, late: bool
) -> None:
    if late:
        save(archive)
    name(archive, channel)
    if not late:
        save(archive)
    assert shown(archive) == (*DATED, channel)
    save(archive, "نص آخر", minutes=9)
    assert shown(archive) == (*DATED, channel)


def test_a_sitemap_s_date_and_a_date_of_change_are_no_article_s(archive: Archive) -> None:
    name(archive, "sitemap")
    name(archive, "feed", raw=None)
    save(archive)
    assert shown(archive) == UNDATED


def test_rest_is_surer_than_a_feed_and_a_later_list_states_what_the_first_did_not(archive: Archive) -> None:
    name(archive, "rest", None, None)
    name(archive, "feed")
    save(archive)
    assert shown(archive)[3] == "feed"
    name(archive, "rest")
    save(archive, minutes=9)
    assert shown(archive)[3] == "rest"
    name(archive, "rest", SAID + timedelta(hours=5), "another")
    save(archive, minutes=12)
    assert shown(archive)[1] == RAW


@pytest.mark.parametrize("source", ["json-ld", "visible", "url"])
def test_a_page_s_own_date_stays_and_replaces_a_channel_s(archive: Archive, source: DateSource) -> None:
    own: dict[str, Any] = {
        "published_at": SAID - timedelta(hours=2),
        "published_raw": "07:30",
        "published_precision": "second",
        "published_source": source,
    }
    name(archive, "feed")
    save(archive)
    save(archive, "نص آخر", minutes=5, **own)
    assert shown(archive)[1:] == ("07:30", "second", source)
    save(archive, "نص ثالث", minutes=9)
    assert shown(archive)[1:] == ("07:30", "second", source)


def test_a_page_that_shows_no_date_any_more_keeps_the_one_it_had(archive: Archive) -> None:
    dated = archive.start_run("example", now=NOW)
    for minutes, shown in (
        (0, {"published_at": NOW, "published_precision": "minute", "published_source": "json-ld"}),
        (1, {}),
    ):
        at = NOW + timedelta(minutes=minutes)
        page = Capture(URL, "example", at, 200, (), str(minutes).encode())
        read = Article(URL, "example", "عنوان", f"نص {minutes}", extractor="t 1", **shown)  # type: ignore[arg-type]
        archive.save(page, archive.append(page, dated), run_id=dated, kind="article", article=read, now=at)
    record = article_by(archive.engine, URL)
    assert record is not None
    assert (record["version"], record["published_source"]) == (2, "json-ld")
