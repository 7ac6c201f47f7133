"""The search index: every article's words and labels, in a folder of files that follows the database.

The database is authoritative. The index reads the change log (storage.search.change_log), commits batch by batch, and
stores its position in the log after each commit. A kill between the two makes it index the same articles again, which
changes nothing. It is rebuilt if it is missing or of another version or database, and by `warraq reindex`.
"""

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, func, select

from storage.db.database import read_transaction, snapshot
from storage.db.schema import articles
from storage.errors import ArchiveError
from storage.messages import message
from storage.search import change_log
from storage.search.freshness import catch_up_turn
from storage.search.index_entries import document, entries_between, entries_of, id_ranges, put
from storage.search.index_folder import (
    VERSION,
    State,
    has_others,
    index_folder,
    locked,
    opened,
    read_state,
    remove_others,
    schema,
    write_state,
    writing,
)  # fmt: skip
from storage.search.noted_articles import taken_in
from storage.search.segments.part_processes import MOST, PartFailed, build_parts, processors
from storage.search.segments.segment_merge import UnknownFiles, copy_without_deleted, entries_beside_deleted, join_parts
from storage.warc import faults

if TYPE_CHECKING:
    import tantivy

BATCH = 1_000  # articles a commit, and a transaction of the database
WORTH_A_PROCESS = 10_000  # articles a process, from which several processes build the index
WAIT_S = 10.0  # wait for another process that writes the index
Progress = Callable[[int, int], None]

_log = logging.getLogger("warraq.search")
_refusals: dict[Path, ArchiveError] = {}  # the error of this process's last failed update, by index folder


@dataclass(frozen=True, slots=True)
class IndexReader:
    """The index as it is now. is_behind: it lacks committed changes."""

    folder: Path
    index: "tantivy.Index"
    searcher: "tantivy.Searcher"
    is_behind: bool


def catch_up(
    engine: Engine, *, on_progress: Progress | None = None, wait_s: float | None = None, scrub: bool = False
) -> int:
    """Index all changes committed before this call; build the index if there is none. Returns the number of articles.

    engine: may be read-only. on_progress: called while the index is built, with the number of articles done and the
    total. wait_s: seconds to wait for another process that writes the index; None: until it is done. scrub: also delete
    the remains of removed articles from the files. Raises ArchiveError.
    """
    folder, up_to_date = _folder_status(engine)
    if up_to_date and not (scrub and _holds_removed(folder)):
        return 0
    try:
        with locked(folder, wait_s=wait_s):
            done = _advance(engine, folder, on_progress, scrub=scrub)
    except ArchiveError as error:
        _refusals[folder] = error
        raise
    _refusals.pop(folder, None)
    return done


def catch_up_if_possible(engine: Engine, *, on_progress: Progress | None = None, scrub: bool = False) -> None:
    """As `catch_up`, but log an error once instead of raising it, such as an unwritable folder or another writer."""
    known = set(map(str, _refusals.values()))
    try:
        with catch_up_turn(engine) as is_mine:
            if is_mine or scrub:
                catch_up(engine, on_progress=on_progress, wait_s=WAIT_S, scrub=scrub)
    except ArchiveError as error:
        if str(error) not in known:
            _log.warning("%s", message("the newest articles can't be found yet: {error}", error=error))


def catch_up_a_little(engine: Engine) -> bool:
    """Index one batch; return whether there may be more. Errors are ignored; the next search raises them."""
    try:
        folder, up_to_date = _folder_status(engine)
        if up_to_date:
            return False
        with locked(folder, wait_s=0.0):
            return _advance(engine, folder, None, most=BATCH) > 0
    except ArchiveError:
        return False


def rebuild(engine: Engine, on_progress: Progress | None = None) -> int:
    """Rebuild the index from the articles; return their number.

    Searches use the old index until the new one is complete; a kill leaves the old one unchanged. Raises ArchiveError.
    """
    folder = folder_of(engine)
    with locked(folder):
        return _build(engine, folder, on_progress)


def folder_of(engine: Engine) -> Path:
    """The folder of the index of this archive."""
    with read_transaction(engine) as connection:
        return index_folder(engine, change_log.archive_id(connection))


def fitting_state(engine: Engine, connection: Connection) -> State | None:
    """The state of the index; None if there is none of this version and database, so that the next search builds it."""
    return _fitting_state(connection, index_folder(engine, change_log.archive_id(connection)))


def reader(engine: Engine, connection: Connection) -> IndexReader:
    """Open the index for a search. Raises ArchiveError when it is missing, of another version, or of another database.

    If this process tried to build it, the error states why that failed.
    """
    folder = index_folder(engine, change_log.archive_id(connection))
    state = _fitting_state(connection, folder)
    if state is None:
        refusal = _refusals.get(folder)
        if refusal is not None:
            raise ArchiveError(message("there is no index to search in, and none can be made: {why}", why=refusal))
        raise ArchiveError(message("the search index is missing or of another version; run: warraq reindex"))
    is_behind = change_log.is_behind(connection, state.position)
    index = opened(folder, state.generation)
    return IndexReader(folder, index, index.searcher(), is_behind)


