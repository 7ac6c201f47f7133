"""Taking the articles that are noted in the change log into an index that there is."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine

from storage.db.database import snapshot
from storage.search import change_log
from storage.search.index_entries import entries_of, put
from storage.search.index_folder import State, schema, write_state, writing
from storage.warc import faults


def taken_in(engine: Engine, folder: Path, state: State, size: int, most: int | None = None) -> tuple[State, int]:
    """Take in what is noted, in commits of so many articles; what the index is then, and how many were taken in.

    Not what is noted meanwhile: others may note more for as long as this goes on. most: about so many articles at the
    most. The caller holds the lock.
    """
    waiting: set[int] = set()
    if most is None:
        with snapshot(engine) as connection:
            waiting = change_log.noted_since(connection, state.position)
        most = len(waiting)
    done = 0
    with writing(folder / state.generation, schema()) as writer:
        while done < most:
            with snapshot(engine) as connection:
                batch = change_log.next_batch(connection, state.position, size)
                entries = entries_of(connection, batch.article_ids)
            if not batch.article_ids:
                break
            if batch.removed:
                state = _with_removed(folder, state)
            put(writer, batch.article_ids, entries)
            state = replace(state, position=batch.after)
            write_state(folder, state)
            faults.reach("index-stated")
            done += len(batch.article_ids)
            waiting.difference_update(batch.article_ids)
        noted_again = sorted(waiting)  # they lie behind what others noted
        for start in range(0, len(noted_again), size):
            some = noted_again[start : start + size]
            with snapshot(engine) as connection:
                entries = entries_of(connection, some)
            if len(entries) < len(some):
                state = _with_removed(folder, state)
            put(writer, some, entries)
    return state, done


def _with_removed(folder: Path, state: State) -> State:
    """Say that the files hold removed articles; before their entries are deleted, so that no kill forgets the rest."""
    if not state.removed:
        state = replace(state, removed=True)
        write_state(folder, state)
        faults.reach("index-noted")
    return state
