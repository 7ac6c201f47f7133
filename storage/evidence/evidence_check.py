"""The check of an archive against its evidence: of the folder alone, or with the rows of the database."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine

from storage.db.database import read_transaction
from storage.evidence.attest_report import AttestReport
from storage.evidence.file_check import FileCheck, Unknown, check_file, covering
from storage.evidence.leaves import RecordLeaf
from storage.evidence.row_check import Rows, check_texts, row_difference, rows_in
from storage.evidence.seal_check import check_seal_rows, check_seals
from storage.evidence.seal_folder import removed_leaves
from storage.evidence.sealed_index import Expected, SealedIndex
from storage.messages import Message, message
from storage.rows.captures import files_named
from storage.warc.file_names import FOLDER, at_byte
from storage.warc.files_lock import files_stay
from storage.warc.merged_files import interrupted_merges, merged_parts
from storage.warc.store.stored_file import located, warc_files
from storage.warc.torn_files import Gap

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

Progress = Callable[[int, int], None]  # bytes done, total bytes
_CAPTURES = ("response", "revisit")


def check_evidence(
    folder: Path,
    engine: Engine | None,
    certificates: "Sequence[Certificate]" = (),
    *,
    on_progress: Progress | None = None,
) -> AttestReport:
    """Compare records with seals, seals with each other and with their timestamps, and rows with records.

    folder: of the archive. engine: None: without the rows. certificates: of the timestamp authority; without any, the
    signatures are not checked. Raises AlreadyRunning while files are merged, ArchiveError.
    """
    report = AttestReport(signatures_checked=bool(certificates), rows=None if engine is None else 0)
    with files_stay(folder):
        index, seals = check_seals(folder, report, certificates)
        last_day = max((seal.day for seal in seals.values()), default=None)
        check = _FolderCheck(folder, engine, index, last_day, report)
        check.go_through(on_progress)
        check.judge()
    if engine is not None:
        check_seal_rows(engine, folder, report)
        check_texts(engine, report)
    return report


class _FolderCheck:
    """The check of all WARC files of a folder. A record missing from its file may be found in another file."""

    def __init__(
        self, folder: Path, engine: Engine | None, index: SealedIndex, last_day: date | None, report: AttestReport
    ) -> None:
        self._folder = folder
        self._engine = engine
        self._index = index
        self._last_day = last_day
        self._report = report
        self._removed = removed_leaves(folder)
        self._lost: dict[bytes, tuple[Expected, str, Message]] = {}  # by hash: record, kind of finding, description
        self._unknown: dict[bytes, Unknown] = {}
        self._found: set[bytes] = set()  # hashes in files that exist twice after an interrupted merge

    def go_through(self, on_progress: Progress | None) -> None:
        """Check all files."""
        paths = [path for path in warc_files(self._folder) if path.is_file()]
        merges = interrupted_merges(paths)
        doubled = {path.name for merge in merges for path in (merge.path, *map(_beside(merge.path), merge.parts))}
        total, done = sum(path.stat().st_size for path in paths), 0
        for path in paths:
            expected = self._index.expected_in(path)
            self._check(path, expected, doubled=path.name in doubled)
            done += path.stat().st_size
            if on_progress is not None:
                on_progress(done, total)
        there = {f"{FOLDER}/{name}" for path in paths for name in (path.name, *_merged_names(path))}
        for file in sorted(self._index.files() - there):
            for each in self._index.of_file(file):
                where = at_byte(file, each.offset)
                self._lose(each, "dropped", message("{where}: its file is not there", where=where))
        if self._engine is not None:
            with read_transaction(self._engine) as connection:
                named = set(files_named(connection))
            for file in sorted(named - {f"{FOLDER}/{path.name}" for path in paths}):
                self._name_rows(file, rows_in(self._engine, file))

    def judge(self) -> None:
        """Report each sealed record that is not in its file, and each record that is not sealed."""
        report = self._report
        for records, (each, kind, what) in sorted(
            self._lost.items(), key=lambda item: (item[1][0].sealed_file, item[1][0].offset)
        ):
            elsewhere = self._unknown.pop(records, None)
            if records in self._found:
                continue
            if elsewhere is not None:
                report.records += 1
                self._judge_moved(each, elsewhere)
            elif records in self._removed:
                report.removed += 1
            else:
                line = message(
                    "{what} (seal {seal}, record {hash!s})", what=what, seal=each.seal, hash=records.hex()[:16]
                )
                report.wrong[kind].add(line)
        for unknown in self._unknown.values():
            if self._last_day is not None and (unknown.day is None or unknown.day <= self._last_day):
                when = message("dated {day}", day=unknown.day) if unknown.day else message("without a date")
                line = message(
                    "{what}, {when}, was not there when that day was sealed", what=unknown.words(), when=when
                )
                report.wrong["back-dated"].add(line)
            else:
                report.unsealed += 1

    def _judge_moved(self, each: Expected, now: Unknown) -> None:
        if located(self._folder, self._folder / each.sealed_file).exists():
            line = message(
                "{what}: it was sealed in {where}", what=now.words(), where=at_byte(each.sealed_file, each.offset)
            )
            self._report.wrong["moved"].add(line)
        else:
            line = message("{old!s} is {new!s} now", old=each.sealed_file, new=now.file)
            self._report.noted["renamed"].add(line)

    def _check(self, path: Path, expected: list[Expected], *, doubled: bool) -> None:
        name, report = f"{FOLDER}/{path.name}", self._report
        rows = rows_in(self._engine, name) if self._engine is not None else None
        before = dict(rows or {})
        compare = partial(self._compare, name, rows) if rows is not None else None
        try:
            done = check_file(path, name, expected, compare)
        except OSError as error:
            why = error.strerror or str(error)
            report.wrong["changed"].add(message("{file!s} can't be read: {why}", file=name, why=why))
            return
        report.records += done.found
        if doubled:
            self._found |= {each.hash for each in expected} - {each.hash for each, _ in done.lost}
        for words in (*done.unordered, *done.twice):
            report.wrong["moved"].add(words)
        self._match_lost(name, done, before)
        self._unknown |= {each.hash: each for each in done.unknown}
        if rows:
            self._name_rows(name, rows)

    def _match_lost(self, name: str, done: FileCheck, rows: Rows) -> None:
        """Describe what is in the place of each lost record."""
        unknown, gaps = list(done.unknown), list(done.gaps)
        consumed: set[int] = set()
        hit: set[int] = set()
        spans = [(each.offset, each.length) for each in unknown]
        gap_spans = [(each.offset, each.length) for each in gaps]
        for each, offset in done.lost:
            row = rows.get(each.offset)
            at, gap = covering(spans, offset), covering(gap_spans, offset)
            if at is not None:
                consumed.add(at)
                what = message("{what}: not the bytes that were sealed", what=unknown[at].words())
                self._lose(each, "changed", what)
            elif gap is not None:
                hit.add(gap)
                what = message("{where}: not a whole record any more", where=at_byte(name, offset))
                self._lose(each, "changed", _with_url(what, row))
            else:
                what = message("{where}: a sealed record is not there", where=at_byte(name, offset))
                self._lose(each, "dropped", _with_url(what, row))
        done.unknown[:] = [each for at, each in enumerate(unknown) if at not in consumed]
        self._name_gaps(name, [each for at, each in enumerate(gaps) if at not in hit])

    def _name_gaps(self, name: str, gaps: list[Gap]) -> None:
        for gap in gaps:
            if gap.torn:
                self._report.noted["torn"].add(message("{file!s}: {what}", file=name, what=gap.words()))
            else:
                line = message("{file!s}: {what} are no whole record", file=name, what=gap.words())
                self._report.wrong["changed"].add(line)

    def _lose(self, each: Expected, kind: str, what: Message) -> None:
        self._lost.setdefault(each.hash, (each, kind, what))

    def _compare(self, name: str, rows: Rows, leaf: RecordLeaf) -> None:
        fields = leaf.fields()
        if fields.get("warc-type") not in _CAPTURES:
            return
        row = rows.pop(leaf.offset, None)
        if row is None:
            what = message("{where}: a capture without a row", where=at_byte(name, leaf.offset))
            self._report.noted["no row"].add(what)
            return
        self._report.rows = (self._report.rows or 0) + 1
        try:
            difference = row_difference(leaf, fields, row)
        except ValueError as error:
            difference = message("it can't be read: {why}", why=error)
        if difference is not None:
            where = at_byte(name, leaf.offset)
            line = message("{where}: {difference} ({url!s})", where=where, difference=difference, url=row.url)
            self._report.wrong["row"].add(line)

    def _name_rows(self, file: str, rows: Rows) -> None:
        for offset, row in sorted(rows.items()):
            line = message(
                "row {row} points at {file!s}, byte {offset}: no record of {url!s} is there",
                row=row.id,
                file=file,
                offset=offset,
                url=row.url,
            )
            self._report.wrong["row"].add(line)


def _with_url(what: Message, row: Any) -> Message:
    return what if row is None else message("{what} ({url!s})", what=what, url=row.url)


def _beside(path: Path) -> Callable[..., Path]:
    return lambda part: path.with_name(part.name)


def _merged_names(path: Path) -> list[str]:
    return [part.name for part in merged_parts(path)]
