"""Captures with articles of an earlier extractor, and their reextraction."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from crawler.extract import extract
from crawler.workers.reextract_plan import ReextractCounts, open_plan
from crawler.workers.reextraction import apply_plan, make_plan
from storage.archive import Archive
from storage.queries.reextraction_queue import Choice
from storage.records import Capture
from tests.support.newspapers.article_pages import PROSE, SITE, TITLE, page

NOW = datetime(2026, 5, 7, 8, 0, tzinfo=UTC)


LATER = NOW + timedelta(days=30)


HEAD = f'<meta property="og:title" content="{TITLE}"><meta property="article:section" content="اقتصاد">'


HTML = page(f"<main><article><h1>{TITLE}</h1><div class='entry-content'>{PROSE}</div></article></main>", HEAD)


SITES = {"example": SITE}


def keep(archive: Archive, number: int, html: str = HTML, *, minutes: int = 0, status: int = 200, **read: Any) -> None:
    """Save a capture and what an earlier extractor read in it: an article with other fields, or a reason."""
    url = f"https://news.example/news/{number}"
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    capture = Capture(url, "example", NOW + timedelta(minutes=minutes), status, headers, html.encode())
    reason = read.pop("reason", None)
    article = None if reason else replace(extract(capture, SITE).article, extractor="warraq 0", **read)
    run_id = archive.start_run("example", now=capture.fetched_at)
    position = archive.append(capture, run_id)
    archive.save(capture, position, run_id=run_id, kind="article", article=article, reason=reason, now=NOW)
    archive.finish_run(run_id, status="done", now=NOW, requests=1)


def again(archive: Archive, choice: Choice = Choice(), *, dry: bool = False, processes: int = 1) -> ReextractCounts:  # noqa: B008
    with open_plan(archive.folder, choice) as plan:
        make_plan(archive.folder, archive.engine, plan, choice, sites=SITES, processes=processes)
        if not dry:
            apply_plan(archive.engine, plan, now=LATER)
        plan.discard()
    return plan.counts
