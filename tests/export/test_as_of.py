"""An export as of an earlier time is the export of then, but for what only today's archive knows."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from storage.archive import Archive
from storage.export import ExportSelection, write_export
from storage.export.article_schema import FIELDS, chosen_fields
from storage.filters import Filters
from storage.records import Article
from tests.support.archives import NOW, capture, save

DAY = timedelta(days=1)
SAME = chosen_fields("-last_seen_at")


def article(number: int, text: str, **fields: Any) -> Article:
    return Article(f"https://example.com/{number}", "example", f"خبر {number}", text, extractor="test 1", **fields)


def keep(archive: Archive, one: Article, day: int) -> None:
    now = NOW + day * DAY
    run_id = archive.start_run("example", now=now)
    save(archive, run_id, capture(one.url, minutes=day * 24 * 60, body=one.text.encode()), one)
    archive.finish_run(run_id, status="done", now=now, requests=1)


def records(archive: Archive, path: Path, **options: Any) -> list[dict[str, Any]]:
    write_export(archive.engine, path, ExportSelection(fields=SAME, **options), force=True)
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_each_day_can_be_had_again(tmp_path: Path, database_url: str) -> None:
    days: list[list[dict[str, Any]]] = []
    dated = {"published_at": NOW, "published_precision": "second", "published_source": "meta", "published_raw": "أمس"}
    with Archive.open(tmp_path / "archive", database_url) as archive:
        archive.add_site("example", "https://example.com", None, "EG", "Africa/Cairo")
        for day, changes in enumerate(
            (
                [article(1, "نص أول", tags=("أ",), **dated), article(2, "نص ثان", section="سياسة")],
                [article(1, "نص أول بعد تعديل", tags=("ب",), **dated), article(3, "نص ثالث")],
                [article(2, "نص ثان", section="رياضة")],
                [article(1, "نص أول بعد تعديل آخر", tags=("ب",), **dated)],
            )
        ):
            for one in changes:
                keep(archive, one, day)
            days.append(records(archive, tmp_path / "now.jsonl"))
        for day, then in enumerate(days):
            instant = NOW + day * DAY + DAY / 2
            assert records(archive, tmp_path / "then.jsonl", as_of=instant) == then, day
        assert records(archive, tmp_path / "then.jsonl", as_of=NOW - DAY) == []
        long = Filters(min_words=4)
        assert [r["id"] for r in records(archive, tmp_path / "then.jsonl", as_of=NOW + DAY / 2, filters=long)] == []
        assert len(records(archive, tmp_path / "then.jsonl", as_of=NOW + 2 * DAY, filters=long)) == 1


def test_an_export_as_of_now_is_the_export(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive", None) as archive:
        archive.add_site("example", "https://example.com", None, None, "UTC")
        for number in range(4):
            keep(archive, article(number, f"نص {number}"), number)
        path = tmp_path / "out.jsonl"
        write_export(archive.engine, path, ExportSelection(fields=FIELDS, as_of=NOW + 9 * DAY))
        then = path.read_bytes()
        write_export(archive.engine, path, force=True)
        assert path.read_bytes() == then
