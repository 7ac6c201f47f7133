"""Imports of texts in tests: declarations of sites and dates, and files in the formats of other programs."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from crawler.registry.declared_sites import Declared
from crawler.workers.imported_texts import ImportedTexts
from storage.archive import Archive
from storage.export import ExportSelection, write_export
from storage.imports.field_maps import FieldMap
from storage.imports.import_filters import ImportFilters
from storage.imports.json_files import unpacked
from storage.imports.reject_log import RejectLog
from storage.imports.text_import import TextImport, TextsImported
from storage.similar import copy_log

NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
# What an archive says of its own beside the articles: docs/formats.md lists these.
OWN_FIELDS = frozenset({"id", "version", "versions", "cluster", "imported_from"})


def take(
    archive: Archive,
    path: Path,
    by: FieldMap | str | None = None,
    *,
    now: datetime = NOW,
    log: RejectLog | None = None,
    **filters: Any,
) -> TextsImported:
    """Import a file, without a declared site."""
    reader = ImportedTexts(Declared({}, {}))
    work = TextImport(
        archive, reader, ImportFilters(reader.name_of, reader.is_declared, **filters), log or RejectLog(), by
    )
    done = work.take(path, now=now)
    work.finish()
    return done


def write_lines(path: Path, *records: Any) -> Path:
    """A file of JSON lines."""
    path.write_bytes(b"".join(orjson.dumps(each, option=orjson.OPT_APPEND_NEWLINE) for each in records))
    return path


def exported(archive: Archive, path: Path) -> list[dict[str, Any]]:
    """Export everything to that file; return its records."""
    copy_log.catch_up_if_possible(archive.engine)
    write_export(archive.engine, path, ExportSelection(reserved=True), force=True)
    return [orjson.loads(line) for line in b"".join(unpacked(path)).splitlines()]


def without_own(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The records without the fields that differ between archives."""
    return [{name: value for name, value in each.items() if name not in OWN_FIELDS} for each in records]


def own_record(number: int = 1, **fields: Any) -> dict[str, Any]:
    """The smallest record of a Warraq export."""
    record = {
        "url": f"https://example.com/{number}",
        "site": "example",
        "title": f"عنوان الخبر رقم {number}",
        "text": f"نص الخبر رقم {number} كما نشرته الصحيفة.",
        "extractor": "warraq 1",
        "first_seen_at": "2026-05-07T08:00:00+00:00",
        "last_seen_at": "2026-05-09T08:00:00+00:00",
    }
    return record | fields
