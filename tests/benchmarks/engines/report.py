"""The results of a run as Markdown tables for people and as JSON for programs."""

import os
import platform
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from statistics import fmean
from typing import Any

from tests.benchmarks.engines.corpora import Corpus
from tests.benchmarks.engines.measures import Result, Run
from tests.benchmarks.engines.peers import TRAFILATURA, WARRAQ, Engine
from tests.benchmarks.engines.scores import FIELDS

COLUMNS = (
    *("engine", "F1", "worst", "precision", "recall", "leaked", "headline", "date", "authors", "sections", "tags"),
    *("agency", "image", "subtitle", "pages/s", "×", "p95 ms", "slowest ms", "peak MB"),
)
HOW = """\
What is measured:

- The real pages are other people's work and not shipped; `--corpus` names their folder. The fixtures are: invented
  articles (`tests/benchmarks/fixtures/stories`) in the markup that themes and CMSs print (`tests/benchmarks/fixtures/themes`), with what
  editors, plugins and hosts put around them (`tests/benchmarks/fixtures/sheets.py`). Their gold is what they were made of.
- Every engine reads the page as it was served, without a network, and is told its address and nothing about its site.
  Warraq is also told when it was fetched, which relative dates count from. Peers that take text instead of bytes get it
  decoded by the charset that the page declares; none fetches pictures.

How to read it:

- **F1, precision, recall**: of the words of the body against the gold text, as multisets: each word counts as often as
  it occurs. Words are cut and folded by `storage.arabic.tokens`: letters and digits, without harakat and tatweel, one
  form of alef, yeh, hamza and digits, no punctuation. Mean over the pages; *worst* is the lowest F1 of a page. An
  engine that finds no text has 0.
- **leaked**: strings of the gold's `must_not_contain` (labels, related headlines, menus, captions, comments) that stand
  in the text as whole words, more often than in the gold text; summed over the pages.
- **headline**: pages whose headline has exactly the words of the gold.
- **date**: right / coarse / wrong / none. *right*: the same at the gold's precision, to the minute where the page states
  a time; *coarse*: right as far as it goes, but a day or month alone; *wrong*: anything else found. Where the page
  states no offset the wall clock is compared; for a time without offset from a peer the page's or the UTC clock is
  right.
- **authors, sections (section and categories together), tags, agency, image, subtitle**: F1 of the set of folded names,
  mean over the pages; 1 where there is none and none was found. Addresses of images without scheme, "www.", query. "–":
  the engine has no such field.
- **pages/s, p95, slowest**: the engine's own time for a page, from bytes to fields, in its fastest round; one process each,
  warm, the engines taking turns at every page. **×** is pages/s over that of trafilatura's default. **peak**: of the
  whole process.
"""


def markdown(run: Run, corpora: Sequence[Corpus], *, date: datetime, rounds: int, notes: Sequence[str]) -> str:
    """The section on extraction of docs/benchmarks.md."""
    lines = [
        "## Extraction",
        "",
        "Written by `python -m tests.benchmarks.extraction`; run it to get your own figures.",
        "",
        f"{date:%Y-%m-%d}, Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores, {rounds} timed rounds.",
        "",
    ]
    for corpus in corpora:
        lines += [f"### {corpus.title} ({len(corpus.cases)})", "", *_table(run, corpus), ""]
    lines += [*(f"- {note}" for note in notes), *([""] if notes else [])]
    for corpus in corpora:
        if any(case.kind for case in corpus.cases):
            lines += [f"### {corpus.title}: body F1 by theme and CMS", "", *_by_kind(run, corpus), ""]
    lines += ["### Versions", "", "| engine | version |", "| --- | --- |"]
    lines += [f"| {name} | {version} |" for name, version in run.versions.items()]
    lines += [f"| {name} | not measured: {reason} |" for name, reason in run.absent.items()]
    return "\n".join([*lines, "", HOW]).rstrip() + "\n"


