"""The classes of edits that are stored with versions: filled in, forgotten when texts change, and the same as found anew."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, text, update

from storage import queries
from storage.archive import Archive
from storage.db.database import read_transaction, write_transaction
from storage.db.schema import versions
from storage.diff.edit_kinds import ALGORITHM
from storage.queries.recent_edits import recent_edits
from storage.writing import edit_filling
from storage.writing.corrections import Correction, correct_all
from storage.writing.edit_filling import fill_edits
from tests.support.archives import NOW, URL, article, capture, rows, save

TEXTS = ("أصيب خمسة عمال في الحريق.", "أصيب سبعة عمال في الحريق.", "أصيب سبعة عمال في الحريق، أمس.")


@pytest.fixture
def archive(tmp_path: Path, database_url: str) -> Any:
    with Archive.open(tmp_path / "archive", database_url) as opened:
        opened.add_site("example", "https://example.com", None, "EG", "Africa/Cairo")
        yield opened


def crawl(archive: Archive, *texts: str, first: int = 0, **fields: Any) -> int:
    run_id = archive.start_run("example", now=NOW)
    for number, body in enumerate(texts):
        save(archive, run_id, capture(minutes=first + 10 * number), article(body=body, **fields))
    return run_id


def finish(archive: Archive, run_id: int) -> None:
    archive.finish_run(run_id, status="done", now=NOW + timedelta(hours=1), requests=3)


def stored(archive: Archive) -> list[tuple[Any, ...]]:
    names = ("number", "edit_classes", "edit_algorithm")
    return [tuple(row[name] for name in names) for row in rows(archive, versions, versions.c.number)]


def test_the_end_of_a_run_stores_what_the_editor_did(archive: Archive) -> None:
    run_id = crawl(archive, *TEXTS)
    found_anew = recent_edits(archive.engine).edits
    assert stored(archive) == [(1, None, None), (2, None, None), (3, None, None)]
    finish(archive, run_id)
    assert stored(archive) == [(1, None, None), (2, "body,number", ALGORITHM), (3, "body,date", ALGORITHM)]
    assert recent_edits(archive.engine).edits == found_anew
    assert [each["edits"] for each in queries.history(archive.engine, URL)] == [[], ["number"], ["date"]]
    assert fill_edits(archive.engine) == 0


def test_edits_are_listed_by_what_the_editor_did_by_article_and_by_day(archive: Archive) -> None:
    run_id = crawl(archive, *TEXTS)
    for _ in range(2):  # before the classes are stored, and behind
        assert [each.number for each in recent_edits(archive.engine, classes=("number",)).edits] == [2]
        assert [each.number for each in recent_edits(archive.engine, classes=("body",)).edits] == [3, 2]
        assert recent_edits(archive.engine, classes=("quote",)).edits == ()
        assert [each.number for each in recent_edits(archive.engine, url=f"{URL}?utm_source=x").edits] == [3, 2]
        assert recent_edits(archive.engine, url="https://example.com/other").edits == ()
        later = NOW + timedelta(minutes=15)
        assert [each.number for each in recent_edits(archive.engine, start=later).edits] == [3]
        assert [each.number for each in recent_edits(archive.engine, end=later).edits] == [2]
        finish(archive, run_id)


def test_a_version_found_between_two_others_makes_the_classes_behind_it_anew(archive: Archive) -> None:
    finish(archive, crawl(archive, TEXTS[0], TEXTS[2]))
    assert stored(archive)[1][1].startswith("body,")
    finish(archive, crawl(archive, TEXTS[1], first=5))
    assert [row[0] for row in stored(archive)] == [1, 2, 3]
    assert "number" not in stored(archive)[2][1]
    assert "number" in stored(archive)[1][1]


def test_a_better_extraction_forgets_the_classes_of_both_edits_beside_it(archive: Archive) -> None:
    finish(archive, crawl(archive, *TEXTS))
    second = rows(archive, versions, versions.c.number)[1]
    better = Correction(second["id"], second["content_sha256"], article(body="أصيب تسعة عمال في الحريق."))
    correct_all(archive.engine, [better], extractor="t 2", at=datetime(2026, 5, 8, tzinfo=UTC))
    assert [row[2] for row in stored(archive)] == [None, None, None]
    assert [each["edits"] for each in queries.history(archive.engine, URL)][1] == ["number"]
    assert fill_edits(archive.engine) == 2


def test_classes_of_another_text_or_algorithm_do_not_hold(archive: Archive) -> None:
    finish(archive, crawl(archive, *TEXTS))
    for wrong in ({"edited_from": "0" * 64}, {"edit_algorithm": ALGORITHM - 1}):
        with write_transaction(archive.engine) as connection:
            connection.execute(update(versions).values(edit_classes="quote", **wrong))
        assert [each.edits for each in recent_edits(archive.engine).edits][1] == ("number",)
        assert recent_edits(archive.engine, classes=("quote",)).edits == ()
        assert queries.history(archive.engine, URL)[1]["edits"] == ["number"]
    assert fill_edits(archive.engine) == 2


def test_the_view_of_changes_shows_the_classes(archive: Archive) -> None:
    finish(archive, crawl(archive, *TEXTS))
    query = "select version, edit_classes from v_changes where kind = 'edited' order by version"
    with read_transaction(archive.engine) as connection:
        shown = connection.execute(text(query)).all()
        held = connection.execute(select(versions.c.number, versions.c.edit_classes).order_by(versions.c.number)).all()
    assert [tuple(row) for row in shown] == [tuple(row) for row in held[1:]]


def test_whether_classes_lack_is_known_from_an_index(archive: Archive) -> None:
    """A run's end looks for edits without classes, among versions whose texts fill most of an archive."""
    finish(archive, crawl(archive, *TEXTS))
    postgres = archive.engine.dialect.name == "postgresql"
    with archive.engine.connect() as connection:  # never committed
        last = rows(archive, versions, versions.c.number)[-1]
        del last["id"]
        more = [{**last, "number": number} for number in range(last["number"] + 1, last["number"] + 3001)]
        connection.execute(insert(versions), more)
        if postgres:  # as its autovacuum does; nothing analyses an archive in SQLite
            connection.execute(text("analyze versions"))
        for statement in (edit_filling._LACKING, edit_filling._OUTDATED):
            query = str(statement.compile(archive.engine, compile_kwargs={"literal_binds": True}))
            plan = connection.execute(text(f"explain {'' if postgres else 'query plan'} {query}")).all()
            assert any("ix_versions_edit_algorithm" in row[-1] for row in plan), plan
