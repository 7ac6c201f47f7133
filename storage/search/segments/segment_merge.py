"""Removal of deleted entries from the segments of the index; tantivy keeps their words until it merges a segment.

tantivy's Python interface has no call to merge. tantivy merges by itself when there are eight segments of about the
same size, and all sizes below 10,000 entries count as equal. So a segment with deleted entries is hard-linked into a
temporary folder: once, beside seven segments of one entry each; or, if it is larger, several times, each time with
another part of its entries and the others deleted. tantivy merges these eight into one, which has only the words of
living entries. That is much faster than making the entries again from their articles.
"""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from storage.files import replacement
from storage.search.index_folder import index_errors, writing
from storage.warc import faults

if TYPE_CHECKING:
    import tantivy

META = "meta.json"
TOGETHER = 8  # number of segments of about one size that tantivy merges
SMALL = 16_000  # entries; up to here tantivy counts a segment as equal to one with one entry
LEAST = 400  # entries from which a segment is merged; entries of smaller ones are written again
_SPARE = 60  # entries that are read from the database; some articles may be removed
_DIGESTS = 1 << 64  # the field `digest` is distributed evenly below it
_DELETED = ".del"


# Returns (article id, document) of those of the given articles that are not removed.
DocumentsOf = Callable[[Sequence[int]], "Sequence[tuple[int, tantivy.Document]]"]


class UnknownFiles(Exception):
    """tantivy's files have a format that this module does not know."""


def entries_beside_deleted(path: Path, schema: "tantivy.Schema") -> list[int]:
    """The article ids of the living entries in small segments that have deleted entries.

    When all these entries are written again, tantivy drops the segments. path: a generation of the index, whose lock
    the caller holds. Raises UnknownFiles.
    """
    meta = _meta(path)
    small = [segment for segment in _with_deleted(meta) if _living(segment) < LEAST]
    with _temporary(path.with_name(f"{path.name}-small")) as folder, index_errors(path):
        for segment in small:
            _link(path, folder, segment, segment["segment_id"])
        _write_meta(folder, {**meta, "segments": small})
        return _ids(folder, schema)


def copy_without_deleted(source: Path, target: Path, schema: "tantivy.Schema", documents_of: DocumentsOf) -> None:
    """Create an index in `target` with the entries of `source`, in files without remains of deleted entries.

    source: a generation of the index, whose lock the caller holds, without small segments that have deleted entries.
    Raises UnknownFiles if tantivy does not merge as expected; target is unusable then.
    """
    meta = _meta(source)
    segments = [segment for segment in meta["segments"] if not segment["deletes"]]
    with index_errors(target), _temporary(target / "merge") as folder:
        for segment in segments:
            _link(source, target, segment, segment["segment_id"])
        for segment in _with_deleted(meta):
            merged = _merged(_Source(source, meta, schema, documents_of), segment, folder / segment["segment_id"])
            _link(folder / segment["segment_id"], target, merged, merged["segment_id"])
            segments.append(merged)
    _write_list(target, {**meta, "segments": segments})


def join_parts(parts: Sequence[Path], target: Path) -> None:
    """Create an index in `target` from the segments of all parts, and delete the parts. Raises UnknownFiles."""
    metas = [_meta(part) for part in parts]
    segments = [segment for meta in metas for segment in meta["segments"]]
    with index_errors(target):
        for part, meta in zip(parts, metas, strict=True):
            for segment in meta["segments"]:
                _link(part, target, segment, segment["segment_id"])
            shutil.rmtree(part)
        _write_list(target, {**metas[0], "segments": segments, "opstamp": max(int(meta["opstamp"]) for meta in metas)})


@dataclass(frozen=True, slots=True)
class _Source:
    """The index whose segments are copied. meta: its meta.json."""

    path: Path
    meta: dict[str, Any]
    schema: "tantivy.Schema"
    documents_of: DocumentsOf


