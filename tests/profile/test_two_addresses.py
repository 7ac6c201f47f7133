"""Articles that a run meets at two addresses before it knows the site's pages: a counter of readers is no edit."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from storage.archive import Archive
from storage.db.database import read_transaction
from storage.db.schema import articles, versions
from tests.support.hostile import Answer, Server, page
from tests.support.running import warraq

NUMBERS = range(1001, 1013)
PLACES = [
    "الميناء",
    "المطار",
    "الجسر",
    "السوق",
    "المتحف",
    "الملعب",
    "المسرح",
    "الحديقة",
    "الجامعة",
    "المصنع",
    "القصر",
    "النفق",
]


def story(number: int, reader: int, home: str) -> str:
    place = PLACES[number - NUMBERS[0]]
    body = "".join(
        f"<p>قالت البلدية في بيانها رقم {number + step} إن أعمال {place} تبدأ بعد {step + 2} أيام، وإن سكان الحي القريب من "
        f"{place} سيبلغون بموعدها قبل ذلك بيوم كامل على الأقل.</p>"
        for step in range(4)
    )
    return (
        f'<!doctype html><html lang="ar"><head><meta charset="utf-8"><title>أعمال {place} - المثال</title>'
        f'<link rel="canonical" href="{home}news/{number}"></head><body><main><article><h1>أعمال جديدة في {place}</h1>'
        f'<time datetime="2026-11-20T10:00:00+03:00">20 نوفمبر 2026</time>'
        f"<span>عدد المشاهدات: {reader * 37}</span><span>قبل {reader} ساعات</span>{body}</article></main></body></html>"
    )


def listing(addresses: list[str]) -> Answer:
    links = "".join(
        f'<article><h2><a href="{address}">أعمال جديدة في {PLACES[place % 12]}</a></h2></article>'
        for place, address in enumerate(addresses)
    )
    menu = '<nav><a href="/">الرئيسية</a> <a href="/section/a">محليات</a> <a href="/section/b">مدن</a></nav>'
    return page(f'<html lang="ar"><head><meta charset="utf-8"></head><body>{menu}<main>{links}</main></body></html>')


@pytest.mark.slow
def test_a_counter_that_runs_between_two_addresses_makes_no_version(tmp_path: Path) -> None:
    with Server() as server:
        plain = [f"/news/{number}" for number in NUMBERS]
        also = [f"/news/{number}?view=2" for number in NUMBERS]
        server.answers["/"] = server.answers["/section/a"] = listing(plain)
        server.answers["/section/b"] = listing(also)
        for place, path in enumerate([*plain, *also], 1):
            number = int(path[6:10])
            server.answers[path] = page(story(number, place * 7, server.url()))
        ran = warraq(
            "crawl", server.url(), "--allow-host", server.address, "--delay", "0", "--json", cwd=tmp_path,
            WARRAQ_CONTACT="https://example.org/us",
        )  # fmt: skip
    assert ran.code == 0, ran.err
    with Archive.open(tmp_path / "archive") as archive, read_transaction(archive.engine) as connection:
        counted = [connection.scalar(select(func.count()).select_from(table)) for table in (articles, versions)]
    assert (counted, ran.json["new"], ran.json["changed"], ran.json["same"]) == ([12, 12], 12, 0, 12)
