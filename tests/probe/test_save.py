"""`warraq save`: one page by the real path of a crawl, with a receipt that leads to its bytes; what is refused says why."""

from pathlib import Path
from random import randbytes

import pytest

from crawler.locks import SiteLock
from crawler.registry.site_names import name_of
from storage.db.database import open_readonly
from storage.queries.run_history import run_records
from storage.records import Position
from storage.warc.reader import record_at
from tests.support.hostile import Server, page, redirect, robots
from tests.support.newspapers.small_site import GOOD, article, html
from tests.support.running import Ran, warraq
from tests.support.web.captured_archive import png
from tests.support.web.served import serving


def save(folder: Path, url: str, *arguments: str, **env: str) -> Ran:
    ran = warraq(
        *("save", url, "--allow-host", "127.0.0.1", "--archive", str(folder), "--json", *arguments), cwd=folder.parent,
        **env,
    )  # fmt: skip
    assert "Traceback" not in ran.err, ran.err
    return ran


@pytest.mark.slow
def test_a_page_is_archived_with_a_receipt_that_leads_to_its_bytes(tmp_path: Path):
    folder = tmp_path / "archive"
    with Server(dict(GOOD)) as server:
        ran = save(folder, server.url("/n/1/#comments"))
        assert ran.code == 0, ran.err
        receipt = ran.json
        (capture,) = receipt["captures"]
        position = Position(*capture["warc"].values(), capture["digest"], capture["refers_to"])
        kept = record_at(folder, position).capture
        assert "<h1>خبر رقم 1 ".encode() in kept.body
        assert (receipt["article"]["change"], receipt["article"]["version"], receipt["reason"]) == ("new", 1, None)
        again = save(folder, server.url("/n/1/")).json
        assert (again["article"]["id"], again["article"]["change"]) == (receipt["article"]["id"], "same")
        assert again["captures"][0]["refers_to"] == capture["id"]
        assert again["captures"][0]["digest"] == capture["digest"]
        server.answers["/n/1/"] = article(9)
        changed = save(folder, server.url("/n/1/")).json
        assert (changed["article"]["change"], changed["article"]["version"]) == ("changed", 2)
        assert "/n/2/" not in server.paths(), "no other page is asked for"
        shown = warraq("show", server.url("/n/1/"), "--archive", str(folder), "--json", cwd=tmp_path).json
        assert shown["content_sha256"] == changed["article"]["content_sha256"]
        assert run_records(open_readonly(folder), name_of(server.url(), {})) == [], "health judges crawls alone"


@pytest.mark.slow
def test_a_file_that_is_full_by_the_size_that_is_asked_for_takes_no_further_page(tmp_path: Path):
    heavy = page(html(1) + f"<!-- {randbytes(1_200_000).hex()} -->")  # more than a megabyte, also when compressed
    with Server({**GOOD, "/n/1/": heavy}) as server:
        first, second = (
            save(tmp_path / "archive", server.url(path), WARRAQ_WARC_SIZE="1M").json for path in ("/n/1/", "/n/2/")
        )
    files = [receipt["captures"][0]["warc"]["file"] for receipt in (first, second)]
    assert files[0] != files[1]


@pytest.mark.slow
def test_a_page_without_an_article_is_kept_with_its_reason(tmp_path: Path):
    folder = tmp_path / "archive"
    answers = {**GOOD, "/gone": page("<h1>404</h1>", 404), "/away": redirect("https://elsewhere.example/")}
    with Server(answers) as server:
        for path, kept in (("/gone", 1), ("/away", 0)):
            ran = save(folder, server.url(path))
            assert (ran.code, ran.json["article"], len(ran.json["captures"])) == (1, None, kept)
            assert ran.json["reason"]
            assert ran.json["reason"] in ran.err
    assert save(folder, "http://127.0.0.1:1/x").code == 1


@pytest.mark.slow
def test_robots_txt_a_private_address_and_what_was_taken_down_are_respected(tmp_path: Path):
    folder = tmp_path / "archive"
    answers = {**GOOD, "/robots.txt": robots("User-agent: *\nDisallow: /n/2/")}
    with Server(answers) as server:
        forbidden = save(folder, server.url("/n/2/"))
        assert (forbidden.code, forbidden.json["reason"]) == (1, "robots")
        private = warraq("save", server.url("/n/1/"), "--archive", str(folder), "--json", cwd=tmp_path)
        assert (private.code, private.json["reason"]) == (1, "refused")
        assert not server.hits("/n/1/")
        assert not server.hits("/n/2/")
        assert save(folder, server.url("/n/1/")).code == 0
        removed = warraq("remove", server.url("/n/1/"), "--reason", "طلب", "--archive", str(folder), cwd=tmp_path)
        assert removed.code == 0, removed.err
        ran = save(folder, server.url("/n/1/"))
        assert (ran.code, ran.json["reason"], ran.json["captures"]) == (1, "removed", [])


def test_a_site_that_is_being_crawled_is_left_alone(tmp_path: Path):
    folder = tmp_path / "archive"
    with Server(dict(GOOD)) as server, SiteLock(folder, name_of(server.url(), {})):
        ran = save(folder, server.url("/n/1/"))
        assert (ran.code, ran.out, len(ran.err.splitlines())) == (3, "", 1)
        assert not server.exchanges


@pytest.mark.parametrize("url", ["x", "ftp://a.example/1", "https://", "https://me:you@a.example/1"])
def test_what_is_no_url_is_said(tmp_path: Path, url: str):
    ran = warraq("save", url, cwd=tmp_path)
    assert (ran.code, len(ran.err.splitlines())) == (2, 1), ran.err


@pytest.mark.slow
def test_pictures_and_styles_are_kept_where_they_are_wanted_and_shown_in_the_reader(tmp_path: Path):
    folder = tmp_path / "archive"
    shown = (
        '<link rel="stylesheet" href="/s.css"><img src="/1.png"><img src="/lost.png"><img src="http://10.0.0.1/x.png">'
    )
    answers = {
        **GOOD,
        "/n/1/": page(html(1).replace("<h1>", f"{shown}<h1>")),
        "/s.css": page("h1 { background: url(2.png) }", Content_Type="text/css"),
        "/1.png": page(png(), Content_Type="image/png"),
        "/2.png": page(png() + b"2", Content_Type="image/png"),
        "/robots.txt": robots("User-agent: *\nDisallow: /lost.png"),
    }
    with Server(answers) as server:
        assert len(save(folder, server.url("/n/1/")).json["captures"]) == 1
        ran = save(folder, server.url("/n/1/"), "--with-pictures")
        assert (ran.code, ran.json["article"]["change"], ran.json["reason"]) == (0, "same", None)
        kept = {each["url"].removeprefix(server.url("")) for each in ran.json["captures"]}
        assert kept == {"/n/1/", "/s.css", "/1.png", "/2.png"}
    article_id = ran.json["article"]["id"]
    with serving(folder) as reader:
        (capture,) = (each["id"] for each in ran.json["captures"] if each["url"].endswith("/n/1/"))
        view = reader.ask(f"/articles/{article_id}/captures/{capture}/view").text
        assert "1 من 3" in view
        assert "1 من 1" in view
