"""Writing of a data set's folder: under a temporary name, renamed when complete."""

import shutil
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Engine

from storage.db.database import snapshot
from storage.errors import ArchiveError, UsageError
from storage.export.article_schema import json_schema
from storage.export.article_stream import REJECT_FIELDS, LeftOut
from storage.export.dataset import measures as measuring
from storage.export.dataset import splits as splitting
from storage.export.dataset.bar_plots import bar_plot
from storage.export.dataset.card import card
from storage.export.dataset.descriptions import About, citation, croissant
from storage.export.dataset.measures import Measures
from storage.export.dataset.splits import SplitChooser, Splits
from storage.export.exporting import Exported, OnProgress, indexed_batches
from storage.export.manifests.article_index import IndexWriter
from storage.export.manifests.manifest import Contents, file_entry, manifest_json
from storage.export.selection import ExportSelection
from storage.export.targets import ShardWriter, export_files, format_of
from storage.files import sync_folder
from storage.messages import message

MANIFEST = "manifest.json"
_INDEX = "manifest.index.gz"
_MEDIA_TYPES = {".parquet": "application/vnd.apache.parquet", ".csv": "text/csv"}


@dataclass(frozen=True, slots=True)
class DatasetRequest:
    """Options beside the selection. suffix: of the data files. rejects: also list articles left out, with reasons."""

    title: str
    creator: str
    splits: Splits = field(default_factory=Splits)
    suffix: str = ".parquet"
    shard_bytes: int = 500 * 1024**2
    rejects: bool = False
    rebuild: str | None = None


def write_dataset(
    engine: Engine,
    folder: Path,
    selection: ExportSelection,
    request: DatasetRequest,
    *,
    force: bool = False,
    on_progress: OnProgress | None = None,
) -> Exported:
    """Write the data set; return its contents. The folder appears when it is complete.

    force: replace an existing data set. Raises UsageError for a folder that contains something else, ArchiveError when
    the disk or the archive refuses.
    """
    format_of(request.suffix)
    _check(folder, force=force)
    part = folder.with_name(f".{folder.name}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)  # left by a killed process
        (part / "data").mkdir(parents=True)
        (part / "plots").mkdir()
        done = _fill(engine, part, selection, request, on_progress)
        sync_folder(part)
        old = folder.with_name(f".{folder.name}.old")
        if folder.exists():
            shutil.rmtree(old, ignore_errors=True)
            folder.rename(old)
        part.rename(folder)
        sync_folder(folder.parent)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise ArchiveError(message("can't write {path}: {why}", path=folder, why=error.strerror or error)) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Exported(done.rows, done.left_out, [folder / path.relative_to(part) for path in done.paths])


def _check(folder: Path, *, force: bool) -> None:
    if not folder.parent.is_dir():
        raise UsageError(message("there is no folder {folder}; make it first", folder=folder.parent))
    if not folder.exists():
        return
    if not folder.is_dir():
        raise UsageError(message("{folder} exists and is no folder; name another", folder=folder))
    if any(folder.iterdir()):
        if not (folder / MANIFEST).is_file():
            raise UsageError(
                message("{folder} holds something that is no data set; name another folder", folder=folder)
            )
        if not force:
            raise UsageError(
                message("{folder} holds a data set; name another folder, or replace it with --force", folder=folder)
            )


def _fill(
    engine: Engine, part: Path, selection: ExportSelection, request: DatasetRequest, on_progress: OnProgress | None
) -> Exported:
    fields, names = tuple(selection.fields), request.splits.names
    left_out, contents, measures = LeftOut(), Contents(), Measures(fields)
    counts = Counter[str]()
    with ExitStack() as files:
        if request.rejects:
            left_out.write = files.enter_context(export_files(part / "rejects.jsonl.gz", REJECT_FIELDS)).write
        index = IndexWriter(files.enter_context((part / _INDEX).open("wb")))
        connection = files.enter_context(snapshot(engine))
        chooser = SplitChooser(connection, request.splits)
        writers: dict[str, ShardWriter] = {}
        also = dict.fromkeys((*measuring.COLUMNS, *splitting.COLUMNS))
        for batch, _ in indexed_batches(connection, selection, left_out, contents, index, also=also):
            measures.add(batch)
            for name, some in zip(names, splitting.parted(batch, chooser.choose(batch), len(names)), strict=True):
                if some.rows:
                    if name not in writers:  # a split without articles has no file
                        target = part / "data" / f"{name}{request.suffix}"
                        writers[name] = files.enter_context(
                            export_files(target, fields, shard_bytes=request.shard_bytes)
                        )
                    writers[name].write(some)
                    counts[name] += some.rows
            if on_progress is not None:
                on_progress(contents.articles)
        index.close()
    paths = {name: writers[name].paths for name in names if name in writers}
    data = [file_entry(path, part) for each in paths.values() for path in each]
    manifest = manifest_json(
        selection,
        fields,
        contents,
        left_out=left_out.reasons,
        files=data,
        index={"name": _INDEX, "sha256": index.digest.hexdigest()},
        rows=contents.articles,
        since=None,
        rebuild=request.rebuild,
    ) | {"splits": request.splits.as_json() | {"articles": dict(counts)}, "measures": measures.as_json()}
    _describe(part, request, manifest, {name: (counts[name], _names(part, paths[name])) for name in paths}, fields)
    return Exported(contents.articles, left_out, [path for each in paths.values() for path in each])


def _names(part: Path, paths: list[Path]) -> list[str]:
    return [path.relative_to(part).as_posix() for path in paths]


def _describe(
    part: Path,
    request: DatasetRequest,
    manifest: dict[str, Any],
    splits: dict[str, tuple[int, list[str]]],
    fields: tuple[Any, ...],
) -> None:
    """Write card, plots, metadata, citation and schema."""
    measures, version = manifest["measures"], manifest["articles_sha256"][:12]
    about = About(
        request.title,
        request.creator,
        version,
        f"{measures['articles']:,} Arabic news articles of {len(measures['sites']):,} site(s), as their pages showed "
        "them, with dates, authors, sections and what the pages reserve.",
    )
    media_type = _MEDIA_TYPES.get(request.suffix, "application/jsonlines")
    texts = {
        MANIFEST: _json(manifest),
        "schema.json": _json(json_schema(fields)),
        "croissant.json": _json(croissant(about, fields, manifest["files"], media_type)),
        "CITATION.cff": citation(about),
        "README.md": card(about, fields, manifest, splits),
        "plots/months.svg": bar_plot("Articles a month", "المقالات في كل شهر", list(measures["months"].items())[::-1]),
        "plots/sites.svg": bar_plot("Articles a site", "المقالات في كل موقع", list(measures["sites"].items())),
        "plots/lengths.svg": bar_plot(
            "Words a text, at most", "كلمات النص على الأكثر", list(measures["words_at_most"].items())
        ),
        "plots/fields.svg": bar_plot(
            "Articles with a value, %",
            "نسبة المقالات التي فيها الحقل",
            [(name, round(100 * n / (measures["articles"] or 1), 1)) for name, n in measures["filled"].items()],
            unit=" %",
        ),
        "plots/left_out.svg": bar_plot("Left out", "ما استبعد", list(manifest["left_out"].items())),
        "plots/duplicates.svg": bar_plot(
            "Duplicates",
            "المقالات المكررة",
            [
                ("articles", measures["articles"]),
                ("distinct texts", measures["distinct_texts"]),
                ("in clusters", measures["in_clusters"]),
                ("clusters", measures["clusters"]),
            ],
        ),
    }
    for name, text in texts.items():
        (part / name).write_text(text, encoding="utf-8")


def _json(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()
