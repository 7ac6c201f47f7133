"""Pages that come to stand behind a paywall, or come out of one: nobody edited their articles."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from crawler.extract import extract
from crawler.site import Site
from storage.archive import Archive
from storage.db.schema import events, versions
from storage.records import Capture
from tests.support.archives import rows
from tests.support.faults.crawls import crawl_at
from tests.support.hostile import Answer, Server, page, robots
from tests.support.newspapers.redesigned import sentence
from tests.support.newspapers.small_site import MENU, listing
from tests.support.running import warraq

START = datetime.now(UTC).replace(microsecond=0) - timedelta(days=20)
NUMBERS = range(1, 9)
BOX = '<div class="paywall"><p>تابع القراءة بحساب المشتركين</p><a href="/plans">الباقات</a></div>'
# The same in words and names that no list has: only the declaration and the link say what it is.
NAMELESS = '<div class="x-17"><p>بقية المقال في عدد اليوم</p><a href="/subscribe?from=2">العروض</a></div>'
FORM = '<form method="post"><p>القراء المسجلون</p><input name="user"><input type="password" name="word"></form>'
UNFREE = '"isAccessibleForFree": false'
PART = '"hasPart": {"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".rest"}'


def html(number: int, *, most: int = 9, box: str = "", declared: str = "", edit: str = "") -> str:
    """The page of an article. most: the paragraphs that it shows, the last one cut."""
    random = Random(number)
    title = sentence(random)
    text = [f"{sentence(random)} {sentence(random)}" for _ in range(7)]
    text = [*text[: most - 1], f"{text[most - 1][:60]}..."] if most < len(text) else text
    fields = ", ".join(filter(None, ('"@type": "NewsArticle"', f'"headline": "{title}"', declared)))
    body = "".join(f"<p>{each}</p>" for each in (*text, *([edit] if edit else [])))
    return (
        f'<html lang="ar"><head><title>{title}</title><script type="application/ld+json">{{{fields}}}</script></head>'
        f'<body><nav>{MENU}</nav><main><article><h1>{title}</h1><time datetime="2026-05-01T10:00:00+03:00">2026-05-01'
        f'</time><div class="text">{body}</div>{box}</article></main></body></html>'
    )


class Paper:
    def __init__(self, folder: Path, server: Server) -> None:
        self.folder, self.server = folder, server
        lists = {"/": listing(NUMBERS, menu=MENU), "/c/a/": listing(NUMBERS), "/c/b/": listing([2])}
        server.answers = lists | {"/robots.txt": robots("")}

    def show(self, numbers: Any, **how: Any) -> None:
        self.server.answers |= {f"/n/{n}/": page(html(n, **how)) for n in numbers}

    def answer(self, numbers: Any, answer: Answer) -> None:
        self.server.answers |= {f"/n/{n}/": answer for n in numbers}

    def crawl(self, hours: float) -> dict[str, Any]:
        return crawl_at(START + timedelta(hours=hours), self.server.url(), folder=self.folder).site

    def texts(self) -> dict[str, tuple[str, bool, int]]:
        lines = warraq("export", "-", cwd=self.folder).out.splitlines()
        records = map(json.loads, lines)
        return {each["title"]: (each["text"], each["partial"], each["versions"]) for each in records}

    def told(self) -> list[str]:
        with Archive.open(self.folder / "archive") as archive:
            return [row["kind"] for row in rows(archive, events)]


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Paper]:
    with Server() as server:
        yield Paper(tmp_path, server)


WALLS = {
    "a box with a known name": {"box": BOX},
    "a declaration and a link": {"box": NAMELESS, "declared": UNFREE},
    "a declaration and a form": {"box": FORM, "declared": UNFREE},
    "a declared part that is not there": {"declared": f"{UNFREE}, {PART}"},
}


@pytest.mark.parametrize(
    "wall",
    [pytest.param(name, marks=pytest.mark.slow) if number else name for number, name in enumerate(WALLS)],
)
@pytest.mark.parametrize("most", [pytest.param(2, marks=pytest.mark.slow), 4])
def test_an_article_that_comes_to_stand_behind_a_wall_is_not_edited(paper: Paper, wall: str, most: int) -> None:
    paper.show(NUMBERS)
    assert paper.crawl(0)["new"] == len(NUMBERS)
    before = paper.texts()
    paper.show((3, 5, 6), most=most, **WALLS[wall])
    ran = paper.crawl(5)
    assert (ran["changed"], ran["gone"]) == (0, 0), ran
    assert paper.texts() == before
    assert paper.told() == ["partial"] * 3
    paper.crawl(30)
    assert paper.told() == ["partial"] * 3, "once"
    paper.show(NUMBERS)
    paper.show([5], edit="وأضافت الجهة أن العمل سيبدأ بعد العيد بأسبوعين على الأقل.")
    assert sum(paper.crawl(hours)["changed"] for hours in (56, 80, 200)) == 1, "an edit is one when the wall is gone"
    assert sorted(paper.told()) == ["partial"] * 3 + ["whole"] * 3
    assert warraq("verify", cwd=paper.folder).code == 0


@pytest.mark.slow
@pytest.mark.parametrize("wall", WALLS)
def test_an_article_that_comes_out_of_a_wall_is_whole_and_not_edited(paper: Paper, wall: str) -> None:
    paper.show(NUMBERS)
    paper.show((3, 5, 6), most=4, **WALLS[wall])
    paper.crawl(0)
    assert sum(partial for _, partial, _ in paper.texts().values()) == 3
    paper.show(NUMBERS)
    paper.crawl(5)
    texts = paper.texts()
    assert not any(partial for _, partial, _ in texts.values())
    assert all(len(text.split("\n\n")) == 7 for text, _, _ in texts.values())
    assert paper.told() == ["whole"] * 3
    changes = warraq("changes", "--json", cwd=paper.folder)
    assert changes.code == 0
    assert changes.json in ([], {"changes": []}), changes.out[:400]


@pytest.mark.slow
def test_a_rebuild_and_an_import_make_the_same_versions(paper: Paper, tmp_path: Path) -> None:
    paper.show(NUMBERS)
    paper.crawl(0)
    paper.show((3, 5, 6), most=4, **WALLS["a declaration and a link"])
    paper.crawl(5)
    before, told = paper.texts(), paper.told()
    elsewhere = tmp_path / "other"
    elsewhere.mkdir()
    files = [str(path) for path in sorted((tmp_path / "archive" / "warc").glob("*.warc.gz"))]
    assert warraq("import", *files, cwd=elsewhere).code == 0
    imported = Paper(elsewhere, paper.server)
    assert imported.texts() == before
    for path in (tmp_path / "archive").glob("warraq.db*"):
        path.unlink()
    assert warraq("repair", cwd=tmp_path).code == 0
    assert (paper.texts(), paper.told()) == (before, told)
    with Archive.open(tmp_path / "archive") as archive:
        assert len(rows(archive, versions)) == len(NUMBERS)


@pytest.mark.parametrize(
    ("shown", "partial"),
    [
        (html(1), False),
        (html(1, declared=UNFREE), False),  # called paid, and printed whole
        (html(1, declared=f"{UNFREE}, {PART}").replace('class="text"', 'class="text rest"'), False),
        (html(1, box='<div class="paywall" style="display:none"><a href="/plans">الباقات</a></div>'), False),
        (html(1).replace('class="text"', 'class="text paywall"'), False),
        (html(1, box=NAMELESS), False),  # a box for friends of a free site
        (html(1).replace("<nav>", '<nav><a href="/subscribe">اشترك</a>'), False),
        *((html(1, most=4, **wall), True) for wall in WALLS.values()),
    ],
)
def test_a_page_is_partial_where_a_wall_stands_in_it_and_not_where_one_is_talked_of(shown: str, partial: bool) -> None:
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    capture = Capture("https://paper.example/n/1/", "paper", START, 200, headers, shown.encode())
    extraction = extract(capture, Site("paper", "https://paper.example"))
    assert extraction.article is not None
    assert extraction.partial is partial, extraction.evidence
