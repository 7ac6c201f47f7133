"""Every page that ships with the project, read whole: what is expected lies in tests/golden, one file a page.

`pytest tests/extract/test_golden.py --update` rewrites those files; the diff tells what a change of the reader does.
"""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from crawler.demo import Newspaper
from crawler.demo.page_frame import View
from crawler.demo.routes import page_at
from crawler.extract import extract, extract_text
from crawler.html.decode import decode
from crawler.registry import declared_sites
from crawler.site import Site
from storage.records import Capture, Extraction, article_json
from tests.benchmarks.fixtures.pages import fixtures

GOLDEN = Path(__file__).parents[1] / "golden"
PAGES = sorted((GOLDEN / "pages").iterdir())
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SITE = Site("bank", "https://bank.example/", title="جريدة الضفة", country="JO", timezone="Asia/Amman")
BASE = "http://127.0.0.1:1"
HARBOUR = Site("harbour", BASE, timezone="Asia/Riyadh")
PAPER = Newspaper(date(2025, 10, 28))
STORIES = {f"demo-{story.id}": story for story in PAPER.published_stories()}


def told(reading: Extraction) -> dict[str, Any]:
    """A reading as a file shows it: a line a paragraph. An article's absent fields are left out."""
    fields: dict[str, Any] = {"reason": reading.reason.value} if reading.reason else {}
    if reading.article is not None:
        record = {name: value for name, value in article_json(reading.article).items() if value not in (None, [])}
        fields |= record | {"text": reading.article.text.split("\n\n")}
    return fields | {"evidence": dict(sorted(reading.evidence.items()))}


def check(name: str, reading: Extraction, update: bool) -> None:
    path = GOLDEN / f"{name}.json"
    written = json.dumps(told(reading), ensure_ascii=False, indent=1) + "\n"
    if update:
        path.write_text(written, encoding="utf-8")
    assert json.loads(written) == json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_saved_page_reads_as_its_file_says(path: Path, update: bool) -> None:
    url = f"https://bank.example/news/{path.stem}"
    if path.suffix == ".txt":
        reading = extract_text(decode(path.read_bytes()).text, site=SITE, url=url, now=NOW)
    else:
        kind = (("Content-Type", "text/html"),)
        reading = extract(Capture(url, "bank", NOW, 200, kind, path.read_bytes()), SITE)
    check(path.stem, reading, update)


@pytest.mark.parametrize("name", STORIES)
def test_a_page_of_the_sample_newspaper_reads_as_its_file_says(name: str, update: bool) -> None:
    path = PAPER.path(STORIES[name])
    page = page_at(View(PAPER, BASE), path)
    capture = Capture(
        BASE + path, "harbour", PAPER.local_now.astimezone(UTC), page.status, (("Content-Type", page.kind),), page.body
    )
    check(name, extract(capture, HARBOUR), update)


@pytest.mark.slow
def test_a_page_of_each_makes_reads_with_each_sites_declaration_as_the_table_says(update: bool) -> None:
    """A line a site: what its zone, country, theme and selectors make of pages that state no offset and no site."""
    pages = {case.name: case for case in fixtures().cases if case.gold.published and "+" not in case.gold.published}
    usual = [pages[name] for name in sorted(pages)][:: max(len(pages) // 4, 1)]
    lines = []
    for name, spider in sorted(declared_sites.declared().spiders.items()):
        for case in usual:
            url = urljoin(spider.site.home, "/2025/10/28/70001/")
            capture = Capture(url, name, case.fetched_at, 200, (("Content-Type", case.content_type),), case.body)
            article = extract(capture, spider.site).article
            when = article.published_at.isoformat() if article.published_at else "-"
            fields = (name, case.name, when, article.section or "-", "، ".join(article.authors) or "-", article.title)
            lines.append("\t".join(fields))
    path = GOLDEN / "sites.tsv"
    if update:
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert lines == path.read_text(encoding="utf-8").splitlines()


def test_no_expected_file_is_left_without_its_page() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == {path.stem for path in PAGES} | STORIES.keys()