def _fitting_state(connection: Connection, folder: Path) -> State | None:
    state = read_state(folder)
    return state if state is not None and _fits(connection, folder, state) else None


def _folder_status(engine: Engine) -> tuple[Path, bool]:
    """The folder of the index, and whether it is up to date."""
    with snapshot(engine) as connection:
        folder = index_folder(engine, change_log.archive_id(connection))
        state = read_state(folder)
        fits = state is not None and _fits(connection, folder, state)
        return folder, fits and state is not None and not change_log.is_behind(connection, state.position)


def _state(folder: Path) -> State:
    state = read_state(folder)
    if state is None:
        raise ArchiveError(message("the search index in {folder} was deleted; run: warraq reindex", folder=folder))
    return state


def _holds_removed(folder: Path) -> bool:
    """Whether the files may contain removed texts, also those of an unused generation that a killed build left."""
    state = _state(folder)
    return state.removed or has_others(folder, state.generation)


def _fits(connection: Connection, folder: Path, state: State) -> bool:
    """Whether the index is usable: made by this version, from this database, with its files there."""
    return (
        state.version == VERSION
        and state.source == change_log.source(connection)
        and change_log.is_possible(connection, state.position)
        and (folder / state.generation / "meta.json").is_file()
    )


def _advance(
    engine: Engine, folder: Path, on_progress: Progress | None, *, most: int | None = None, scrub: bool = False
) -> int:
    """Index the logged changes, or build the index; return the number of articles. The caller holds the lock."""
    with snapshot(engine) as connection:
        state = read_state(folder)
        if state is not None and not _fits(connection, folder, state):
            state = None
        is_behind = state is not None and change_log.is_behind(connection, state.position)
    if state is None:
        return _build(engine, folder, on_progress)
    remove_others(folder, state.generation)
    done = 0
    if is_behind:
        state, done = taken_in(engine, folder, state, BATCH, most)
    if scrub and state.removed:
        _erase(engine, folder, state, on_progress)
    return done


def _erase(engine: Engine, folder: Path, state: State, on_progress: Progress | None) -> None:
    """Delete removed articles from the files: merge the segments that contain them, or else rebuild the index."""
    generation = folder / state.generation
    made = replace(state, generation=secrets.token_hex(6), removed=False)

    def documents_of(article_ids: Sequence[int]) -> "list[tuple[int, tantivy.Document]]":
        with snapshot(engine) as connection:
            return [(entry.id, document(entry)) for entry in entries_of(connection, article_ids)]

    try:
        if ids := entries_beside_deleted(generation, schema()):
            with writing(generation, schema()) as writer, snapshot(engine) as connection:
                put(writer, ids, entries_of(connection, ids))
        copy_without_deleted(generation, folder / made.generation, schema(), documents_of)
    except UnknownFiles as error:
        _log.info("the search index is made anew: %s", error)
        _build(engine, folder, on_progress)
    else:
        _make_current(folder, made)


def _make_current(folder: Path, made: State) -> None:
    """Make a complete generation the current one, and delete the others."""
    faults.reach("index-made")
    write_state(folder, made)
    faults.reach("index-named")
    remove_others(folder, made.generation)


def _build(engine: Engine, folder: Path, on_progress: Progress | None) -> int:
    """Build a new generation of the index from all articles. The caller holds the lock."""
    state = read_state(folder)
    remove_others(folder, state.generation if state is not None else None)  # left by killed builds
    with snapshot(engine) as connection:  # before the articles are read: later commits are indexed by the next update
        made = State(VERSION, change_log.source(connection), secrets.token_hex(6), change_log.present(connection))
        ranges = id_ranges(connection, BATCH)
        total = connection.scalar(select(func.count()).where(articles.c.status != "removed")) or 0
    done = 0

    def count(articles_done: int) -> None:
        nonlocal done
        done += articles_done
        if on_progress is not None:
            on_progress(done, max(total, done))

    generation = folder / made.generation
    processes = min(processors(), MOST, total // WORTH_A_PROCESS)
    if processes > 1:
        parts = [generation / f"part-{number}" for number in range(processes)]
        try:
            generation.mkdir()
            build_parts(engine, parts, ranges, count)
            join_parts(parts, generation)
        except (PartFailed, UnknownFiles) as error:
            _log.info("the search index is made by one process: %s", error)
            remove_others(folder, state.generation if state is not None else None)
            done, processes = 0, 1
    with writing(generation, schema()) as writer:
        for first, last in ranges if processes <= 1 else ():
            with read_transaction(engine) as connection:
                entries = entries_between(connection, first, last)
            for entry in entries:
                writer.add_document(document(entry))
            count(len(entries))
        writer.commit()
    _make_current(folder, made)
    return done
