"""Reextraction of stored captures, against the extractor alone on the same pages, both on all cores."""

import multiprocessing
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

from crawler.extract import extract
from crawler.workers.reextract_plan import open_plan
from crawler.workers.reextraction import make_plan
from storage.archive import Archive
from storage.queries.reextraction_queue import Choice
from storage.records import Capture
from tests.benchmarks.archive_parts.saves import NOW, SITE, cores, pages

ROUNDS = 3
_CHUNK = 16


def measure(archive: Archive, number: int, *, changed: int) -> Iterator[str]:
    """Lines of Markdown. changed: of so many captures the archive holds one otherwise than they are read; 0: of none."""
    run_id = archive.start_run("bench", now=NOW)
    kept: list[Capture] = []
    for place, (capture, _article) in zip(range(number), pages(), strict=False):
        article = extract(capture, SITE).article  # at its own address and hour: relative dates depend on them
        if article is not None and changed and place % changed == 0:
            article = replace(article, text=f"{article.text}\n\nاقرأ أيضاً")
        position = archive.append(capture, run_id)
        archive.save(capture, position, run_id=run_id, kind="article", article=article, now=capture.fetched_at)
        kept.append(capture)
    archive.finish_run(run_id, status="done", now=NOW, requests=0)
    alone, again, differ = [], [], 0
    for _ in range(ROUNDS):  # in turn, so that neither has a quieter machine
        alone.append(_alone(kept))
        took, differ = _again(archive)
        again.append(took)
    best = min(alone), min(again)
    yield (
        f"{number:,} captures of {sum(len(each.body) for each in kept) / number:,.0f} bytes on {cores()} cores: the "
        f"extractor alone reads {number / best[0]:,.0f} pages/s, `reextract` {number / best[1]:,.0f}: "
        f"**{best[0] / best[1]:.0%}** (best of {ROUNDS} each, in turn; processes started beforehand on neither side). "
        f"{differ:,} of them gave another result than the archive holds."
    )


def _alone(captures: list[Capture]) -> float:
    """Seconds. The pages are in the processes' memory before the clock starts."""
    size = cores()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["crawler.workers.stored_captures"])  # for both sides: the server is started once
    shares = [captures[start::size] for start in range(size)]
    with ProcessPoolExecutor(size, mp_context=context) as pool:
        began = time.perf_counter()
        list(pool.map(_extract, shares))
        return time.perf_counter() - began


def _extract(captures: Sequence[Capture]) -> int:
    return sum(extract(capture, SITE).article is not None for capture in captures)


def _again(archive: Archive) -> tuple[float, int]:
    """Seconds, and how many captures would be corrected."""
    with open_plan(archive.folder, Choice()) as plan:
        began = time.perf_counter()
        make_plan(archive.folder, archive.engine, plan, Choice(), sites={"bench": SITE})
        took = time.perf_counter() - began
        plan.discard()
    return took, plan.counts.corrected + plan.counts.recovered
