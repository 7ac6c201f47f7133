"""What a page asks of those who keep it, from its headers and meta elements."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler.extract.fields.reservations import read_reservations
from storage.archive import Archive
from storage.export import ExportSelection, export_jsonl
from storage.filters import Filters
from storage.records import Article, Capture
from tests.support.hostile import Server, page, robots
from tests.support.running import warraq


@pytest.mark.parametrize(
    ("headers", "metas", "reservations"),
    [
        ([], {}, ()),
        ([], {"robots": ["index, follow, max-image-preview:large"]}, ()),
        ([], {"robots": ["NoArchive", "noindex,nofollow"]}, ("noarchive", "noindex")),
        ([], {"robots": ["none"]}, ("noindex",)),
        ([], {"warraq": ["noarchive"], "googlebot": ["noindex"]}, ("noarchive",)),
        ([], {"robots": ["noai, noimageai"]}, ("noai", "noimageai")),
        ([], {"tdm-reservation": ["1"]}, ("tdm",)),
        ([], {"tdm-reservation": ["0"]}, ()),
        ([("TDM-Reservation", "1")], {}, ("tdm",)),
        ([("X-Robots-Tag", "noarchive")], {}, ("noarchive",)),
        ([("X-Robots-Tag", "googlebot: noindex, noarchive")], {}, ()),
        ([("X-Robots-Tag", "Warraq: noarchive")], {}, ("noarchive",)),
        ([("x-robots-tag", "noindex, max-snippet:-1")], {}, ("noindex",)),
        ([("x-robots-tag", "unavailable_after: 25 Jun 2027 15:00:00 GMT")], {}, ()),
        ([("Content-Usage", "train-ai=n")], {}, ("no-train",)),
        ([("Content-Usage", "train-ai=y")], {}, ()),
        ([("Content-Signal", "search=yes, ai-train=no")], {}, ("no-train",)),
    ],
)
def test_reservations_are_read_where_they_are_stated(
    headers: list[tuple[str, str]], metas: dict[str, list[str]], reservations: tuple[str, ...]
) -> None:
    assert read_reservations(headers, metas) == reservations


def test_a_header_of_any_length_is_read_in_no_time() -> None:
    assert read_reservations([("X-Robots-Tag", "a," * 1_000_000 + "noindex")], {"robots": [":" * 1_000_000]}) == ()


# ---------------------------------------------------------------- from page to export

PROSE = "".join(
    f"<p>قالت البلدية في بيان إن العمل في المشروع رقم {n} يسير كما خطط له وإن الطريق سيفتح قريبا.</p>" for n in range(9)
)


def test_what_a_page_reserves_is_kept_with_its_article_and_leaves_it_out_of_an_export_that_respects_it(tmp_path: Path):
    def article(number: int, head: str = "") -> str:
        title = f"بلدية المدينة تفتتح المشروع رقم {number} في حي الميناء"
        return f"<html><head><title>{title}</title>{head}</head><body class=single><article><h1>{title}</h1><div class=entry-content>{PROSE}</div></article></body></html>"

    cards = "".join(
        f'<article><h2><a href="/news/{n}">بلدية المدينة تفتتح المشروع رقم {n}</a></h2></article>' for n in (1, 2, 3)
    )
    answers = {
        "/robots.txt": robots(""),
        "/category/x/": page(f"<html><body class=archive><main>{cards}</main></body></html>"),
        "/news/1": page(article(1)),
        "/news/2": page(article(2, '<meta name="robots" content="noarchive, noai">')),
        "/news/3": page(article(3), TDM_Reservation="1"),
    }
    with Server(answers) as server:
        target = server.url("/category/x/")
        ran = warraq("crawl", target, "--allow-host", "127.0.0.1", "--delay", "0", "--json", cwd=tmp_path)
    assert (ran.code, ran.json["new"]) == (0, 3), ran.err
    ran = warraq("export", "-", "--ignore-reservations", cwd=tmp_path)
    every = [json.loads(line) for line in ran.out.splitlines()]
    reserved = {urlsplit(record["url"]).path: record["reservations"] for record in every}
    assert reserved == {"/news/1": [], "/news/2": ["noai", "noarchive"], "/news/3": ["tdm"]}
    for options in ([], ["--respect-reservations"]):
        ran = warraq("export", "-", *options, cwd=tmp_path)
        assert [urlsplit(json.loads(line)["url"]).path for line in ran.out.splitlines()] == ["/news/1"]
        assert "2 left out, as their pages reserve use" in ran.err


def test_unreserved_articles_are_told_apart_on_both_engines(tmp_path: Path, database_url: str):
    now = datetime(2026, 11, 1, tzinfo=UTC)
    with Archive.open(tmp_path / "archive", database_url) as archive:
        archive.add_site("n", home="https://n.test/", title=None, country=None, timezone="UTC")
        run_id = archive.start_run("n", now=now)
        for number, reserved in enumerate([(), ("tdm",)]):
            url = f"https://n.test/{number}"
            capture = Capture(url, "n", now, 200, (), b"x%d" % number)
            article = Article(url=url, site="n", title="ت", text="ن", reservations=reserved, extractor="t")
            position = archive.append(capture, run_id)
            archive.save(capture, position, run_id=run_id, kind="article", article=article, now=now)
        out = io.BytesIO()
        export_jsonl(archive.engine, out, ExportSelection(Filters(unreserved=True), reserved=True))
    assert [json.loads(line)["url"] for line in out.getvalue().splitlines()] == ["https://n.test/0"]
