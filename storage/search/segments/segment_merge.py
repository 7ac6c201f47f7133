"""Segments of the index without their deleted entries, whose words tantivy keeps until it happens to merge a segment.

tantivy's Python interface merges nothing on request; of itself it merges eight segments of about the same size, where
all sizes below 10,000 entries count as equal. So a segment with deleted entries is put, by hard links, into a folder of
its own: once, and seven of one entry each beside it; or, where it is larger, several times, each time with another part
of its entries, the others being deleted. These eight tantivy merges into one, which has the words of living entries
alone. That takes a small part of the time in which the entries are made anew from their articles.
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
TOGETHER = 8  # segments of about one size, which tantivy merges
SMALL = 16_000  # entries that a segment may have to count as being of the size of those of one entry
LEAST = 400  # entries of a segment that is merged; those of smaller ones are put anew
_SPARE = 60  # entries that are looked for in the database, where some may be gone
_DIGESTS = 1 << 64  # the field `digest` lies evenly below it
_DELETED = ".del"


# Of these articles those that are not removed, with their entries as tantivy takes them.
DocumentsOf = Callable[[Sequence[int]], "Sequence[tuple[int, tantivy.Document]]"]


class UnknownFiles(Exception):
    """tantivy's files are not as this module knows them."""


def entries_beside_deleted(path: Path, schema: "tantivy.Schema") -> list[int]:
    """The article ids of the living entries in small segments that have deleted ones.

    When all of them are put anew, tantivy drops these segments. path: a generation of the index, whose lock the caller
    holds. Raises UnknownFiles.
    """
    meta = _meta(path)
    small = [segment for segment in _with_deleted(meta) if _living(segment) < LEAST]
    with _temporary(path.with_name(f"{path.name}-small")) as folder, index_errors(path):
        for segment in small:
            _link(path, folder, segment, segment["segment_id"])
        _write_meta(folder, {**meta, "segments": small})
        return _ids(folder, schema)


def copy_without_deleted(source: Path, target: Path, schema: "tantivy.Schema", documents_of: DocumentsOf) -> None:
    """Make the folder `target` an index with the entries of `source`, in files that hold nothing of deleted ones.

    source: a generation of the index, whose lock the caller holds, without small segments that have deleted entries.
    Raises UnknownFiles where tantivy does not merge as expected; target is of no use then.
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
    """Make the folder `target` an index of all segments of several, whose folders are deleted. Raises UnknownFiles."""
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
    """The index whose segments are copied. meta: what tantivy says of it."""

    path: Path
    meta: dict[str, Any]
    schema: "tantivy.Schema"
    documents_of: DocumentsOf


def _merged(source: _Source, segment: dict[str, Any], folder: Path) -> dict[str, Any]:
    """A segment that has the living entries of this one. folder: where its files are made."""
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
    """Make the folder `path` an index of one segment, under another name."""
    path.mkdir(parents=True)
    named = {**segment, "segment_id": str(uuid.uuid4())}
    _link(source.path, path, segment, named["segment_id"])
    _write_meta(path, {**source.meta, "segments": [named]})
    return path


def _segments_of_one(path: Path, schema: "tantivy.Schema", documents: "Sequence[tantivy.Document]") -> Path:
    """Make the folder `path` an index with a segment for each entry."""
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
    """What tantivy says of the index in a folder."""
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
    """Say what the index is, whose files are there."""
    files = [each.name for each in path.iterdir() if each.is_file()]
    with index_errors(path), replacement(path / ".managed.json") as out:
        out.write(orjson.dumps([META, *files]))  # tantivy deletes those files alone that it knows as its own
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
    """Put the files of a segment into another folder, under the name of a segment."""
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
    except OSError:  # a disk that has no hard links
        shutil.copyfile(file, link)


@contextmanager
def _temporary(folder: Path) -> Iterator[Path]:
    """A folder that is there within the block. One that a kill leaves lies where `remove_others` looks."""
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
