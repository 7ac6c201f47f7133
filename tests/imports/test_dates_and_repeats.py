"""Records that state no time, and dates of other calendars."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from storage import queries
from storage.archive import Archive
from tests.support.imports.text_files import NOW, take, write_lines


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
    assert shown is not None
    assert (shown["text"], shown["versions"]) == ("متن آخر كتب بعده.", 2)


@pytest.mark.parametrize(
    ("stated", "read"),
    [
        ("1448-05-03", ("2026-10-14", "day")),
        ("١٤٤٨/٠٥/٠٣", ("2026-10-14", "day")),
        ("20261123", ("2026-11-23", "day")),
        ("2026-11-23", ("2026-11-23", "day")),
        ("2026-11-23T14:18", ("2026-11-23T14:18:00+00:00", "minute")),
        ("2026-11-23T14:18:05+03:00", ("2026-11-23T14:18:05+03:00", "second")),
        (1795000000, ("2026-11-18T11:06:40+00:00", "second")),
        (1795000000000.0, ("2026-11-18T11:06:40+00:00", "second")),
        ("2569-11-23", (None, None)),  # of the Buddhist calendar
        ("0001-01-01T00:00:00", (None, None)),  # .NET's absent date
    ],
)
def test_a_stated_date_is_of_the_calendar_and_as_exact_as_it_is_written(
    archive: Archive, tmp_path: Path, stated: str | float, read: tuple[str | None, str | None]
) -> None:
    file = write_lines(tmp_path / "x.jsonl", record(1, date=stated, modified_at=stated, seen_at="1448-05-03"))
    done = take(archive, file)
    shown = queries.article_by(archive.engine, 1)
    assert shown is not None
    assert (shown["published_at"], shown["published_precision"]) == read
    assert shown["modified_at"] == (f"{read[0]}T00:00:00+00:00" if read[1] == "day" else read[0])
    assert (done.undated, shown["first_seen_at"]) == (read[0] is None, NOW.isoformat())
