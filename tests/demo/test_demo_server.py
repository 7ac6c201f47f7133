"""The sample newspaper over HTTP on loopback: validators, connections, and strange requests."""

import http.client
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from crawler.demo import DemoServer, Newspaper, serve
from tests.support.rooms.demo import PAPER, TODAY


@pytest.fixture
def server() -> Iterator[DemoServer]:
    with serve(PAPER) as running:
        yield running


def ask(server: DemoServer, method: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def test_the_server_answers_on_loopback_alone_and_logs_what_was_asked(server: DemoServer) -> None:
    path = PAPER.articles()[0].path
    status, headers, body = ask(server, "GET", path)
    assert status == 200
    assert headers["content-type"] == "text/html; charset=UTF-8"
    assert int(headers["content-length"]) == len(body)
    assert f'<link rel="canonical" href="{server.url}{path}">'.encode() in body
    assert ask(server, "HEAD", "/feed/")[2] == b""
    assert ask(server, "GET", "/nothing/")[0] == 404
    assert ask(server, "GET", path.rstrip("/"))[1]["location"] == server.url + path
    assert server.server_address[0] == "127.0.0.1"
    assert server.requests == [
        ("GET", path, 200),
        ("HEAD", "/feed/", 200),
        ("GET", "/nothing/", 404),
        ("GET", path.rstrip("/"), 301),
    ]


def test_a_head_request_gets_the_headers_of_a_get(server: DemoServer) -> None:
    path = PAPER.articles()[1].path
    dropped = ("date",)
    get_headers, head_headers = (ask(server, method, path)[1] for method in ("GET", "HEAD"))
    assert {k: v for k, v in get_headers.items() if k not in dropped} == {
        k: v for k, v in head_headers.items() if k not in dropped
    }


@pytest.mark.parametrize("path", [PAPER.articles()[2].path, "/category/economy/", "/feed/", "/post-sitemap.xml", "/"])
def test_a_conditional_request_gets_304_while_nothing_changed(server: DemoServer, path: str) -> None:
    headers = ask(server, "GET", path)[1]
    etag, changed = headers["etag"], headers["last-modified"]
    assert ask(server, "GET", path, If_None_Match=etag)[::2] == (304, b"")
    assert ask(server, "GET", path, If_None_Match=f'"x", {etag}')[0] == 304
    assert ask(server, "GET", path, If_Modified_Since=changed)[0] == 304
    assert ask(server, "GET", path, If_None_Match='"x"', If_Modified_Since=changed)[0] == 200
    assert ask(server, "GET", path, If_Modified_Since=format_datetime(datetime(2001, 1, 1, tzinfo=UTC)))[0] == 200
    assert ask(server, "GET", path, If_Modified_Since="yesterday")[0] == 200


def test_the_next_day_can_be_shown_while_it_runs(server: DemoServer) -> None:
    before, after = PAPER.articles(1), {article.story: article for article in PAPER.articles(2)}
    (gone,) = [article for article in before if article.story not in after]
    kept = next(article for article in before if article == after.get(article.story))
    edited = next(article for article in before if article.story in after and article != after[article.story])
    etags = {article.path: ask(server, "GET", article.path)[1]["etag"] for article in (gone, kept, edited)}
    server.show(2)
    answers = {path: ask(server, "GET", path, If_None_Match=etag)[0] for path, etag in etags.items()}
    assert answers == {gone.path: 410, kept.path: 304, edited.path: 200}
    new = next(article for article in after.values() if article.path not in {a.path for a in before})
    assert ask(server, "GET", new.path)[0] == 200


def test_one_connection_serves_many_requests_and_strange_ones_do_no_harm(server: DemoServer) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    for path in ("/", "/robots.txt", "/x/"):
        connection.request("GET", path)
        assert connection.getresponse().read()
    connection.close()
    assert ask(server, "POST", "/wp-comments-post.php")[0] == 501
    assert ask(server, "GET", "/?p=" + "9" * 2000)[0] == 200
    assert ask(server, "GET", "/")[0] == 200


def test_an_unchanged_newspaper_on_another_clock_still_answers_304(server: DemoServer) -> None:
    path = PAPER.articles()[6].path
    etag = ask(server, "GET", path)[1]["etag"]
    with serve(Newspaper(TODAY, now=datetime(2025, 10, 28, 18, tzinfo=UTC))) as later:
        assert ask(later, "GET", path, If_None_Match=etag)[0] == 304
