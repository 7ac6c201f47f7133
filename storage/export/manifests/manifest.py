"""The manifest of an export: its contents, selection and files, and the command that makes it again.

It states no time: the same archive and selection make the same manifest.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson

from storage.errors import UsageError
from storage.export.article_schema import SCHEMA, Field, json_schema
from storage.export.batches import Batch
from storage.export.manifests.article_index import index_digest
from storage.export.selection import ExportSelection
from storage.messages import message

FORMAT = 1


@dataclass(slots=True)
class Contents:
    """Counts of the articles of an export, made while they are written. extractors: by name and version."""

    articles: int = 0
    extractors: Counter[str] = field(default_factory=Counter)

    def add(self, batch: Batch) -> None:
        """Count the articles of a batch, which must have the column extractor."""
        self.articles += batch.rows
        # Name and version are followed by the digest of a site's profile.
        self.extractors.update(" ".join(name.split()[:2]) for name in batch.columns["extractor"])


def index_path(manifest: Path) -> Path:
    """The path of a manifest's index, which is beside it."""
    return manifest.with_name(f"{manifest.name.removesuffix('.json')}.index.gz")


def file_entry(path: Path, folder: Path) -> dict[str, Any]:
    """Name (relative to the folder if inside it), size and SHA-256 of a file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    inside = path.resolve().is_relative_to(folder.resolve())
    name = path.resolve().relative_to(folder.resolve()).as_posix() if inside else path.name
    return {"name": name, "bytes": path.stat().st_size, "sha256": digest}


def manifest_json(
    selection: ExportSelection,
    fields: Sequence[Field],
    contents: Contents,
    *,
    left_out: Counter[str],
    files: Sequence[dict[str, Any]],
    index: dict[str, Any],
    rows: int,
    since: str | None,
    rebuild: str | None,
) -> dict[str, Any]:
    """The manifest. rows: in the files. since: digest of the index that a delta refers to. rebuild: a command line."""
    return {
        "format": FORMAT,
        "warraq": version("warraq"),
        "schema": SCHEMA,
        "selection": selection.as_json(),
        "selection_sha256": selection.digest(),
        "articles": contents.articles,
        "articles_sha256": index["sha256"],
        "rows": rows,
        "since": since,
        "left_out": dict(sorted(left_out.items())),
        "extractors": dict(sorted(contents.extractors.items())),
        "files": list(files),
        "index": index,
        "rebuild": rebuild,
        "json_schema": json_schema(tuple(fields)),
    }


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier export, from its manifest. articles_sha256: of its index."""

    index: Path
    articles_sha256: str


def read_manifest(path: Path, selection: ExportSelection) -> Earlier:
    """Read a manifest. Raises UsageError if the file is no manifest, or is of another selection."""
    try:
        manifest = orjson.loads(path.read_bytes())
        known = (manifest["format"], manifest["selection_sha256"], manifest["articles_sha256"])
        name = str(manifest["index"]["name"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(message("{path} is no manifest of an export: {error}", path=path, error=error)) from error
    if known[0] != FORMAT:
        raise UsageError(
            message(
                "{path} is a manifest of format {format}; this version reads format {known}",
                path=path,
                format=known[0],
                known=FORMAT,
            )
        )
    if known[1] != selection.digest():
        raise UsageError(
            message("{path} is of an export with other filters or fields; give the same as then", path=path)
        )
    index = path.parent / Path(name).name
    if index_digest(index) != known[2]:
        raise UsageError(
            message(
                "{index} is not the index that {path} names: it was replaced since, or is damaged",
                index=index,
                path=path,
            )
        )
    return Earlier(index, str(known[2]))
