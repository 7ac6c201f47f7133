"""Indexing of the articles in the change log into an existing index."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine

from storage.db.database import snapshot
from storage.search import change_log
from storage.search.index_entries import entries_of, put
from storage.search.index_folder import State, schema, write_state, writing
from storage.warc import faults


def taken_in(engine: Engine, folder: Path, state: State, size: int, most: int | None = None) -> tuple[State, int]:
    """Index the logged changes in commits of `size` articles; return the new state and the number of articles.

    Changes logged after the start may be left out, since other processes may log more all the time. most: the maximum
    number of articles, about. The caller holds the lock.
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
        noted_again = sorted(waiting)  # changed again meanwhile, so their rows are behind those of others
        for start in range(0, len(noted_again), size):
            some = noted_again[start : start + size]
            with snapshot(engine) as connection:
                entries = entries_of(connection, some)
            if len(entries) < len(some):
                state = _with_removed(folder, state)
            put(writer, some, entries)
    return state, done


def _with_removed(folder: Path, state: State) -> State:
    """Store that the files contain removed articles, before their entries are deleted, so that a kill can't lose it."""
    if not state.removed:
        state = replace(state, removed=True)
        write_state(folder, state)
        faults.reach("index-noted")
    return state
