"""Every key, reason, table and exit code that the program gives is documented, and no other."""

import json
import re
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.platforms.run_statistics import RunStatistics
from crawler.runs import summary
from storage import errors, queries
from storage.archive import Archive
from storage.db.schema import metadata
from storage.queries import article_queries
from storage.records import Article, Capture, Reason, article_json
from storage.search.engine import Hit, Results
from tests.support.rooms.docs import fences, keys, text


def section(page: str, heading: str) -> str:
    """The text under a heading, up to the next one of its level or above."""
    match = re.search(rf"^(#+) {re.escape(heading)}\n(.*?)(?=^#{{1,2}} |\Z)", page, re.MULTILINE | re.DOTALL)
    assert match, f"no heading {heading!r}"
    return match[2]


def test_every_exit_code_is_documented_and_no_other():
    raised = {value.exit_code for value in vars(errors).values() if hasattr(value, "exit_code")}
    ends = {value for name, value in vars(summary).items() if name.startswith("EXIT_")}
    documented = {int(code) for code in re.findall(r"^\| (\d) \|", text("docs/exit-codes.md"), re.MULTILINE)}
    assert documented == raised | ends


def test_every_status_of_a_run_is_documented():
    statuses = re.findall(r"\w+", (RunStatistics.__doc__ or "").partition("status:")[2].partition("(")[0])
    page = text("docs/exit-codes.md")
    assert len(statuses) > 4
    assert all(f"`{status}`" in page for status in statuses if status != "or")


def test_every_key_of_an_article_is_documented():
    exported = list(queries.article_record([None] * len(article_queries._COLUMNS)))
    documented = section(text("docs/formats.md"), "An article")
    assert re.findall(r"^\| `(\w+)` \|", documented, re.MULTILINE) == exported
    (example,) = fences(documented)
    assert list(json.loads(example)) == exported


def test_read_gives_the_keys_down_to_text():
    exported = list(queries.article_record([None] * len(article_queries._COLUMNS)))
    read = list(article_json(Article("https://a.example/1", "a", "عنوان", "نص")))
    assert read == exported[: len(read)]
    assert read[-1] == "text"


def test_every_key_of_a_crawls_answer_is_documented():
    answer = summary.total([RunStatistics("a")])
    assert keys(section(text("docs/formats.md"), "crawl")) >= {*answer, *answer["sites"][0]}


def test_every_reason_is_documented():
    documented = re.findall(r"^\| `([\w-]+)` \|", section(text("docs/formats.md"), "Reasons"), re.MULTILINE)
    assert documented == [reason.value for reason in Reason]


def test_every_key_of_a_searchs_answer_is_documented():
    known = {each.name for kind in (Results, Hit) for each in fields(kind)}
    assert keys(section(text("docs/formats.md"), "search")) == known


def test_every_key_of_history_diff_stats_and_runs_is_documented(tmp_path: Path):
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    page = Capture("https://a.example/1", "a", now, 200, (), b"1")
    with Archive.open(tmp_path / "archive") as archive:
        archive.add_site("a", "https://a.example", None, None, "UTC")
        run_id = archive.start_run("a", now=now)
        article = Article(page.url, "a", "عنوان", "نص")
        position = archive.append(page, run_id)
        archive.save(page, position, run_id=run_id, kind="article", article=article, now=now)
        (first,) = queries.history(archive.engine, 1)
        difference = queries.difference(archive.engine, 1, 1, 1) or {}
        statistics = queries.stats(archive.engine, now=now)
        (run,) = queries.recent_runs(archive.engine)
        version: dict[str, Any] = queries.version(archive.engine, 1, 1) or {}
    formats = text("docs/formats.md")
    assert keys(section(formats, "history")) == set(first)
    assert keys(section(formats, "diff")) == {"id", "url", *difference}
    assert keys(section(formats, "stats")) == set(statistics)
    assert keys(section(formats, "runs")) == set(run)
    assert set(version) - set(first) <= set(re.findall(r"`(\w+)`", section(formats, "history")))


def test_every_table_of_the_archive_is_documented():
    assert keys(section(text("docs/archive.md"), "Tables")) == set(metadata.tables)
