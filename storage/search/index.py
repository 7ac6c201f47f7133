"""The search index: every article's words and labels, in a folder of files that follows the database.

It is never the truth. It takes in what the change log (storage.search.change_log) holds, a batch a commit, and then
says in its state how far it is: after a kill between the two it takes the same articles in once more, which changes
nothing. It is made anew where it is missing, of another version or of another database, and by `warraq reindex`.
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

BATCH = 1_000  # articles in one commit, and in one view of the database
WORTH_A_PROCESS = 10_000  # articles; with more for each, several processes make the index together
WAIT_S = 10.0  # for another process that is writing the index
Progress = Callable[[int, int], None]

_log = logging.getLogger("warraq.search")
_refusals: dict[Path, ArchiveError] = {}  # why an index could not be brought up to date when this process last tried


@dataclass(frozen=True, slots=True)
class IndexReader:
    """The index as it is now. is_behind: changes were committed that it lacks."""

    folder: Path
    index: "tantivy.Index"
    searcher: "tantivy.Searcher"
    is_behind: bool


def catch_up(
    engine: Engine, *, on_progress: Progress | None = None, wait_s: float | None = None, scrub: bool = False
) -> int:
    """Bring everything that was committed before this call into the index, which is made if there is none.

    Returns how many articles were taken in. engine: may be one that only reads. on_progress: called while the index is
    made, with the articles done and their total. wait_s: how long another process that writes the index is waited for;
    None: until it is done. scrub: also delete what is left of removed articles in the files.
    Raises ArchiveError.
    """
    folder, up_to_date = _look(engine)
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
    """As `catch_up`. Where the index can't be written, or another process is doing it, that is logged, once."""
    known = set(map(str, _refusals.values()))
    try:
        with catch_up_turn(engine) as is_mine:
            if is_mine or scrub:
                catch_up(engine, on_progress=on_progress, wait_s=WAIT_S, scrub=scrub)
    except ArchiveError as error:
        if str(error) not in known:
            _log.warning("%s", message("the newest articles can't be found yet: {error}", error=error))


def catch_up_a_little(engine: Engine) -> bool:
    """Take in a batch; whether there may be more. An error is left for whoever needs the index."""
    try:
        folder, up_to_date = _look(engine)
        if up_to_date:
            return False
        with locked(folder, wait_s=0.0):
            return _advance(engine, folder, None, most=BATCH) > 0
    except ArchiveError:
        return False


def rebuild(engine: Engine, on_progress: Progress | None = None) -> int:
    """Make the index anew from the articles; return how many it holds.

    The old one is read until the new one is complete, and a kill leaves it as it was. Raises ArchiveError.
    """
    folder = folder_of(engine)
    with locked(folder):
        return _build(engine, folder, on_progress)


def folder_of(engine: Engine) -> Path:
    """The folder of the index of this archive."""
    with read_transaction(engine) as connection:
        return index_folder(engine, change_log.archive_id(connection))


def fitting_state(engine: Engine, connection: Connection) -> State | None:
    """What the index is; None: there is none, or one of another version or database, which the next search replaces."""
    return _fitting_state(connection, index_folder(engine, change_log.archive_id(connection)))


def reader(engine: Engine, connection: Connection) -> IndexReader:
    """The index for a search. Raises ArchiveError when it is missing, of another version, or of another database.

    Where this process tried to make it, the error says why it could not.
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


def _look(engine: Engine) -> tuple[Path, bool]:
    """The folder of the index, and whether it has all that is committed."""
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
    """Whether removed texts may be left in the files; a killed build leaves a generation that nobody reads."""
    state = _state(folder)
    return state.removed or has_others(folder, state.generation)


def _fits(connection: Connection, folder: Path, state: State) -> bool:
    """Whether the index holds what this version reads, of this database."""
    return (
        state.version == VERSION
        and state.source == change_log.source(connection)
        and change_log.is_possible(connection, state.position)
        and (folder / state.generation / "meta.json").is_file()
    )


def _advance(
    engine: Engine, folder: Path, on_progress: Progress | None, *, most: int | None = None, scrub: bool = False
) -> int:
    """Take in what is noted, or make the index; how many articles. The caller holds the lock."""
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
    """Leave nothing of removed articles in the files: by merging those that hold it, else by making all anew."""
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
        _name(folder, made)


def _name(folder: Path, made: State) -> None:
    """Let a generation that is complete be the one that is read, and the only one."""
    faults.reach("index-made")
    write_state(folder, made)
    faults.reach("index-named")
    remove_others(folder, made.generation)


def _build(engine: Engine, folder: Path, on_progress: Progress | None) -> int:
    """Make a generation of the index from all articles. The caller holds the lock."""
    state = read_state(folder)
    remove_others(folder, state.generation if state is not None else None)  # what killed builds left
    with snapshot(engine) as connection:  # first: what is committed while the articles are read is taken in later
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
    _name(folder, made)
    return done
