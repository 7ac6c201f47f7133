"""An export: the articles of a selection, read from one view of the archive, into files or standard output.

Two exports of one archive with the same selection are equal byte for byte, on either engine.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Engine

from storage.db.database import snapshot
from storage.export.article_stream import LeftOut, stream
from storage.export.jsonl import JsonlWriter
from storage.export.selection import ExportSelection
from storage.export.targets import BatchWriter, ShardWriter, export_files, standard_output

OnProgress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did. articles: how many it holds. paths: its files, none for standard output."""

    articles: int
    left_out: LeftOut
    paths: list[Path] = field(default_factory=list)


def write_export(
    engine: Engine,
    target: str | Path,
    selection: ExportSelection | None = None,
    *,
    force: bool = False,
    shard_bytes: int | None = None,
    on_progress: OnProgress | None = None,
) -> Exported:
    """Export to a file whose suffix says its format (storage.export.targets), or as JSON lines to "-".

    Files appear only when the export is complete. force: replace a file that exists. shard_bytes: write several, each
    full at so many bytes. on_progress: called with the number of articles written. Raises UsageError for another
    suffix, a missing folder or a file that exists, ArchiveError when the disk or the archive refuses, BrokenPipeError
    when standard output was closed.
    """
    chosen = selection or ExportSelection()
    out: AbstractContextManager[BatchWriter]
    if str(target) == "-":
        out = standard_output(chosen.fields)
    else:
        out = export_files(Path(target), chosen.fields, shard_bytes=shard_bytes, force=force)
    with out as writer:
        articles, left_out = _write(engine, writer, chosen, on_progress)
    return Exported(articles, left_out, writer.paths if isinstance(writer, ShardWriter) else [])


def export_jsonl(
    engine: Engine, out: BinaryIO, selection: ExportSelection | None = None, *, on_progress: OnProgress | None = None
) -> Exported:
    """Write the articles as JSON lines into an open file."""
    chosen = selection or ExportSelection()
    return Exported(*_write(engine, JsonlWriter(out, chosen.fields), chosen, on_progress))


def _write(
    engine: Engine, writer: BatchWriter, selection: ExportSelection, on_progress: OnProgress | None
) -> tuple[int, LeftOut]:
    articles, left_out = 0, LeftOut()
    with snapshot(engine) as connection:
        for batch in stream(connection, selection, left_out):
            writer.write(batch)
            articles += batch.rows
            if on_progress is not None:
                on_progress(articles)
    return articles, left_out
