"""A site that is redesigned between two crawls: noticed, learned again, and taken for no edit by the newspaper."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from crawler.health.verdicts import Health, judge
from crawler.workers.site_profiles import profile_of, stored_profile
from storage.archive import Archive
from storage.db.database import read_transaction, write_transaction
from storage.db.schema import articles, captures, pages, versions
from storage.queries.run_history import run_records
from tests.support.archives import rows
from tests.support.hostile import Server
from tests.support.newspapers.redesigned import SITE_FILE, Newspaper
from tests.support.running import environment

CRAWL = """
import json, sys
from datetime import datetime
from pathlib import Path
from crawler.runs import summary, crawls
from crawler.registry import declared_sites
at = datetime.fromisoformat(sys.argv[1])
spiders = declared_sites.spiders_for(["liwa"], declared_sites.declared())
overrides = {"DOWNLOAD_DELAY": 0.02, "CONCURRENT_REQUESTS_PER_DOMAIN": 1}
job = crawls.CrawlJob(spiders, Path("archive"), sys.argv[2], allow_hosts=("127.0.0.1",), overrides=overrides, clock=lambda: at)
print(json.dumps(summary.total(crawls.crawl(job, quiet=True))))
"""
START = datetime.now(UTC).replace(microsecond=0) - timedelta(days=20)


class Crawls:
    """Crawls of the newspaper, each at a time of its own."""

    def __init__(self, folder: Path, database_url: str, paper: Newspaper) -> None:
        self.folder, self.database_url, self.paper = folder, database_url, paper

    def crawl(self, days: float) -> dict[str, Any]:
        self.paper.publish()
        at = START + timedelta(days=days)
        ran = subprocess.run(
            [sys.executable, "-c", CRAWL, at.isoformat(), self.database_url],
            cwd=self.folder,
            env=environment(WARRAQ_SPIDERS=str(self.folder)),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        assert "Traceback" not in ran.stderr, ran.stderr
        report: dict[str, Any] = json.loads(ran.stdout)["sites"][0]
        return report

    def archive(self) -> Archive:
        return Archive.open(self.folder / "archive", self.database_url)

    def texts(self) -> dict[int, list[str]]:
        with self.archive() as archive:
            held = rows(archive, articles)
        return {int(row["url_key"].rsplit("/", 1)[-1]): row["text"].split("\n\n") for row in held}

    def health(self) -> Health:
        with self.archive() as archive:
            verdict = judge(run_records(archive.engine, "liwa"), now=datetime.now(UTC))
        assert verdict is not None
        return verdict

    def revisit_only(self, *numbers: int) -> None:
        """Leave the other articles alone from now on."""
        with self.archive() as archive, write_transaction(archive.engine) as connection:
            for number in set(self.paper.numbers) - set(numbers):
                own = pages.c.url_key.like(f"%/n/{number}")
                connection.execute(update(pages).where(own).values(next_visit_at=None))

    def expected(self) -> dict[int, list[str]]:
        return {number: self.paper.text(number) for number in self.paper.numbers}


@contextmanager
def newspaper(folder: Path, database_url: str) -> Iterator[Crawls]:
    with Server() as server:
        (folder / "liwa.py").write_text(SITE_FILE.format(url=server.url()), encoding="utf-8")
        yield Crawls(folder, database_url, Newspaper(server, START))


@pytest.fixture
def on_both(tmp_path: Path, crawled_database_url: str) -> Iterator[Crawls]:
    """The newspaper, with an archive on each engine."""
    with newspaper(tmp_path, crawled_database_url) as crawls:
        yield crawls


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Crawls]:
    with newspaper(tmp_path, f"sqlite:///{tmp_path}/archive/warraq.db") as crawls:
        yield crawls


@pytest.mark.slow
def test_a_redesign_makes_no_version_and_is_noticed_and_learned_in_its_first_run(on_both: Crawls) -> None:
    site = on_both
    assert site.crawl(0)["new"] == 16
    assert site.texts() == site.expected()
    with site.archive() as archive:
        stored = stored_profile(archive.engine, "liwa")
        assert (stored.generation, stored.pages >= 5, stored.began_at) == (1, True, None)
        # What was read before the profile was there was extracted again.
        names = {row["extractor"] for row in rows(archive, versions)}
        assert all(name.endswith(profile_of(stored).digest) for name in names), names
        assert len(rows(archive, versions)) == 16
    site.paper.design, site.paper.articles = "new", 20
    second = site.crawl(2)
    assert (second["new"], second["changed"], second["same"]) == (4, 0, 16)
    with site.archive() as archive:
        assert {row["number"] for row in rows(archive, versions)} == {1}
        stored = stored_profile(archive.engine, "liwa")
        assert (stored.generation, len(profile_of(stored).templates)) == (2, 2)
        templates = run_records(archive.engine, "liwa")[0].found["templates"]
        with read_transaction(archive.engine) as connection:
            kept = connection.execute(select(captures.c.id).where(captures.c.url_key.like("%/n/%"))).all()
        assert len(kept) == 16 + 20
    assert 5 <= templates["relearned"] <= 20
    assert site.texts() == site.expected()
    state = site.health()
    assert state.verdict == "degraded"
    assert "redesigned" in state.why
    # The run after it finds its pages as it knows them, with one that is edited.
    site.paper.articles, site.paper.edited = 24, {1003}
    third = site.crawl(5)
    assert (third["new"], third["changed"]) == (4, 1)
    assert site.texts() == site.expected()
    assert site.health().verdict == "ok", site.health()


@pytest.mark.slow
def test_edits_that_come_with_a_redesign_are_versions(site: Crawls) -> None:
    site.crawl(0)
    site.paper.design, site.paper.edited = "new", {1002, 1009}
    assert site.crawl(2)["changed"] == 2
    assert site.texts() == site.expected()
    with site.archive() as archive:
        assert sorted(row["number"] for row in rows(archive, versions)) == [1] * 16 + [2, 2]


@pytest.mark.slow
def test_a_redesign_that_too_few_pages_show_leaves_their_articles_as_they_are(site: Crawls) -> None:
    site.crawl(0)
    site.paper.design = "new"
    site.revisit_only(1001, 1002)
    second = site.crawl(2)
    assert (second["changed"], second["same"]) == (0, 2)
    assert "2 known articles stay as they were" in " ".join(second["notes"])
    assert site.texts() == site.expected()


@pytest.mark.slow
def test_a_new_design_is_learned_from_ten_of_its_pages(site: Crawls) -> None:
    site.crawl(0)
    site.paper.design, site.paper.articles = "new", 20
    site.revisit_only(*range(1001, 1007))
    second = site.crawl(2)
    assert (second["new"], second["changed"], second["same"]) == (4, 0, 6)
    assert site.texts() == site.expected()
    with site.archive() as archive:
        assert stored_profile(archive.engine, "liwa").generation == 2
    assert "redesigned" in site.health().why
