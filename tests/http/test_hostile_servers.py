"""The whole download path against a hostile server: sizes, times, redirects, broken answers, open doors."""

import pytest
from scrapy import Request
from scrapy.utils.test import get_crawler

from crawler.http.conditional import ConditionalMiddleware
from crawler.platforms import CategorySpider
from tests.support.hostile import Crawl, Server, crawl, cut, endless, hang, in_turn, page, raw, redirect, reset, trickle

OK = b"HTTP/1.1 200 OK\r\n"
ANSWERS = {
    "/": page("ok"),
    "/trickle": trickle,
    "/hang": hang,
    "/headers": endless(OK, b"X-Filler: " + b"x" * 1000 + b"\r\n"),
    "/folded": endless(OK + b"X-Filler: ", b" " + b"x" * 1000 + b"\r\n"),
    "/interim": endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 50),
    "/line": endless(OK + b"X-Line: ", b"x" * 4096),
    "/body": endless(OK + b"\r\n", b"x" * 65536),
    "/chunks": endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"ffff\r\n" + b"x" * 65535 + b"\r\n"),
    "/declared": raw(OK + b"Content-Length: 99999999999\r\n\r\n"),
    "/cut": cut(b"half", 1000),
    "/cut-chunk": raw(OK + b"Transfer-Encoding: chunked\r\n\r\nff\r\nhalf"),
    "/reset": reset,
    "/nothing": raw(b""),
    "/garbage": raw(b"\x16\x03\x01\x02\x00\x01\r\n\r\n"),
    "/empty": page(""),
    "/loop": redirect("/loop"),
    **{f"/chain{number}": redirect(f"/chain{number + 1}") for number in range(100)},
    "/short0": redirect("/short1"),
    "/short1": redirect("/"),
    "/ftp": redirect("ftp://127.0.0.1/x"),
    "/file": redirect("file:///etc/passwd"),
    "/no-place": page("", 302),
}


@pytest.fixture(scope="module")
def done() -> Crawl:
    """One crawl through all of it, and a plain one to compare its memory with."""
    settings = {"DOWNLOAD_TIMEOUT": 1.5, "RETRY_TIMES": 0, "WARRAQ_MAX_FAILURES": 1000}
    with Server(ANSWERS) as server:
        paths = [path for path in ANSWERS if not path.startswith("/chain")] + ["/chain0"]
        result = crawl([server.url(path) for path in paths], allow=[server.address], settings=settings)
        fates = {path: result.fates[server.url(path)] for path in paths}
        result.stats["hits"] = {path: len(server.hits(path)) for path in ANSWERS}
        result.stats["referrers"] = [each for each in server.exchanges if "referer" in each.headers]
        result.stats["agents"] = {each.headers.get("user-agent") for each in server.exchanges}
        result.stats["cookies"] = [each for each in server.exchanges if "cookie" in each.headers]
    result.fates.clear()
    result.fates.update(fates)
    return result


@pytest.mark.parametrize(
    ("path", "errors"),
    [
        ("/trickle", {"DownloadTimeoutError"}),
        ("/hang", {"DownloadTimeoutError"}),
        ("/headers", {"DownloadFailedError"}),
        ("/folded", {"DownloadFailedError"}),
        ("/interim", {"DownloadFailedError"}),
        ("/line", {"DownloadFailedError"}),
        ("/body", {"Refused"}),
        ("/chunks", {"Refused"}),
        ("/declared", {"Refused"}),
        ("/cut", {"ResponseDataLossError"}),
        ("/cut-chunk", {"ResponseDataLossError"}),
        ("/reset", {"DownloadFailedError"}),
        ("/nothing", {"DownloadFailedError"}),
        ("/garbage", {"DownloadFailedError"}),
        ("/loop", {"IgnoreRequest"}),
        ("/chain0", {"IgnoreRequest"}),
    ],
)
def test_a_hostile_answer_ends_as_an_error(path: str, errors: set[str], done: Crawl) -> None:
    assert done.fates[path].error in errors, done.fates[path]


@pytest.mark.parametrize("path", ["/body", "/chunks", "/declared"])
def test_a_body_past_the_limit_is_told_from_other_failures(path: str, done: Crawl) -> None:
    assert (done.fates[path].reason, done.fates[path].retry) == ("too-large", False)


