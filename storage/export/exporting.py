"""Export of the articles of a selection, read in one transaction, to files or standard output.

Two exports of one archive with the same selection are equal byte for byte, on either database.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

import orjson
from sqlalchemy import Connection, Engine

from storage.db.database import snapshot
from storage.errors import UsageError
from storage.export.article_schema import EDIT_FIELDS, FIELDS
from storage.export.article_stream import REJECT_FIELDS, LeftOut, stream
from storage.export.batches import Batch
from storage.export.jsonl import JsonlWriter
from storage.export.manifests.article_index import IndexEntry, IndexWriter, index_entries, read_index
from storage.export.manifests.delta import delta_fields, deltas
from storage.export.manifests.manifest import Contents, file_entry, index_path, manifest_json, read_manifest
from storage.export.selection import ExportSelection
from storage.export.targets import BatchWriter, ShardWriter, export_files, format_of, standard_output
from storage.files import atomic_write
from storage.messages import message
from storage.queries.edit_pairs import edit_pairs

OnProgress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Exported:
    """The result of an export. rows: number of articles or changes. paths: of its files; [] for standard output."""

    rows: int
    left_out: LeftOut
    paths: list[Path] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Beside:
    """Options for further files of an export; each is None if not wanted.

    manifest: path of a .json file; the index is written beside it. rebuild: the command line that the manifest states.
    since: the manifest of an earlier export of the same selection; only changes since are written. rejects: path of a
    file for the articles that are left out, with reasons.
    """

    manifest: Path | None = None
    rebuild: str | None = None
    since: Path | None = None
    rejects: Path | None = None


def write_export(
    engine: Engine,
    target: str | Path,
    selection: ExportSelection | None = None,
    *,
    force: bool = False,
    shard_bytes: int | None = None,
    beside: Beside | None = None,
    on_progress: OnProgress | None = None,
) -> Exported:
    """Export to a file whose suffix determines its format (storage.export.targets), or as JSON lines to "-".

    Files appear only when the export is complete. force: replace an existing file. shard_bytes: write several files,
    each full at this size. on_progress: called with the number of rows written. Raises UsageError for another suffix, a
    missing folder or an existing file, ArchiveError when the disk or the archive refuses, BrokenPipeError when
    standard output was closed.
    """
    chosen, more = selection or ExportSelection(), beside or Beside()
    earlier = read_manifest(more.since, chosen) if more.since is not None else None
    fields = tuple(chosen.fields) if earlier is None else delta_fields(chosen.fields)
    manifest = more.manifest
    if manifest is not None and not force:
        _refuse_existing(manifest, index_path(manifest))
    left_out, contents = LeftOut(), Contents()
    with ExitStack() as files:
        if more.rejects is not None:
            left_out.write = files.enter_context(export_files(more.rejects, REJECT_FIELDS, force=force)).write
        index = IndexWriter(files.enter_context(atomic_write(index_path(manifest)))) if manifest is not None else None
        writer: BatchWriter
        if str(target) == "-":
            writer = files.enter_context(standard_output(fields))
        else:
            writer = files.enter_context(export_files(Path(target), fields, shard_bytes=shard_bytes, force=force))
        connection = files.enter_context(snapshot(engine))
        rows = 0
        if index is None and earlier is None:
            batches = stream(connection, chosen, left_out)
        else:
            indexed = indexed_batches(connection, chosen, left_out, contents, index)
            every = (batch for batch, _ in indexed)
            batches = every if earlier is None else deltas(indexed, read_index(earlier.index), fields)
        for batch in batches:
            writer.write(batch)
            rows += batch.rows
            if on_progress is not None:
                on_progress(rows)
        if index is not None:
            index.close()
    done = Exported(rows, left_out, writer.paths if isinstance(writer, ShardWriter) else [])
    if manifest is not None and index is not None:
        about = manifest_json(
            chosen,
            fields,
            contents,
            left_out=left_out.reasons,
            files=[file_entry(path, manifest.parent) for path in done.paths],
            index={"name": index_path(manifest).name, "sha256": index.digest.hexdigest()},
            rows=rows,
            since=earlier.articles_sha256 if earlier is not None else None,
            rebuild=more.rebuild,
        )
        with atomic_write(manifest) as out:
            out.write(orjson.dumps(about, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    return done


def _refuse_existing(*paths: Path) -> None:
    for path in paths:
        if path.exists():
            raise UsageError(message("{path} exists; name another, or replace it with --force", path=path))


def write_edits(
    engine: Engine,
    target: str | Path,
    selection: ExportSelection | None = None,
    *,
    force: bool = False,
    shard_bytes: int | None = None,
    on_progress: OnProgress | None = None,
) -> Exported:
    """Export the edits of the selected articles, one pair of versions a line (storage.queries.edit_pairs).

    Parameters and errors as for `write_export`; also raises UsageError for formats other than JSON lines.
    """
    if str(target) != "-" and format_of(Path(target).name).writer is not JsonlWriter:
        raise UsageError(
            message(
                "edits are written as JSON lines: name a file .jsonl, .jsonl.gz or .jsonl.zst, not {target}",
                target=target,
            )
        )
    chosen = replace(selection or ExportSelection(), fields=[each for each in FIELDS if each.name == "id"])
    left_out, rows = LeftOut(), 0
    with ExitStack() as files:
        writer: BatchWriter
        if str(target) == "-":
            writer = files.enter_context(standard_output(EDIT_FIELDS))
        else:
            path = Path(target)
            writer = files.enter_context(export_files(path, EDIT_FIELDS, shard_bytes=shard_bytes, force=force))
        connection = files.enter_context(snapshot(engine))
        for articles in stream(connection, chosen, left_out):
            for pair in edit_pairs(connection, articles.columns["id"]):
                writer.write(Batch({name: [value] for name, value in pair.items()}, 1))
                rows += 1
            if on_progress is not None:
                on_progress(rows)
    return Exported(rows, left_out, writer.paths if isinstance(writer, ShardWriter) else [])


def export_jsonl(
    engine: Engine, out: BinaryIO, selection: ExportSelection | None = None, *, on_progress: OnProgress | None = None
) -> Exported:
    """Write the articles as JSON lines to an open file."""
    chosen, left_out, rows = selection or ExportSelection(), LeftOut(), 0
    writer = JsonlWriter(out, chosen.fields)
    with snapshot(engine) as connection:
        for batch in stream(connection, chosen, left_out):
            writer.write(batch)
            rows += batch.rows
            if on_progress is not None:
                on_progress(rows)
    return Exported(rows, left_out)


def indexed_batches(
    connection: Connection,
    selection: ExportSelection,
    left_out: LeftOut,
    contents: Contents,
    index: IndexWriter | None,
    *,
    also: Iterable[str] = (),
) -> Iterator[tuple[Batch, list[IndexEntry]]]:
    """Yield the articles with their index entries, and add them to index and contents. also: further columns."""
    for batch in stream(connection, selection, left_out, also=("url", "extractor", *also)):
        entries = index_entries(batch, selection.fields)
        contents.add(batch)
        if index is not None:
            index.write(entries)
        yield batch, entries
