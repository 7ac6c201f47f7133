"""docs/library.md: its examples give what it prints."""

import doctest
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.extract import extract
from crawler.site import Site
from storage.archive import Archive
from storage.records import Capture

ROOT = Path(__file__).parents[2]
NOW = datetime(2025, 10, 28, 12, tzinfo=UTC)


def fill(folder: Path) -> None:
    """The archive that the page searches: one article, of the saved page that it extracts first."""
    body = (ROOT / "tests/golden/pages/opinion.html").read_bytes()
    capture = Capture("https://www.example.com/2025/1", "example", NOW, 200, (("Content-Type", "text/html"),), body)
    extraction = extract(capture, Site("example", "https://www.example.com", timezone="Africa/Cairo"))
    with Archive.open(folder) as archive:
        archive.add_site("example", "https://www.example.com", None, "EG", "Africa/Cairo")
        run_id = archive.start_run("example", now=NOW)
        position = archive.append(capture, run_id)
        archive.save(capture, position, run_id=run_id, kind="article", article=extraction.article, now=NOW)


def test_the_examples_of_library_md_give_what_it_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    fill(tmp_path / "archive")
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs/library.md").read_text(encoding="utf-8").replace("```", "")
    example = doctest.DocTestParser().get_doctest(page, {}, "library.md", "docs/library.md", 0)
    report: list[str] = []
    failures, tried = doctest.DocTestRunner().run(example, out=report.append)
    assert tried > 20
    assert not failures, "".join(report)
