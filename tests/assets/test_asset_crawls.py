"""Crawls of sites with `assets="article"`: what is asked for, once, behind all pages; what is kept, and what it counts as."""

import re
from collections.abc import Iterable
from html import unescape
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from crawler.platforms.walks.asset_requests import MOST_BYTES
from storage.db.database import open_readonly, read_transaction
from storage.db.schema import assets, captures, page_assets, pages
from storage.maintenance.verify import verify
from storage.queries.run_history import run_records
from tests.support.hostile import Server, page
from tests.support.newspapers.small_site import listing
from tests.support.running import warraq
from tests.support.web.captured_archive import png
from tests.support.web.illustrated_site import answers, crawl, declare, illustrated, image
from tests.support.web.served import Served, serving

KEPT = ["/style.css", "/up/one-300x200.jpg", "/up/one.jpg", "/up/two.png"]
NOT_KEPT = ["/away.css", "/forbidden.png", "/page.css", "/x.css"]
OF_ARTICLES = ["/n/1/", "/n/2/", "/n/3/"]


def states(engine: Engine) -> dict[str, str]:
    with read_transaction(engine) as connection:
        rows = connection.execute(select(assets.c.url, assets.c.state))
        return {"/" + url.split("/", 3)[3]: state for url, state in rows}


def paths_of(urls: Iterable[str]) -> list[str]:
    return sorted("/" + url.split("/", 3)[3] for url in urls)


def test_pictures_and_styles_are_asked_for_behind_all_pages_and_are_no_pages(tmp_path: Path):
    with Server(answers()) as server:
        declare(tmp_path / "sites", server)
        report = crawl(tmp_path / "sites")
        asked = server.paths()
    assert (report["exit_code"], report["new"], report["pages"], report["not_articles"]) == (0, 3, 4, {})
    assert report["sites"][0]["notes"] == ["pictures and style sheets: 4 kept, 4 not"]
    assert max(map(asked.index, OF_ARTICLES)) < min(map(asked.index, KEPT)), "articles come first"
    assert {asked.count(path) for path in KEPT} == {1}
    assert not {"/forbidden.png", "/menu.png"} & set(asked)
    engine = open_readonly(tmp_path / "archive")
    held = states(engine)
    assert {path for path, state in held.items() if state == "done"} == set(KEPT)
    assert {path for path, state in held.items() if state == "failed"} == set(NOT_KEPT)
    with read_transaction(engine) as connection:
        assert paths_of(connection.scalars(select(captures.c.url))) == sorted(["/", *OF_ARTICLES, *KEPT])
        assert paths_of(connection.scalars(select(pages.c.url))) == ["/", *OF_ARTICLES]
        assert set(connection.scalars(select(captures.c.reason))) == {None}
    (record,) = run_records(engine, "illustrated")
    assert (record.new, record.reasons) == (3, {})
    assert verify(engine, tmp_path / "archive").ok


@pytest.mark.slow
def test_later_crawls_ask_for_nothing_again_and_go_on_with_what_is_left(tmp_path: Path):
    site = tmp_path / "sites"
    with Server(answers()) as server:
        declare(site, server)
        assert crawl(site, "--max-requests", "7")["new"] == 3  # robots.txt, a listing, three articles
        first = {*KEPT, *NOT_KEPT} & set(server.paths())
        assert len(first) == 2, "assets end with the budget"
        server.exchanges.clear()
        assert crawl(site, "--max-articles", "1")["new"] == 0
        assert not set(KEPT) & set(server.paths()), "what earlier runs left is not asked for with --max-articles"
        assert crawl(site)["new"] == 0
        assert not first & set(server.paths()), "nothing is asked for again"
        held = states(open_readonly(tmp_path / "archive"))
        assert {path for path, state in held.items() if state == "done"} == set(KEPT)
        assert {path for path, state in held.items() if state == "failed"} == set(NOT_KEPT)
        server.exchanges.clear()
        server.answers["/n/2/"] = illustrated(2, "/up/new.png")
        server.answers["/up/new.png"] = image(png() + b"large")
        save = ("save", server.url("/n/2/"), "--allow-host", "127.0.0.1")
        assert warraq(*save, cwd=tmp_path, WARRAQ_SPIDERS=str(site)).code == 0
        assert "/up/new.png" not in server.paths()
        assert crawl(site)["new"] == 0
        assert "/up/new.png" in server.paths(), "what an earlier run found is asked for"
        assert not {*KEPT, *NOT_KEPT} & set(server.paths()), "nothing is asked for again"
        engine = open_readonly(tmp_path / "archive")
        with read_transaction(engine) as connection:
            repeated = select(captures.c.url).where(captures.c.refers_to.is_not(None), captures.c.url.like("%/up/%"))
            assert "/up/new.png" in paths_of(connection.scalars(repeated)), "its bytes are those of another address"
        declare(site, server, assets="none")
        server.answers["/n/2/"] = illustrated(2, "/up/other.png")
        server.exchanges.clear()
        assert warraq(*save, cwd=tmp_path, WARRAQ_SPIDERS=str(site)).code == 0
        assert "/up/other.png" not in states(engine)
    ran = warraq("verify", "--json", cwd=tmp_path)
    assert ran.code == 0, ran.out


