"""The views that people ask, on both engines: what they show, and that the questions of docs/sql.md run."""

import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, text

from storage.archive import Archive
from storage.db import views
from storage.db.database import read_transaction, upgrade
from tests.support.imports.text_files import own_record, take, write_lines
from tests.support.removals import fill, take_down
from tests.support.revisions import later_version

DOCUMENT = Path(__file__).parents[2] / "docs" / "sql.md"
QUERIES = re.findall(r"```sql\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def archive(tmp_path: Path, database_url: str) -> Any:
    with Archive.open(tmp_path / "archive", database_url) as opened:
        opened.add_site("example", "https://example.com", "الجريدة", "EG", "Africa/Cairo")
        fill(opened)
        yield opened


def rows(engine: Engine, query: str) -> list[dict[str, Any]]:
    with read_transaction(engine) as connection:
        return [dict(row) for row in connection.execute(text(query)).mappings()]


def test_there_are_ten_questions_and_each_query_runs(archive: Archive) -> None:
    assert len(QUERIES) == 10
    answers = [rows(archive.engine, query) for query in QUERIES]
    assert sum(map(bool, answers)) >= 5, answers


def test_articles_show_their_site_and_lists_as_text(archive: Archive) -> None:
    shown = rows(archive.engine, "select * from v_articles order by id")
    assert shown
    assert {row["newspaper"] for row in shown} == {"الجريدة"}
    assert {row["country"] for row in shown} == {"EG"}
    assert all(row["authors"] is None or "[" not in row["authors"] for row in shown)
    assert all(row["versions"] >= 1 and row["text"] for row in shown)


def test_what_was_taken_down_is_in_no_view_of_articles(archive: Archive) -> None:
    before = rows(archive.engine, "select distinct article_id from v_versions")
    take_down(archive)
    removed = {row["id"] for row in rows(archive.engine, "select id from articles where status = 'removed'")}
    assert removed
    assert removed <= {row["article_id"] for row in before}
    for query in (
        "select id as n from v_articles",
        "select article_id as n from v_versions",
        "select article_id as n from v_changes",
    ):
        assert removed.isdisjoint(row["n"] for row in rows(archive.engine, query))


def test_runs_say_how_long_they_took(archive: Archive) -> None:
    with archive.engine.begin() as connection:
        connection.execute(
            text(
                "insert into runs (id, site, started_at, finished_at, status, requests, pages, new, changed, same, gone, "
                "reasons, warraq) values (90, 'example', '2026-05-07 08:00:00', '2026-05-07 08:01:30', 'done', 3, 2, 1, "
                "1, 0, 0, '{}', '0.1')"
            )
        )
    (run,) = rows(archive.engine, "select * from v_runs where id = 90")
    assert (run["seconds"], run["country"]) == (90, "EG")


def test_an_upgrade_makes_the_views_anew(
    tmp_path: Path, bare_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive.open(tmp_path / "archive", bare_database_url) as archive:
        later_version(tmp_path, monkeypatch)
        upgrade(archive.engine)
        assert set(views.NAMES) <= set(inspect(archive.engine).get_view_names())
        assert rows(archive.engine, "select * from v_articles") == []


def test_what_was_imported_says_so_until_a_capture_shows_it(archive: Archive, tmp_path: Path) -> None:
    newest = max(row["id"] for row in rows(archive.engine, "select id from v_articles"))
    take(archive, write_lines(tmp_path / "given.jsonl", own_record(700)), "warraq")
    (own,) = rows(archive.engine, f"select * from v_articles where id > {newest}")
    assert own["imported_from"] == "warraq"
    (version,) = rows(archive.engine, f"select * from v_versions where article_id = {own['id']}")
    assert (version["imported_from"], version["imported_file"]) == ("warraq", "given.jsonl")
    others = rows(archive.engine, f"select imported_from from v_articles where id <= {newest}")
    assert {row["imported_from"] for row in others} == {None}
    with archive.engine.begin() as connection:
        connection.execute(text(f"update versions set capture_id = 1 where article_id = {own['id']}"))
    (version,) = rows(archive.engine, f"select * from v_versions where article_id = {own['id']}")
    assert (version["imported_from"], version["imported_file"]) == (None, "given.jsonl")
