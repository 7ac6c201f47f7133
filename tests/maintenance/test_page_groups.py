"""Import and rebuild save pages in groups: few transactions, the same archive, nothing stored twice."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, update

from storage.archive import Archive
from storage.db.schema import articles, captures, runs, versions
from storage.imports.warc_import import import_warc
from storage.maintenance import page_groups
from storage.maintenance.page_groups import PageGroup, PageToSave
from storage.maintenance.rebuild import rebuild_from_warc
from storage.maintenance.stored_pages import ExtractionTask
from storage.records import Capture, Extraction
from storage.urls import url_key
from tests.support.archives import rows
from tests.support.small_archive import NOW, PlainReader, keep, page, read

PAGES = 40


class BatchReader(PlainReader):
    """Reads sixteen pages at once, as the worker processes do."""

    def read(self, tasks: Iterable[ExtractionTask]) -> Iterator[tuple[ExtractionTask, Extraction]]:
        left = iter(tasks)
        while batch := list(islice(left, 16)):
            yield from ((task, read(task.capture) if task.kind == "article" else Extraction()) for task in batch)


def _captures() -> list[Capture]:
    """Forty pages; then the first one again, once unchanged and once edited."""
    made = [page(f"https://example.com/news/{n}", NOW + timedelta(minutes=n), f"خبر {n}\nنص {n}") for n in range(PAGES)]
    for hours, text in ((2, "نص 0"), (3, "نص جديد")):
        made.append(page("https://example.com/news/0", NOW + timedelta(hours=hours), f"خبر 0\n{text}"))
    return made


@pytest.fixture
def source(tmp_path: Path) -> Path:
    with Archive.open(tmp_path / "source") as archive:
        archive.add_site("example", "https://example.com", None, "EG", "Africa/Cairo")
        run_id = archive.start_run("example", now=NOW)
        for capture in _captures():
            keep(archive, run_id, capture)
        archive.finish_run(run_id, status="done", now=NOW + timedelta(hours=4), requests=0)
    (path,) = (tmp_path / "source" / "warc").glob("*.warc.gz")
    return path


def _commits(archive: Archive) -> list[int]:
    counted = [0]

    @event.listens_for(archive.engine, "commit")
    def count(_connection: Any) -> None:
        counted[0] += 1

    return counted


def _kept(archive: Archive) -> tuple[Any, ...]:
    return (
        [(row["url"], row["version"], row["text"]) for row in rows(archive, articles, articles.c.id)],
        [(row["number"], row["seen_at"]) for row in rows(archive, versions, versions.c.id)],
        [
            (row["url_key"], row["fetched_at"], row["refers_to"] is None)
            for row in rows(archive, captures, captures.c.id)
        ],
    )


@pytest.mark.parametrize("together", [1, 64])
def test_an_import_in_groups_leaves_what_one_page_at_a_time_leaves(
    source: Path, tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    monkeypatch.setattr(page_groups, "MOST_TOGETHER", together)
    with Archive.open(tmp_path / "archive", database_url) as archive:
        counted = _commits(archive)
        done = import_warc(archive, BatchReader(), source, now=NOW + timedelta(days=1), name_of=lambda _: "example")
        assert (done.captures, done.articles, done.changed) == (PAGES + 2, PAGES, 1)
        assert [number for _, number, _ in _kept(archive)[0]] == [2] + [1] * (PAGES - 1)
        held = [own for key, _, own in _kept(archive)[2] if key == url_key("https://example.com/news/0")]
        assert held == [True, False, True]  # what did not change is stored once
        # Reading asks in transactions of its own, one a page; writing adds few of them.
        assert counted[0] < 2 * PAGES if together > 1 else counted[0] > 3 * PAGES


def test_a_rebuild_in_groups_gives_the_rows_back_in_few_transactions(
    source: Path, tmp_path: Path, database_url: str
) -> None:
    with Archive.open(source.parent.parent) as archive:
        before = _kept(archive)
    with Archive.open(source.parent.parent, database_url) as archive:
        counted = _commits(archive)
        done = rebuild_from_warc(archive, BatchReader())
        assert (done.captures, done.articles, done.changed) == (PAGES + 2, PAGES, 1)
        assert _kept(archive) == before
        assert counted[0] < PAGES
        assert len(rows(archive, runs)) == 1


def test_one_page_that_can_not_be_saved_is_raised_and_costs_no_other(tmp_path: Path, database_url: str) -> None:
    with Archive.open(tmp_path / "archive", database_url) as archive:
        archive.add_site("example", "https://example.com", None, "EG", "Africa/Cairo")
        run_id = archive.start_run("example", now=NOW)
        saved: list[Any] = []
        group = PageGroup(archive)
        for capture in _captures()[:3]:
            position = archive.append(capture, run_id)
            site = "none" if capture.url.endswith("/1") else "example"

            def write(at: Any, capture: Capture = capture, site: str = site) -> Any:
                work = archive.writes.saving(
                    capture, at, run_id=run_id, kind="article", article=read(capture).article, now=NOW
                )
                if site == "none":
                    return page_groups.Write(lambda each: each.execute(update(runs).values(nothing=1)), work.then)
                return work

            group.add(PageToSave(url_key(capture.url), write, at=position, saved=saved.append))
        with pytest.raises(Exception, match="nothing"):
            group.flush()
        assert len(saved) == 2
        assert len(_kept(archive)[0]) == 2
        group.flush()  # nothing is left of it
