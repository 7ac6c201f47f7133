"""A reextraction that is interrupted, begun twice, or meets a page that kills its process."""

import multiprocessing
from pathlib import Path

import pytest
from sqlalchemy import select

from crawler.workers import stored_captures
from crawler.workers.reextract_plan import PLAN, open_plan
from crawler.workers.reextraction import apply_plan, make_plan
from storage.archive import Archive
from storage.db.schema import amendments, articles, captures
from storage.errors import AlreadyRunning
from storage.queries.reextraction_queue import Choice, Item
from storage.records import Position
from tests.support.archives import rows
from tests.support.newspapers.article_pages import WHOLE
from tests.support.rooms.reextraction import LATER, SITES, keep


def test_an_interrupted_reading_goes_on_where_it_stopped(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.workers.reextraction._LINE", 2)
    for number in range(1, 8):
        keep(archive, number, text=f"قديم {number}")
    choice = Choice()
    with open_plan(archive.folder, choice) as plan:

        def stop(done: int, _total: int) -> None:
            if done == 5:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            make_plan(archive.folder, archive.engine, plan, choice, sites=SITES, processes=1, on_progress=stop)
    with (archive.folder / PLAN).open("ab") as file:
        file.write(b'{"phase": "versions", "after": 9')  # half a line, as a kill leaves it
    seen: list[int] = []
    with open_plan(archive.folder, choice) as plan:
        assert (plan.counts.read, plan.counts.corrected) == (4, 4)
        assert len(plan.counts.examples) == 4
        make_plan(
            archive.folder,
            archive.engine,
            plan,
            choice,
            sites=SITES,
            examples=2,
            processes=1,
            on_progress=lambda done, _total: seen.append(done),
        )
        assert seen == [5, 6, 7]
        assert len(plan.counts.examples) == 2, "so many as are asked for now"
        apply_plan(archive.engine, plan, now=LATER)
        apply_plan(archive.engine, plan, now=LATER)
    assert {row["text"] for row in rows(archive, articles)} == {WHOLE}
    assert len(rows(archive, amendments)) == 7


def test_a_plan_of_another_reading_is_begun_anew(archive: Archive) -> None:
    keep(archive, 1, text="قديم")
    with open_plan(archive.folder, Choice()) as plan:
        make_plan(archive.folder, archive.engine, plan, Choice(), sites=SITES, processes=1)
    with open_plan(archive.folder, Choice(site="example")) as plan:
        assert (plan.counts.read, list(plan.changes())) == (0, [])


def test_two_readings_at_once_are_refused(archive: Archive) -> None:
    with (
        open_plan(archive.folder, Choice()),
        pytest.raises(AlreadyRunning, match="being extracted again already"),
        open_plan(archive.folder, Choice()),
    ):
        pass


def test_a_page_that_kills_its_process_costs_that_page_alone(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(1, 5):
        keep(archive, number, text="قديم")
    with archive.engine.connect() as connection:
        items = [
            Item(row.id, row.id, "killer" if row.id == 2 else "example", Position(*row[1:]), version={"id": row.id})
            for row in connection.execute(
                select(
                    captures.c.id,
                    captures.c.warc_file,
                    captures.c.warc_offset,
                    captures.c.warc_length,
                    captures.c.digest,
                ).order_by(captures.c.id)
            )
        ]
    monkeypatch.setattr(multiprocessing, "get_context", lambda _kind, real=multiprocessing.get_context: real("fork"))
    monkeypatch.setattr(stored_captures, "_extract_one", _dies_at_killer)
    compared = list(stored_captures.extract_stored(archive.folder, items, SITES, processes=2))
    assert [(each.item.key, each.difference, each.reason) for each in compared] == [
        (1, "same", None), (2, "unread", "failed"), (3, "same", None), (4, "same", None),
    ]  # fmt: skip


def _dies_at_killer(_folder: Path, item: Item, *_: object) -> stored_captures.Comparison:
    if item.site == "killer":
        import os

        os._exit(1)
    return stored_captures.Comparison(item, "same")
