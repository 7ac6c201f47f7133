"""Sites that only a browser can read: real Chromium, real pages whose text scripts bring, and pages that mean harm."""

import json
from pathlib import Path
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from crawler.http.browser import MOST_PARTS, find_browser
from crawler.site import Site
from tests.support.hostile import Answer, Server, page, redirect, robots
from tests.support.newspapers.scripted import SHELL, answers, paragraphs, title
from tests.support.requirements import lacks
from tests.support.running import Ran, warraq

SPIDER = """from crawler.platforms import CategorySpider
from crawler.site import Site


class Marsa(CategorySpider):
    site = Site("marsa", "{home}", country="LB", timezone="Asia/Beirut", delay_s=0{more})
"""


@pytest.fixture(autouse=True)
def browser() -> None:
    if find_browser() is None:
        lacks("browser", "there is no Chromium, or the extra `browser` is not installed")


def crawl(folder: Path, server: Server, *arguments: str, more: str = ", browser=True", **env: str) -> Ran:
    (folder / "own").mkdir(exist_ok=True)
    (folder / "own/marsa.py").write_text(SPIDER.format(home=server.url(), more=more), encoding="utf-8")
    allowed = ("--allow-host", server.address)
    ran = warraq(
        *("crawl", "marsa", "--json", "--delay", "0", *allowed, *arguments), cwd=folder, WARRAQ_SPIDERS="own", **env
    )
    assert "Traceback" not in ran.err, ran.err
    return ran


def exported(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in warraq("export", "-", cwd=folder).out.splitlines()]


@pytest.mark.slow
def test_a_newspaper_made_by_scripts_is_crawled_from_end_to_end(tmp_path: Path):
    with Server(answers()) as server:
        first = crawl(tmp_path, server)
        asked = server.paths()
        agents = {exchange.headers.get("user-agent", "") for exchange in server.exchanges}
        second = crawl(tmp_path, server)
    assert (first.code, first.json["new"]) == (0, 6), first.err
    assert (second.code, second.json["new"], second.json["changed"]) == (0, 0, 0)
    by_title = {record["title"]: record for record in exported(tmp_path)}
    assert set(by_title) == {title(n) for n in range(1, 7)}
    for n in range(1, 7):
        assert by_title[title(n)]["text"].split("\n\n") == paragraphs(n)
        assert by_title[title(n)]["published_at"].startswith(f"2026-05-0{n}T09:30")
    assert all(agent.startswith("Warraq/") for agent in agents)
    assert asked.count("/app.js") == 1, "what all pages load is asked for once"
    assert not {"/app.css", "/pixel.gif"} & set(asked)


@pytest.mark.slow
def test_a_budget_of_requests_lets_a_page_in_whole_or_not_at_all(tmp_path: Path):
    with Server(answers()) as server:
        for _run in range(4):
            ran = crawl(tmp_path, server, "--max-requests", "4")  # robots.txt and the home page among them
            assert (ran.code, ran.json["not_articles"]) == (0, {}), ran.out
    assert len(exported(tmp_path)) == 6
    assert all(record["text"].split("\n\n") == paragraphs(int(record["url"][-1])) for record in exported(tmp_path))


@pytest.mark.slow
def test_a_site_that_needs_a_browser_is_added_by_an_option_and_crawls_at_once(tmp_path: Path):
    with Server(answers(4)) as server:
        allowed = ("--allow-host", server.address)
        plain = warraq("add", server.url(), "--name", "marsa", "--folder", "own", *allowed, cwd=tmp_path)
        assert (plain.code, "Traceback" in plain.err) == (1, False)
        added = warraq("add", server.url(), "--name", "marsa", "--folder", "own", "--browser", *allowed, cwd=tmp_path)
        assert added.code == 0, added.err
        source = (tmp_path / "own/marsa.py").read_text(encoding="utf-8")
        assert "browser=True" in source
        assert len(source.splitlines()) < 15
        ran = warraq("crawl", "marsa", "--json", *allowed, cwd=tmp_path, WARRAQ_SPIDERS="own")
    assert (ran.code, ran.json["new"]) == (0, 4), ran.err


@pytest.mark.slow
def test_what_is_kept_says_that_it_was_rendered_and_can_be_read_again(tmp_path: Path):
    with Server(answers(2)) as server:
        crawl(tmp_path, server)
    renderers = set()
    for path in (tmp_path / "archive/warc").glob("*.warc.gz"):
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True):
                if "/story/" in record.headers["WARC-Target-URI"]:
                    renderers.add(record.http_headers.get("Warraq-Rendered", "").split()[0])
                    assert paragraphs(int(record.headers["WARC-Target-URI"][-1]))[0] in record.reader.read().decode()
    assert renderers == {"Chromium"}
    assert warraq("verify", cwd=tmp_path).code == 0
    again = warraq("reextract", "--dry-run", "--json", cwd=tmp_path, WARRAQ_SPIDERS="own")
    assert again.code == 0, again.err


