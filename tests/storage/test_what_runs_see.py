"""What a run's answers mean for the rest of it: which speak against an outage, what its rows name, what it counts."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.db.schema import articles, captures
from storage.records import Reason
from tests.support.archives import NOW, article, capture, rows, run_row, save
from tests.support.removals import LATER, SECRET, fill, keep, page, take_down
from tests.support.removals import article as numbered

HOME = "https://example.com/"
DAY = 24 * 60


def _listing(archive: Archive, run_id: int, minutes: int) -> None:
    save(archive, run_id, capture(HOME, minutes=minutes), kind="listing")


def _unchanged(archive: Archive, run_id: int, minutes: int) -> None:
    archive.touch(HOME, run_id=run_id, now=NOW + timedelta(minutes=minutes))


def _article(archive: Archive, run_id: int, minutes: int) -> None:
    keep(archive, run_id, page(8, minutes=minutes), numbered(8))


def _removed(archive: Archive, run_id: int, minutes: int) -> None:
    keep(archive, run_id, page(7, SECRET, minutes=minutes), numbered(2, SECRET))


def _refused(archive: Archive, run_id: int, minutes: int) -> None:
    save(archive, run_id, capture(HOME, minutes=minutes, status=403), kind="listing", reason=Reason.BLOCKED)


def _silent(archive: Archive, run_id: int, minutes: int) -> None:
    now = NOW + timedelta(minutes=minutes)
    archive.fail(HOME, site="example", kind="listing", reason=Reason.TIMEOUT, run_id=run_id, now=now, retry=True)


def _miss(archive: Archive, run_id: int, number: int, minutes: int) -> None:
    keep(archive, run_id, page(number, minutes=minutes, body="404"), reason=Reason.NOT_FOUND)


@pytest.mark.parametrize(
    ("answer", "outage"),
    [(_listing, False), (_unchanged, False), (_article, False), (_removed, False), (_refused, True), (_silent, True)],
)
def test_one_good_answer_of_any_page_tells_a_missing_article_from_an_outage(
    answer: Callable[[Archive, int, int], None], outage: bool, archive: Archive
) -> None:
    fill(archive)
    take_down(archive)
    minutes = 5 * DAY
    run_id = archive.start_run("example", now=LATER)
    answer(archive, run_id, minutes)
    _miss(archive, run_id, 1, minutes)
    assert archive.settle(run_id, now=NOW + timedelta(minutes=minutes)).outage == outage


def test_every_capture_names_its_run(archive: Archive) -> None:
    fill(archive)
    take_down(archive)
    before = {row["id"] for row in rows(archive, captures)}
    run_id = archive.start_run("example", now=LATER)
    _listing(archive, run_id, 5 * DAY)
    _article(archive, run_id, 5 * DAY)
    _removed(archive, run_id, 5 * DAY)
    _miss(archive, run_id, 3, 5 * DAY)
    same = capture(page(1).url, minutes=5 * DAY, status=304, body=b"")
    archive.touch(same.url, run_id=run_id, now=same.fetched_at, capture=same, position=archive.append(same, run_id))
    added = [row for row in rows(archive, captures) if row["id"] not in before]
    assert {row["status"] for row in added} == {200, 304}
    assert len(added) == 5
    assert {row["run_id"] for row in added} == {run_id}


def test_the_row_of_a_run_counts_what_became_of_articles(archive: Archive) -> None:
    first = archive.start_run("example", now=NOW)
    addresses = [f"{HOME}news/{number}" for number in range(4)]
    for address in addresses:
        save(archive, first, capture(address), article(address))
    archive.finish_run(first, status="done", now=NOW, requests=4)
    counted = []
    for days in (1, 2, 3):  # missing pages are confirmed an hour and a day later
        minutes = days * DAY
        run_id = archive.start_run("example", now=NOW + timedelta(days=days))
        save(archive, run_id, capture(addresses[0], minutes=minutes), article(addresses[0]))
        save(archive, run_id, capture(addresses[1], minutes=minutes), article(addresses[1], f"نص معدل {days}"))
        for address in addresses[2:]:
            gone = capture(address, minutes=minutes, status=404)
            save(archive, run_id, gone, reason=Reason.NOT_FOUND)
        archive.finish_run(run_id, status="done", now=NOW + timedelta(minutes=minutes), requests=4)
        row = run_row(archive, run_id)
        counted.append(tuple(row[name] for name in ("new", "changed", "same", "gone")))
    assert [count[:3] for count in counted] == [(0, 1, 1)] * 3
    assert [row["status"] for row in rows(archive, articles)].count("gone") == 2
    assert sum(count[3] for count in counted) == 2
    assert 2 in [count[3] for count in counted]


def _open_files(folder: Path) -> list[str]:
    """The WARC files in the folder that this process has open."""
    links = [link.readlink() for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    return [link.name for link in links if link.is_relative_to(folder / "warc")]


@pytest.mark.parametrize("how", ["close_run", "finish_run", "close"])
def test_no_file_of_a_run_stays_open_once_it_is_closed(how: str, archive: Archive) -> None:
    run_id, other = archive.start_run("example", now=NOW), archive.start_run("other", now=NOW)
    for each in (run_id, other):
        save(archive, each, capture(f"{HOME}news/{each}"), article(f"{HOME}news/{each}"))
    assert len(_open_files(archive.folder)) == 2
    if how == "close_run":
        archive.close_run(run_id)
    elif how == "finish_run":
        archive.finish_run(run_id, status="done", now=NOW, requests=1)
    else:
        archive.close()
    left = _open_files(archive.folder)
    assert len(left) == (0 if how == "close" else 1)
    assert all(name.startswith("other") for name in left), left