@pytest.mark.slow
def test_the_reader_shows_what_a_crawl_kept_and_says_what_it_did_not(tmp_path: Path):
    with Server(answers()) as server:
        declare(tmp_path / "sites", server)
        assert crawl(tmp_path / "sites")["new"] == 3
        urls = [server.url(path) for path in ("/n/1/", "/n/3/")]
    engine = open_readonly(tmp_path / "archive")
    with read_transaction(engine) as connection:
        ids = [
            connection.execute(
                select(pages.c.article_id, captures.c.id)
                .join_from(pages, captures, captures.c.url_key == pages.c.url_key)
                .where(pages.c.url == url)
            ).one()
            for url in urls
        ]
    with serving(tmp_path / "archive") as reader:
        shown, bare = (reader.ask(f"/articles/{article}/captures/{each}/view").text for article, each in ids)
        frame = unescape(re.findall(r'<iframe[^>]* src="([^"]+)"', shown)[0])
        origin = re.match(r"http://[^/]+", frame)[0]  # type: ignore[index]
        other = Served(f"{origin}/", reader.process)
        body = other.ask(frame.removeprefix(origin)).text
        (picture,) = re.findall(r'id="picture" src="(r/\d+)"', body)
        kept = other.ask(frame.removeprefix(origin).removesuffix("page") + picture)
    assert ("1 من 2" in shown, "1 من 1" in shown) == (True, True), "of pictures, of style sheets"
    assert ("0 من 2" in bare, "0 من 3" in bare) == (True, True)
    assert (kept.status, kept.body) == (200, png() + b"small")


@pytest.mark.slow
def test_repair_finds_them_in_the_warc_files_alone(tmp_path: Path):
    with Server(answers()) as server:
        declare(tmp_path / "sites", server)
        assert crawl(tmp_path / "sites")["new"] == 3
    before = links(tmp_path / "archive")
    for path in (tmp_path / "archive").glob("warraq.db*"):
        path.unlink()
    ran = warraq("repair", "--json", cwd=tmp_path, WARRAQ_SPIDERS=str(tmp_path / "sites"))
    assert (ran.code, ran.json["ok"], ran.json["relinked"]["captures"]) == (0, True, 8), ran.err
    assert links(tmp_path / "archive") == before
    held = states(open_readonly(tmp_path / "archive"))
    assert {path for path, state in held.items() if state == "done"} == set(KEPT)
    assert {path for path, state in held.items() if state == "pending"} == set(NOT_KEPT), (
        "their failures left no record"
    )


def links(folder: Path) -> list[tuple[str, str]]:
    with read_transaction(open_readonly(folder)) as connection:
        return sorted(tuple(row) for row in connection.execute(select(page_assets)))


@pytest.mark.slow
def test_assets_that_fail_cost_the_run_nothing_and_are_given_up_in_the_end(tmp_path: Path):
    site, broken = tmp_path / "sites", [f"/broken/{n}.css" for n in range(14)]
    refused = [f"/refused/{n}.css" for n in range(14)]
    with Server(answers()) as server:
        server.answers["/n/1/"] = illustrated(1, "/up/large.png", styles=tuple(refused))
        server.answers["/n/2/"] = illustrated(2, "/up/two.png", styles=tuple(broken))
        server.answers |= dict.fromkeys(refused, page("no", 403)) | dict.fromkeys(broken, page("no", 500))
        server.answers["/up/large.png"] = image(b"x" * (MOST_BYTES + 1))
        declare(site, server, platform="MultiChannelSpider")
        for articles in ([1], [1, 2]):  # what the first shows is asked for before the host seems to be broken
            server.answers["/"] = listing(articles)
            report = crawl(site)
            assert (report["exit_code"], report["sites"][0]["status"], report["not_articles"]) == (0, "done", {})
    held = states(open_readonly(tmp_path / "archive"))
    assert held["/up/large.png"] == "failed"
    assert "done" not in {held[path] for path in refused}