def test_honest_answers_beside_hostile_ones_arrive(done: Crawl) -> None:
    assert (done.fates["/"].status, done.fates["/"].size) == (200, 2)
    assert (done.fates["/empty"].status, done.fates["/empty"].size) == (200, 0)
    assert done.fates["/short0"].status == 200


def test_redirects_end_after_five_hops(done: Crawl) -> None:
    hits = done.stats["hits"]
    assert hits["/loop"] == 6
    assert [hits[f"/chain{number}"] for number in range(7)] == [1, 1, 1, 1, 1, 1, 0]


def test_a_redirect_out_of_the_web_leads_nowhere(done: Crawl) -> None:
    for path in ("/ftp", "/file", "/no-place"):
        assert (done.fates[path].error, done.fates[path].status) == ("HttpError", 302)


def test_memory_and_time_are_bounded(done: Crawl) -> None:
    assert done.peak_mb < 150
    assert done.seconds < 30


def test_no_socket_listens_during_a_crawl(done: Crawl) -> None:
    assert done.listening == []


def test_requests_say_who_asks_and_nothing_else(done: Crawl) -> None:
    (agent,) = done.stats["agents"]
    assert agent.startswith("Warraq/")
    assert "+https://" in agent
    assert done.stats["referrers"] == done.stats["cookies"] == []


def test_http_and_https_that_redirect_to_each_other_end_after_five_hops() -> None:
    with Server({"/robots.txt": page("")}) as plain, Server({"/robots.txt": page("")}, tls=True) as secure:
        plain.answers["/"] = redirect(secure.url())
        secure.answers["/"] = redirect(plain.url())
        done = crawl(
            [plain.url()],
            allow=[plain.address, secure.address],
            settings={"DOWNLOAD_VERIFY_CERTIFICATES": False},
        )
    assert done.fates[plain.url()].message == "max redirections reached"
    assert (len(plain.hits("/")), len(secure.hits("/"))) == (3, 3)


def test_a_certificate_that_nobody_vouches_for_is_not_taken() -> None:
    with Server({"/": page("forged")}, tls=True) as server:
        entry = {"url": server.url(), "meta": {"dont_obey_robotstxt": True}}
        done = crawl([entry], allow=[server.address])
    assert done.fates[server.url()].error == "DownloadFailedError"
    assert server.exchanges == []


def test_a_page_that_reloads_itself_every_minute_is_a_page() -> None:
    live = '<html><head><meta http-equiv="refresh" content="60;url=/live"></head><body>live</body></html>'
    with Server({"/live": page(live)}) as server:
        done = crawl([server.url("/live")], allow=[server.address])
    assert done.fates[server.url("/live")].status == 200
    assert len(server.hits("/live")) == 1


def test_validators_go_out_and_304_comes_back_to_the_callback() -> None:
    same = raw(b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\nConnection: close\r\n\r\n')
    asked = '"a"', "Mon, 23 Nov 2026 12:00:00 GMT"
    with Server({"/same": same, "/busy": in_turn(page("", 503), same), "/unasked": same}) as server:
        urls = [{"url": server.url(path), "meta": {"validators": asked}} for path in ("/same", "/busy")]
        done = crawl([*urls, server.url("/unasked")], allow=[server.address])
    for path in ("/same", "/busy"):
        assert (done.fates[server.url(path)].status, done.fates[server.url(path)].error) == (304, None)
        for hit in server.hits(path):
            assert (hit.headers["if-none-match"], hit.headers["if-modified-since"]) == asked
    assert done.fates[server.url("/unasked")].error == "HttpError"
    assert "if-none-match" not in server.hits("/unasked")[0].headers


def test_what_the_spider_handles_itself_it_still_handles_with_validators() -> None:
    crawler = get_crawler(CategorySpider)
    crawler.spider = CategorySpider.__new__(CategorySpider)
    request = Request("http://news.example/", meta={"validators": ('"a"', None)})
    ConditionalMiddleware(crawler).process_request(request)
    assert {304, 404, 410, 503} <= set(request.meta["handle_httpstatus_list"])


@pytest.mark.parametrize("value", [None, "", " ", "a\r\nX-Evil: 1", "a\nb", "\0", "خبر", "x" * 5000])
def test_a_validator_that_no_header_can_carry_is_left_out(value: str | None) -> None:
    request = Request("http://news.example/", meta={"validators": (value, value)})
    ConditionalMiddleware(get_crawler(CategorySpider)).process_request(request)
    assert "If-None-Match" not in request.headers
    assert "handle_httpstatus_list" not in request.meta
