"""Records that state no time, dates of other calendars, and maps that name fields which no record has."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from storage import queries
from storage.archive import Archive
from tests.support.imports.text_files import NOW, take, write_lines
from tests.support.running import warraq


@pytest.fixture
def archive(tmp_path: Path) -> Any:
    with Archive.open(tmp_path / "archive") as opened:
        yield opened


def record(number: int, **fields: Any) -> dict[str, Any]:
    return {"url": f"https://plain.example/{number}", "title": f"خبر {number}", "text": "متن الخبر."} | fields


@pytest.mark.parametrize("seen", [{}, {"seen_at": "2999-01-01"}])
def test_texts_of_one_url_without_a_time_are_versions_once_however_often_they_are_imported(
    archive: Archive, tmp_path: Path, seen: dict[str, str]
) -> None:
    file = write_lines(tmp_path / "twice.jsonl", record(1, **seen), record(1, text="متن آخر كتب بعده.", **seen))
    made = [take(archive, file, now=NOW + timedelta(hours=hour)) for hour in range(3)]
    assert [(each.articles, each.changed, each.known) for each in made] == [(1, 1, 0), (0, 0, 2), (0, 0, 2)]
    shown = queries.article_by(archive.engine, 1)
    assert shown is not None and (shown["text"], shown["versions"]) == ("متن آخر كتب بعده.", 2)
