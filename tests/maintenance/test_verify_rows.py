"""Rows that disagree with each other, with the index or with the files are findings of `warraq verify`."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update

from storage.archive import Archive
from storage.db.database import read_transaction, write_transaction
from storage.db.schema import articles, captures, labels, versions
from storage.maintenance.repair import repair
from storage.maintenance.verify import verify
from storage.search import index
from storage.search.change_log import note
from storage.search.index_folder import read_state, schema, writing
from storage.warc import torn_files
from storage.warc.store.stored_file import warc_files
from tests.support.small_archive import NOW, PlainReader, capture_row, keep, page, wrong_counts


def test_what_is_no_file_among_the_warc_files_is_a_finding(archive: Archive) -> None:
    (archive.folder / "warc" / "folder.warc.gz").mkdir()
    (archive.folder / "warc" / "link.warc.gz").symlink_to("nowhere")
    assert wrong_counts(archive) == {"file": 2}
    assert {kind: each.count for kind, each in repair(archive, PlainReader()).report.wrong.items()} == {"file": 2}


def test_a_row_that_says_another_address_time_size_or_holder_is_found(archive: Archive) -> None:
    with read_transaction(archive.engine) as connection:
        columns = select(captures.c.id).where(captures.c.refers_to.is_not(None), captures.c.status != 304)
        revisits = list(connection.scalars(columns.order_by(captures.c.id)))
    changes: list[tuple[int, dict[str, Any]]] = [
        (capture_row(archive, 1).id, {"url": "https://example.com/other"}),
        (capture_row(archive, 2).id, {"fetched_at": NOW - timedelta(days=9)}),
        (capture_row(archive, 0).id, {"size": 1}),
        (revisits[0], {"refers_to": capture_row(archive, 4).id}),
        (revisits[1], {"size": 1}),
    ]
    for number, (row_id, values) in enumerate(changes, 1):
        with write_transaction(archive.engine) as connection:
            connection.execute(update(captures).where(captures.c.id == row_id).values(values))
        assert wrong_counts(archive)["bytes"] >= number


@pytest.mark.parametrize(("number", "count"), [(1, 1), (2, 1), (3, 1), (None, 2)])
def test_lost_versions_are_found(archive: Archive, number: int | None, count: int) -> None:
    with write_transaction(archive.engine) as connection:
        connection.execute(delete(versions).where(versions.c.number == number if number else versions.c.number > 0))
    if number == 1:
        count = 2  # the other article has this one alone
    wrong = wrong_counts(archive)
    assert wrong.pop("version") == count
    assert wrong.keys() <= {"index"}, "which holds when the text was edited last"


def test_an_article_that_does_not_say_what_its_version_says_is_found(archive: Archive) -> None:
    with write_transaction(archive.engine) as connection:
        one = select(versions).where(versions.c.article_id == 1, versions.c.number == 2)
        earlier = connection.execute(one).mappings().one()
        values = {name: earlier[name] for name in ("title", "text", "content_sha256")}
        connection.execute(update(articles).where(articles.c.id == 1).values(values))
        note(connection, 1)
    assert wrong_counts(archive) == {"version": 1}


def test_lost_labels_are_found_and_made_again(archive: Archive) -> None:
    tags = ["اقتصاد", "مدينة"]
    with write_transaction(archive.engine) as connection:
        connection.execute(update(articles).where(articles.c.id == 1).values(tags=tags))
    assert wrong_counts(archive) == {"label": 1, "index": 1}
    assert repair(archive, PlainReader()).report.ok
    with read_transaction(archive.engine) as connection:
        assert connection.scalar(select(func.count()).select_from(labels)) == len(tags)


def test_an_emptied_index_is_found_and_made_again(archive: Archive) -> None:
    folder = index.folder_of(archive.engine)
    state = read_state(folder)
    assert state is not None
    with writing(folder / state.generation, schema()) as writer:
        writer.delete_all_documents()
        writer.commit()
    assert wrong_counts(archive) == {"index": 2}
    assert repair(archive, PlainReader()).report.ok
    assert wrong_counts(archive) == {}


def test_a_record_that_a_crawl_is_writing_is_no_damage(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive.folder / capture_row(archive, 2).warc_file
    whole = path.read_bytes()
    path.write_bytes(whole[: capture_row(archive, 2).warc_offset + 400])
    look = torn_files._next_record

    def written_meanwhile(path: Path, start: int) -> int | None:
        path.write_bytes(whole)
        return look(path, start)

    monkeypatch.setattr(torn_files, "_next_record", written_meanwhile)
    report = verify(archive.engine, archive.folder)
    assert (report.as_json()["wrong"], report.as_json()["left"], report.records) == ({}, {}, 12)


def test_a_file_that_a_crawl_begins_meanwhile_is_not_missing(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def listed(folder: Path) -> list[Path]:
        paths = warc_files(folder)
        keep(archive, archive.start_run("example", now=NOW), page("https://example.com/9", NOW, "عنوان\nنص"))
        return paths

    monkeypatch.setattr("storage.maintenance.verify_files.warc_files", listed)
    assert wrong_counts(archive) == {}
