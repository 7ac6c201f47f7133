"""Repair of an archive after a kill, the loss of its database or a disk failure, with a report of what stays wrong."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, delete

from storage.archive import Archive
from storage.compaction.merging import finish_merges
from storage.db.database import read_transaction, write_transaction
from storage.db.schema import labels
from storage.identity import claims
from storage.identity.merged import merged_articles
from storage.identity.parting import part
from storage.maintenance.rebuild import Progress, RebuildCounts, rebuild_from_warc
from storage.maintenance.relocate import has_misplaced_rows, relocate
from storage.maintenance.stored_pages import Reader
from storage.maintenance.verify import unlabelled, verify
from storage.maintenance.verify_report import Report
from storage.rows.articles import write_labels
from storage.search import index
from storage.warc.file_names import site_in
from storage.warc.store.stored_file import local_files
from storage.warc.torn_files import Gap, Torn, cut_torn_end, scan
from storage.warc.warcinfo_fields import warcinfo_fields


@dataclass(slots=True)
class Repaired:
    """torn: ends that were cut off. moved: rows whose position was corrected.

    rebuilt: captures that had no row. parted: articles that a false canonical URL had merged with another one.
    indexed: articles in the index, if it was rebuilt. report: of the verification afterwards; its problems can't be
    repaired.
    """

    report: Report
    torn: list[Torn] = field(default_factory=list)
    moved: int = 0
    rebuilt: RebuildCounts = field(default_factory=RebuildCounts)
    parted: int = 0
    indexed: int | None = None

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "ok": self.report.ok,
            "torn": [{"file": each.file, "offset": each.offset, "kept": each.kept} for each in self.torn],
            "moved": self.moved,
            "relinked": {
                "captures": self.rebuilt.captures,
                "articles": self.rebuilt.articles,
                "changed": self.rebuilt.changed,
                "unreadable": self.rebuilt.unreadable,
            },
            "parted": self.parted,
            "indexed": self.indexed,
            "report": self.report.as_json(),
        }


def repair(archive: Archive, reader: Reader, *, on_progress: Progress | None = None) -> Repaired:
    """Finish merges, cut torn ends, add missing rows, part merged articles, complete labels and index; then verify.

    With a new database this rebuilds all of it from the WARC files. Raises ArchiveError when the disk refuses, and
    what `reader.hold` raises when a site that needs repair is being crawled.
    """
    followed = finish_merges(archive.engine, archive.folder, hold=reader.hold)
    torn = []
    for path in filter(Path.is_file, local_files(archive.folder)):  # only complete files are uploaded
        if any(isinstance(each, Gap) and each.torn for each in scan(path)):
            site = warcinfo_fields(path).get("ispartof") or site_in(path.name)
            if site is not None:
                reader.hold(site)
            cut = cut_torn_end(path)
            torn += [cut] if cut is not None else []
    moved = followed + (relocate(archive, reader) if has_misplaced_rows(archive) else 0)
    rebuilt = rebuild_from_warc(archive, reader, on_progress=on_progress)
    parted = _part_merged(archive.engine, reader, now=datetime.now(UTC))
    report = verify(archive.engine, archive.folder, on_progress=on_progress)
    indexed = None
    if "label" in report.wrong:
        _label(archive.engine)
        del report.wrong["label"]
    if "index" in report.wrong and "value" not in report.wrong:  # unreadable values can't be indexed
        indexed = index.rebuild(archive.engine)
        report = verify(archive.engine, archive.folder, on_progress=on_progress)
    return Repaired(report, torn, moved, rebuilt, parted, indexed)


def _label(engine: Engine) -> None:
    with write_transaction(engine) as connection:
        for article, _ in list(unlabelled(connection)):
            connection.execute(delete(labels).where(labels.c.article_id == article["id"]))
            write_labels(connection, article["id"], article)


def _part_merged(engine: Engine, reader: Reader, *, now: datetime) -> int:
    """Part articles that false canonical URLs merged, one a transaction; return the number of additional articles."""
    with read_transaction(engine) as connection:
        merged = list(merged_articles(connection))
    for each in merged:
        reader.hold(each.site)
    more = 0
    for each in merged:
        with write_transaction(engine) as connection:
            if each.articles > 1:
                claims.add(
                    connection,
                    each.url_key,
                    each.url,
                    page_key=each.url_key,
                    site=each.site,
                    verdict="false",
                    found_at=now,
                )
            more += len(part(connection, each.article_id, at=now))
    return more