def _merged(source: _Source, segment: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Make a segment with the living entries of the given one. folder: of its files."""
    schema = source.schema
    count = min(-(-_living(segment) // SMALL), TOGETHER)
    ids = _ids(_piece(source, segment, folder / "ids"), schema, _SPARE)
    singles = source.documents_of(ids)[: TOGETHER - count]
    made = [_segments_of_one(folder / "singles", schema, [document for _, document in singles])]
    for number in range(count):
        path = _piece(source, segment, folder / f"piece-{number}")
        low, high = (_DIGESTS * each // count for each in (number, number + 1))
        _keep_only(path, schema, low, high - 1, [article_id for article_id, _ in singles])
        made.append(path)
    parts: list[dict[str, Any]] = []
    for path in made:
        for part in _meta(path)["segments"]:
            _link(path, folder, part, part["segment_id"])
            parts.append(part)
    faults.reach("index-cut")
    last = max(int(_meta(path)["opstamp"]) for path in made)
    _write_meta(folder, {**source.meta, "segments": parts, "opstamp": last})
    with writing(folder, schema) as writer:
        writer.commit()
    merged = _meta(folder)["segments"]
    if len(merged) != 1 or merged[0]["deletes"] or merged[0]["max_doc"] != _living(segment):
        raise UnknownFiles(f"{len(parts)} segments were merged into {len(merged)}")
    return dict(merged[0])


def _piece(source: _Source, segment: dict[str, Any], path: Path) -> Path:
    """Create an index in `path` with one segment, under another name."""
    path.mkdir(parents=True)
    named = {**segment, "segment_id": str(uuid.uuid4())}
    _link(source.path, path, segment, named["segment_id"])
    _write_meta(path, {**source.meta, "segments": [named]})
    return path


def _segments_of_one(path: Path, schema: "tantivy.Schema", documents: "Sequence[tantivy.Document]") -> Path:
    """Create an index in `path` with one segment for each document."""
    with writing(path, schema) as writer:
        for document in documents:
            writer.add_document(document)
            writer.commit()
    return path


def _ids(path: Path, schema: "tantivy.Schema", limit: int | None = None) -> list[int]:
    """The article ids of an index's entries, at most `limit` of them."""
    import tantivy  # noqa: PLC0415 - as in storage.search.index_folder

    searcher = tantivy.Index(schema, path=str(path)).searcher()
    if not searcher.num_docs:
        return []
    hits = searcher.search(tantivy.Query.all_query(), limit or searcher.num_docs, order_by_field="newest").hits
    return [int(each or 0) for each in searcher.fast_field_values("id", [address for _, address in hits])]


def _keep_only(path: Path, schema: "tantivy.Schema", low: int, high: int, without: Sequence[int]) -> None:
    """Delete the entries whose digest is not in [low, high], and those of some articles."""
    import tantivy  # noqa: PLC0415 - as in storage.search.index_folder

    within = tantivy.Query.range_query(schema, "digest", tantivy.FieldType.Unsigned, low, high)
    others = [(tantivy.Occur.Must, tantivy.Query.all_query()), (tantivy.Occur.MustNot, within)]
    with writing(path, schema) as writer:
        writer.delete_documents_by_query(tantivy.Query.boolean_query(others))
        writer.delete_documents_by_query(tantivy.Query.term_set_query(schema, "id", without))
        writer.commit()


def _meta(path: Path) -> dict[str, Any]:
    """The content of meta.json, tantivy's description of the index in a folder."""
    with index_errors(path):
        content = (path / META).read_bytes()
    try:
        meta: dict[str, Any] = orjson.loads(content)
        for segment in meta["segments"]:
            uuid.UUID(segment["segment_id"])
            _living(segment)
        int(meta["opstamp"])
    except (ValueError, TypeError, KeyError) as error:
        raise UnknownFiles(f"{META} is of another layout") from error
    return meta


def _write_list(path: Path, meta: dict[str, Any]) -> None:
    """Write the files that make a folder with segments an index."""
    files = [each.name for each in path.iterdir() if each.is_file()]
    with index_errors(path), replacement(path / ".managed.json") as out:
        out.write(orjson.dumps([META, *files]))  # tantivy deletes only files in this list
    _write_meta(path, meta)


def _write_meta(path: Path, meta: dict[str, Any]) -> None:
    with index_errors(path), replacement(path / META) as out:
        out.write(orjson.dumps(meta))


def _with_deleted(meta: dict[str, Any]) -> Sequence[dict[str, Any]]:
    return [segment for segment in meta["segments"] if segment["deletes"]]


def _living(segment: dict[str, Any]) -> int:
    deleted = segment["deletes"]["num_deleted_docs"] if segment["deletes"] else 0
    return int(segment["max_doc"]) - int(deleted)


def _link(source: Path, target: Path, segment: dict[str, Any], name: str) -> None:
    """Link the files of a segment into another folder, under the given segment name."""
    old, new = segment["segment_id"].replace("-", ""), name.replace("-", "")
    deleted = f"{old}.{segment['deletes']['opstamp']}{_DELETED}" if segment["deletes"] else ""
    files = [each for each in source.iterdir() if each.name.startswith(f"{old}.")]
    for file in files:
        if file.suffix != _DELETED or file.name == deleted:
            _link_file(file, target / file.name.replace(old, new))
    if not files:
        raise UnknownFiles(f"the files of the segment {old} are missing")


def _link_file(file: Path, link: Path) -> None:
    try:
        os.link(file, link)
    except OSError:  # a file system without hard links
        shutil.copyfile(file, link)


@contextmanager
def _temporary(folder: Path) -> Iterator[Path]:
    """A folder that exists within the block. If a kill leaves it, `remove_others` deletes it."""
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