def _table(run: Run, corpus: Corpus) -> Iterator[str]:
    yield f"| {' | '.join(COLUMNS)} |"
    yield f"| --- |{' --: |' * (len(COLUMNS) - 1)}"
    results = run.results[corpus.name]
    base = results[TRAFILATURA.name].pages_per_s if TRAFILATURA in run.engines else None
    for engine in run.engines:
        yield f"| {' | '.join(_row(engine, results[engine.name], run.peak_bytes[engine.name], base))} |"
    for name in run.absent:
        yield f"| {name} |{' – |' * (len(COLUMNS) - 1)}"


def _row(engine: Engine, result: Result, peak: int, base: float | None) -> Iterator[str]:
    pages = result.scores
    name = f"**{engine.name}**" if engine == WARRAQ else engine.name
    yield f"{name} ({len(result.errors)} failed)" if result.errors else name
    yield f"{result.mean('f1'):.3f}"
    yield f"{min(page.body.f1 for page in pages):.3f}"
    yield f"{result.mean('precision'):.3f}"
    yield f"{result.mean('recall'):.3f}"
    yield str(sum(len(page.leaked) for page in pages))
    yield f"{sum(page.title for page in pages)}/{len(pages)}" if "title" in engine.fields else "–"
    dates = Counter(page.date for page in pages)
    yield (
        " / ".join(str(dates[each]) for each in ("right", "coarse", "wrong", "none"))
        if "date" in engine.fields
        else "–"
    )
    for each in FIELDS:
        yield f"{result.mean(each):.2f}" if each in engine.fields else "–"
    yield f"{result.pages_per_s:.0f}" if result.pages_per_s >= 10 else f"{result.pages_per_s:.1f}"
    yield f"{result.pages_per_s / base:.1f}" if base else "–"
    yield f"{result.p95_ms:.0f}" if result.p95_ms >= 10 else f"{result.p95_ms:.1f}"
    yield f"{result.slowest_ms:.0f}" if result.slowest_ms >= 10 else f"{result.slowest_ms:.1f}"
    yield f"{peak / 1e6:.0f}"


def _by_kind(run: Run, corpus: Corpus) -> Iterator[str]:
    kinds = list(dict.fromkeys(case.kind for case in corpus.cases))
    yield f"| | pages | {' | '.join(engine.name for engine in run.engines)} |"
    yield f"| --- | --: |{' --: |' * len(run.engines)}"
    for kind in kinds:
        pages = sum(case.kind == kind for case in corpus.cases)
        results = run.results[corpus.name]
        means = (
            fmean(page.body.f1 for page in results[engine.name].scores if page.kind == kind) for engine in run.engines
        )
        yield f"| {kind} | {pages} | {' | '.join(f'{mean:.3f}' for mean in means)} |"


def as_json(run: Run, corpora: Sequence[Corpus], *, date: datetime, rounds: int) -> dict[str, Any]:
    """Every score of every page, and the times of every engine."""
    return {
        "date": date.isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "rounds": rounds,
        "versions": run.versions,
        "absent": run.absent,
        "peak_bytes": run.peak_bytes,
        "corpora": {
            corpus.name: {engine.name: _result_json(run.results[corpus.name][engine.name]) for engine in run.engines}
            for corpus in corpora
        },
    }


def _result_json(result: Result) -> dict[str, Any]:
    return {
        **{name: round(result.mean(name), 4) for name in ("f1", "precision", "recall", *FIELDS)},
        "pages_per_s": round(result.pages_per_s, 2),
        "p95_ms": round(result.p95_ms, 2),
        "slowest_ms": round(result.slowest_ms, 2),
        "errors": result.errors,
        "pages": [asdict(page) | {"faults": page.faults} for page in result.scores],
    }


def faults(run: Run, corpora: Sequence[Corpus]) -> Iterator[str]:
    """One line for every page on which Warraq is not perfect."""
    for corpus in corpora:
        result = run.results[corpus.name].get(WARRAQ.name)
        for page in result.scores if result else ():
            if page.faults:
                leaked = f"; leaked {', '.join(page.leaked)}" if page.leaked else ""
                yield f"{corpus.name}/{page.page}: F1 {page.body.f1:.4f}; {', '.join(page.faults)}{leaked}"
