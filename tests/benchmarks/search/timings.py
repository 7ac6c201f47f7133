"""Times each kind of query with snippets and facets, and its peer, in this process or a new one."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from sqlalchemy import Engine

from storage.search import search
from storage.search.facets import facets
from tests.benchmarks.search.peers import Peer
from tests.benchmarks.search.questions import Question
from tests.support.running import environment

FACET_VALUES = 8
PEER_S = 60.0  # after so many seconds no further query of a kind is sent to the peer


@dataclass(slots=True)
class Times:
    """Milliseconds of one kind of query: on the clock, and of this process's processor time."""

    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def add(self, ask: Callable[[], object]) -> None:
        """Measure one."""
        began, worked = time.perf_counter(), time.process_time()
        ask()
        self.clock.append((time.perf_counter() - began) * 1_000)
        self.processor.append((time.process_time() - worked) * 1_000)


@dataclass(slots=True)
class KindTimes:
    """whole: search with snippets, and its facets. found: the search alone."""

    whole: Times = field(default_factory=Times)
    found: Times = field(default_factory=Times)
    peer: Times = field(default_factory=Times)
    hits: list[int] = field(default_factory=list)


def p95(values: Sequence[float]) -> float:
    """The time that 95 of 100 stay below."""
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


def middle(values: Sequence[float]) -> float:
    """The median."""
    return median(values)


def ask(engine: Engine, question: Question) -> int:
    """The first twenty hits with snippets, and the facets of all, as the search page shows them."""
    hits = _search(engine, question)
    facets(engine, question.query, filters=question.filters, limit=FACET_VALUES)
    return hits


def warm(engine: Engine, peer: Peer | None, asked: dict[str, list[Question]], rounds: int) -> dict[str, KindTimes]:
    """By kind, when every query was asked once before. peer: None leaves it out."""
    times = {kind: KindTimes() for kind in asked}
    for kind, each in asked.items():
        times[kind].hits = [ask(engine, question) for question in each]
        for _ in range(rounds):
            for question in each:
                times[kind].whole.add(lambda question=question: ask(engine, question))
                times[kind].found.add(lambda question=question: _search(engine, question))
    for kind, each in asked.items() if peer is not None else ():
        assert peer is not None
        began = time.monotonic()
        with engine.connect() as connection:
            for question in each:
                peer.ask(connection, question)
                times[kind].peer.add(lambda question=question: peer.ask(connection, question))
                if time.monotonic() - began > PEER_S:
                    break
    return times


def cold(folder: Path, url: str | None, files: Sequence[Path], question: Question) -> float:
    """Milliseconds of a new process's first search, its files out of the memory; without the start of Python."""
    for path in files:
        descriptor = os.open(path, os.O_RDONLY)
        os.fsync(descriptor)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(descriptor)
    program = (
        "import sys, time; began = time.perf_counter(); from storage.db.database import open_readonly; "
        "from storage.search import search; from storage.search.facets import facets; from pathlib import Path; "
        "engine = open_readonly(Path(sys.argv[1]), sys.argv[2] or None); search(engine, sys.argv[3]); "
        f"facets(engine, sys.argv[3], limit={FACET_VALUES}); print((time.perf_counter() - began) * 1000)"
    )
    line = [sys.executable, "-c", program, str(folder), url or "", question.query]
    ran = subprocess.run(line, capture_output=True, text=True, check=True, env=environment())
    return float(ran.stdout)


def _search(engine: Engine, question: Question) -> int:
    order = "newest" if question.newest else "relevance"
    return search(engine, question.query, filters=question.filters, limit=20, order=order).total  # type: ignore[arg-type]