def test_the_same_pages_without_a_browser_give_nothing_and_say_why(tmp_path: Path):
    with Server(answers(2)) as server:
        ran = crawl(tmp_path, server, more="")
    assert (ran.code, ran.json["new"]) == (1, 0)
    assert any("browser" in note for note in ran.json["sites"][0]["notes"]), ran.out


def test_a_missing_browser_is_said_with_what_to_install(tmp_path: Path):
    with Server(answers(2)) as server:
        ran = crawl(tmp_path, server, WARRAQ_BROWSER="/no/such/program")
        assert server.paths() == []
    assert ran.code == 2
    assert "warraq[browser]" in ran.err
    assert "chromium" in ran.err


def story(script: str) -> dict[str, Answer]:
    """A site of one story, whose page also runs this script."""
    body = "".join(f"<p>{each}</p>" for each in paragraphs(1))
    listing = f'<main><div class="card"><h3><a href="/story/1">{title(1)}</a></h3></div></main>'
    html = f'<html lang="ar"><head><title>{title(1)}</title></head><body><article><h1>{title(1)}</h1>{body}</article>{{}}</body></html>'
    return {
        "/robots.txt": robots("User-agent: *\nDisallow: /secret\n"),
        "/": page(f'<html lang="ar"><body>{listing}</body></html>'),
        "/story/1": page(html.format(f"<script>{script}</script>")),
    }


@pytest.mark.slow
def test_scripts_reach_nothing_but_the_site_and_nothing_that_robots_forbid(tmp_path: Path):
    with Server({"/": page("hidden")}) as other, Server() as server:
        tries = [f"http://127.0.0.1:{other.port}/", f"http://localhost:{other.port}/", "http://169.254.169.254/latest/"]
        script = f"""
            for (const url of {json.dumps(tries)}) {{ fetch(url, {{mode: 'no-cors'}}).catch(() => 0); new Image().src = url;
              try {{ new WebSocket(url.replace('http', 'ws')); }} catch (e) {{}}
              const frame = document.createElement('iframe'); frame.src = url; document.body.append(frame);
              navigator.sendBeacon(url, 'x'); window.open(url); }}
            fetch('/secret/1').catch(() => 0); fetch('/away').catch(() => 0);
            try {{ const c = new RTCPeerConnection({{iceServers: [{{urls: 'stun:127.0.0.1:{other.port}'}}]}});
              c.createDataChannel('x'); c.createOffer().then(o => c.setLocalDescription(o)); }} catch (e) {{}}
        """
        server.answers = story(script) | {"/away": redirect(f"http://127.0.0.1:{other.port}/")}
        ran = crawl(tmp_path, server)
        assert (ran.code, ran.json["new"]) == (0, 1), ran.err
        assert other.connections == 0
        assert "/secret/1" not in server.paths()


@pytest.mark.slow
def test_a_page_that_leads_elsewhere_or_asks_without_end_is_read_where_it_stands(tmp_path: Path):
    script = "setInterval(() => fetch('/poll').catch(() => 0), 20); setTimeout(() => location.href = '/story/2', 50); alert('!');"
    with Server(story(script) | {"/poll": page("{}", Content_Type="application/json")}) as server:
        ran = crawl(tmp_path, server)
        assert (ran.code, ran.json["new"]) == (0, 1), ran.err
        assert server.paths().count("/poll") <= MOST_PARTS
        assert "/story/2" not in server.paths()


@pytest.mark.slow
@pytest.mark.parametrize("script", ["for (;;) {}", "document.body.append('x'.repeat(1e8))"], ids=["endless", "huge"])
def test_a_page_that_never_rests_or_never_ends_costs_itself_alone(tmp_path: Path, script: str):
    good = {f"/story/{n}": answers()[f"/story/{n}"] for n in (2, 3)}
    with Server(
        answers(3) | good | {"/story/1": page(SHELL.replace("</body>", f"<script>{script}</script></body>"))}
    ) as server:
        ran = crawl(tmp_path, server, WARRAQ_BROWSER_TIMEOUT_S="8")
    assert ran.json["new"] == 2, ran.err
    assert {record["title"] for record in exported(tmp_path)} == {title(2), title(3)}
    assert sum(ran.json["not_articles"].values()) == 1


def test_hosts_of_scripts_are_host_names():
    assert Site("a", "https://a.example", browser=True, browser_hosts=("cdn.example",)).browser
    for odd in ("https://cdn.example", "cdn", "*.example"):
        with pytest.raises(ValueError, match="browser_hosts"):
            Site("a", "https://a.example", browser_hosts=(odd,))
