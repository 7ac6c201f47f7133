"""Counters of readers and comments on sites that are too small to be learned: they make no versions."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from storage.identity.counters import may_count
from tests.support.faults.crawls import crawl_at
from tests.support.hostile import Server, page, robots
from tests.support.newspapers.redesigned import sentence
from tests.support.newspapers.small_site import MENU, listing

START = datetime.now(UTC).replace(microsecond=0) - timedelta(days=20)
NUMBERS = range(1, 4)
COUNTERS = ("عدد القراء {n}", "شاهده {n} زائرا حتى الآن", "<b>{n}</b> تفاعلا", "المشاركات: {n} / الردود: {n}")


def html(number: int, first: str, last: str) -> str:
    random = Random(number)
    title, *text = (sentence(random) for _ in range(5))
    body = "".join(f"<p>{each}</p>" for each in filter(None, (first, *text, last)))
    return (
        f'<html lang="ar"><head><title>{title}</title></head><body><nav>{MENU}</nav><article><h1>{title}</h1>'
        f'<time datetime="2026-05-01T10:00:00+03:00">2026-05-01</time>{body}</article></body></html>'
    )


class Paper:
    def __init__(self, folder: Path, server: Server) -> None:
        self.folder, self.server = folder, server
        lists = {"/": listing(NUMBERS, menu=MENU), "/c/a/": listing(NUMBERS), "/c/b/": listing([2])}
        server.answers = lists | {"/robots.txt": robots("")}

    def show(self, numbers: Any, first: str = "", last: str = "") -> None:
        self.server.answers |= {f"/n/{n}/": page(html(n, first, last)) for n in numbers}

    def crawl(self, hours: float) -> dict[str, Any]:
        return crawl_at(START + timedelta(hours=hours), self.server.url(), folder=self.folder).site


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Paper]:
    with Server() as server:
        yield Paper(tmp_path, server)


@pytest.mark.parametrize("at", ["first", pytest.param("last", marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    "counter", [COUNTERS[0], *(pytest.param(each, marks=pytest.mark.slow) for each in COUNTERS[1:])]
)
def test_counters_of_a_small_site_make_no_versions(paper: Paper, counter: str, at: str) -> None:
    for number in NUMBERS:
        paper.show([number], **{at: counter.format(n=7 * number)})
    assert paper.crawl(0)["new"] == len(NUMBERS)
    for number in NUMBERS:
        paper.show([number], **{at: counter.format(n=1300 + number)})
    assert paper.crawl(5)["changed"] == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("القتلى: 12", "القتلى: 15"),  # a line of this article alone
        ("وارتفع عدد القتلى إلى 12 شخصا بعد وفاة ثلاثة من الجرحى في المستشفى.", None),
    ],
)
def test_an_edit_of_a_number_is_one(paper: Paper, before: str, after: str | None) -> None:
    paper.show(NUMBERS)
    paper.show([2], last=before)
    paper.crawl(0)
    paper.show([2], last=after or before.replace("12", "15"))
    assert paper.crawl(5)["changed"] == 1


@pytest.mark.parametrize(
    ("text", "stored", "lines"),
    [
        ("خبر\n\nالقراء 12", "خبر\n\nالقراء 7", {"القراء #"}),
        ("خبر\n\nالقراء 7", "خبر\n\nالقراء 12", set()),  # fewer
        ("الدولار 9\n\nاليورو 9\n\nالين 9\n\nالدينار 9", "الدولار 8\n\nاليورو 9\n\nالين 9\n\nالدينار 9", set()),
        ("خبر\n\nالقراء ١٬٢٠٠", "خبر\n\nالقراء ٧", {"القراء #"}),
        ("خبر 8\n\nالقراء 7", "خبر 7\n\nالقراء 7", {"خبر #"}),
        ("خبر\n\nالقراء 7", "خبر آخر\n\nالقراء 12", set()),  # words differ, too
        ("القراء 7", "القراء 12\n\nخبر", set()),
        ("ارتفعت الأسعار إلى 7 دنانير.", "ارتفعت الأسعار إلى 8 دنانير.", set()),  # a sentence
        ("ارتفع عدد القتلى في الزلزال إلى 7 وعدد الجرحى", "ارتفع عدد القتلى في الزلزال إلى 8 وعدد الجرحى", set()),
    ],
)
def test_what_may_be_a_counter_is_a_short_line_in_which_numbers_alone_differ(
    text: str, stored: str, lines: set[str]
) -> None:
    assert may_count(text, stored) == lines


def test_an_older_state_of_a_counter_is_none_either() -> None:
    assert may_count("خبر\n\nالقراء 7", "خبر\n\nالقراء 7") == set(), "nothing differs"
