"""One run: every engine extracts every page, in turn; its result and time are kept."""

import math
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import fmean

from tests.benchmarks.engines.corpora import Corpus
from tests.benchmarks.engines.peers import Engine
from tests.benchmarks.engines.processes import EngineFailed, Process
from tests.benchmarks.engines.scores import PageScore, score


@dataclass(slots=True)
class Result:
    """One engine on one corpus. seconds: of every timed reading, by page; errors: pages on which the engine raised."""

    scores: list[PageScore] = field(default_factory=list)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def mean(self, name: str) -> float:
        """Mean over the pages of "precision", "recall", "f1" or a field's set F1."""
        if name in ("precision", "recall", "f1"):
            return fmean(getattr(page.body, name) for page in self.scores)
        return fmean(page.fields[name] for page in self.scores)

    @property
    def times_s(self) -> list[float]:
        """Seconds for each page, ascending, in its fastest round: slower ones depend on other programs (as in timeit)."""
        return sorted(min(times) for times in self.seconds.values())

    @property
    def pages_per_s(self) -> float:
        """Pages read in a second of the engine's own time."""
        return len(self.seconds) / sum(self.times_s)

    @property
    def p95_ms(self) -> float:
        """The time that 95 of 100 pages stay within (nearest rank), in milliseconds."""
        return self.times_s[math.ceil(0.95 * len(self.seconds)) - 1] * 1000

    @property
    def slowest_ms(self) -> float:
        """The slowest page, in milliseconds."""
        return self.times_s[-1] * 1000


@dataclass(slots=True)
class Run:
    """Results of a run. results: by corpus name and engine name. absent: engine name to why it was not measured."""

    engines: list[Engine] = field(default_factory=list)
    versions: dict[str, str] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)
    results: dict[str, dict[str, Result]] = field(default_factory=dict)
    peak_bytes: dict[str, int] = field(default_factory=dict)


def measure(engines: Sequence[Engine], corpora: Sequence[Corpus], *, rounds: int) -> Run:
    """Every engine in a process of its own; they take turns at every page, so that none has a quieter machine.

    The first reading of a page is scored and not timed; `rounds` more are timed, each begun by another engine.
    """
    run = Run()
    with ExitStack() as stack:
        processes = []
        for engine in engines:
            try:
                processes.append(stack.enter_context(Process(engine)))
            except EngineFailed as error:
                run.absent[engine.name] = str(error)
        for corpus in corpora:
            print(f"reading {corpus.title}: {len(corpus.cases)} pages", file=sys.stderr)
            processes = _read(run, corpus, processes, rounds)
        for process in processes:
            run.peak_bytes[process.engine.name] = process.peak_bytes()
            run.versions[process.engine.name] = process.version
    run.engines = [process.engine for process in processes]
    return run


def _read(run: Run, corpus: Corpus, processes: list[Process], rounds: int) -> list[Process]:
    """Add to the run; return the processes that are still alive."""
    results = run.results.setdefault(corpus.name, {process.engine.name: Result() for process in processes})
    for number in range(rounds + 1):
        turn = number % len(processes) if processes else 0
        for case in corpus.cases:
            for process in [*processes[turn:], *processes[:turn]]:
                name = process.engine.name
                if name in run.absent:
                    continue
                try:
                    answer = process.read(case)
                except EngineFailed as error:
                    run.absent[name] = f"{error} ({case.name})"
                    continue
                if number:
                    results[name].seconds.setdefault(case.name, []).append(answer["seconds"])
                    continue
                if "error" in answer:
                    results[name].errors.append(f"{case.name}: {answer['error']}")
                results[name].scores.append(
                    score(answer, case.gold, page=case.name, kind=case.kind, now=case.fetched_at)
                )
    return [process for process in processes if process.engine.name not in run.absent]
