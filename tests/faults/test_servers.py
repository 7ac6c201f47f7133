"""The whole download path against a hostile server: F19, F22, F25, F26, F30, F43."""

import gzip
import random
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import brotlicffi
import pytest
import zstandard
from scrapy import Request
from scrapy.utils.test import get_crawler

from crawler.http.conditional import ConditionalMiddleware
from crawler.platforms import CategorySpider
from storage.archive import Archive
from storage.db.schema import articles, versions
from tests.support.archives import rows
from tests.support.faults.crawls import crawl_at
from tests.support.hostile import (
    Crawl,
    Server,
    bomb,
    crawl,
    cut,
    endless,
    hang,
    in_turn,
    page,
    raw,
    redirect,
    reset,
    trickle,
)
from tests.support.newspapers.small_site import GOOD

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
        # Ended by size or by time, whichever a machine reaches first.
        ("/interim", {"DownloadFailedError", "DownloadTimeoutError"}),
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
def test_f19_a_hostile_answer_ends_as_an_error(path: str, errors: set[str], done: Crawl) -> None:
    assert done.fates[path].error in errors, done.fates[path]


@pytest.mark.parametrize("path", ["/body", "/chunks", "/declared"])
def test_f26_a_body_past_the_limit_is_told_from_other_failures(path: str, done: Crawl) -> None:
    assert (done.fates[path].reason, done.fates[path].retry) == ("too-large", False)


def test_f19_honest_answers_beside_hostile_ones_arrive(done: Crawl) -> None:
    assert (done.fates["/"].status, done.fates["/"].size) == (200, 2)
    assert (done.fates["/empty"].status, done.fates["/empty"].size) == (200, 0)
    assert done.fates["/short0"].status == 200


def test_f22_redirects_end_after_five_hops(done: Crawl) -> None:
    hits = done.stats["hits"]
    assert hits["/loop"] == 6
    assert [hits[f"/chain{number}"] for number in range(7)] == [1, 1, 1, 1, 1, 1, 0]


def test_f22_a_redirect_out_of_the_web_leads_nowhere(done: Crawl) -> None:
    for path in ("/ftp", "/file", "/no-place"):
        assert (done.fates[path].error, done.fates[path].status) == ("HttpError", 302)


def test_f19_memory_and_time_are_bounded(done: Crawl) -> None:
    assert done.peak_mb < 150
    assert done.seconds < 30


def test_f43_no_socket_listens_during_a_crawl(done: Crawl) -> None:
    assert done.listening == []


def test_requests_say_who_asks_and_nothing_else(done: Crawl) -> None:
    (agent,) = done.stats["agents"]
    assert agent.startswith("Warraq/")
    assert "+https://" in agent
    assert done.stats["referrers"] == done.stats["cookies"] == []


def test_f22_http_and_https_that_redirect_to_each_other_end_after_five_hops() -> None:
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


def test_f19_a_certificate_that_nobody_vouches_for_is_not_taken() -> None:
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


TEXT = "\n".join(str(random.Random(7).random()) for _ in range(20_000)).encode()


@pytest.mark.slow
def test_f25_bombs_are_given_up_in_little_memory() -> None:
    bombs = {
        "/gzip": ("gzip", bomb(200)),
        "/nested": ("gzip, gzip", bomb(200, layers=2)),
        "/layers": (", ".join(["gzip"] * 50), bomb(1, layers=50)),
        "/deflate": ("deflate", zlib.compress(b"\0" * 200_000_000, 9)),
        "/br": ("br", brotlicffi.compress(b"\0" * 100_000_000)),
        "/zstd": ("zstd", zstandard.ZstdCompressor().compress(b"\0" * 200_000_000)),
    }
    answers = {path: page(body, Content_Encoding=encoding) for path, (encoding, body) in bombs.items()}
    with Server(answers | {"/": page("ok")}) as server:
        plain = crawl([server.url()], allow=[server.address])
        done = crawl([server.url(path) for path in bombs], allow=[server.address])
    for path in bombs:
        fate = done.fates[server.url(path)]
        assert (fate.error, fate.reason, fate.retry) == ("Refused", "too-large", False), fate
        assert len(server.hits(path)) == 1
    assert done.peak_mb - plain.peak_mb < 100


def test_f30_a_cut_gzip_body_is_asked_again_and_never_taken_for_the_page() -> None:
    whole = gzip.compress(TEXT)
    half = page(whole[: len(whole) // 2], Content_Encoding="gzip")
    answers = {"/once": in_turn(half, page(whole, Content_Encoding="gzip")), "/always": half}
    with Server(answers) as server:
        done = crawl([server.url("/once"), server.url("/always")], allow=[server.address])
    assert done.fates[server.url("/once")].size == len(TEXT)
    assert done.fates[server.url("/always")].error == "ResponseDataLossError"
    assert len(server.hits("/always")) == 3


@pytest.mark.slow
def test_f30_a_page_that_ends_too_early_is_asked_again_and_is_no_version(tmp_path: Path) -> None:
    start = datetime.now(UTC).replace(microsecond=0) - timedelta(days=10)
    longer = [f"<p>{'الفقرة الأخيرة من خبر طويل عن افتتاح الميناء الجديد. ' * 20}</p>" for _ in range(3)]
    body = f"<html lang=ar><head><title>خبر</title></head><body><article><h1>خبر رقم 1 عن افتتاح الميناء الجديد</h1>{''.join(longer)}".encode()
    half = body[: len(body) // 2].decode(errors="ignore").encode()
    with Server(GOOD | {"/n/1/": page(body)}) as server:
        assert crawl_at(start, server.url(), folder=tmp_path).site["new"] == 4
        for hours, answer in (
            (5, cut(half, len(body))),
            (12, page(gzip.compress(body)[:-40], Content_Encoding="gzip")),
            (24, raw(OK + b"Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n" + half[:4000])),
        ):
            server.answers["/n/1/"] = answer
            server.exchanges.clear()
            statistics = crawl_at(start + timedelta(hours=hours), server.url(), folder=tmp_path).site
            assert (statistics["changed"], statistics["gone"]) == (0, 0), statistics
            assert len(server.hits("/n/1/")) == 3, "it is asked again twice"
    with Archive.open(tmp_path / "archive") as archive:
        assert len(rows(archive, versions)) == 4
        (kept,) = [row for row in rows(archive, articles) if row["url"].endswith("/n/1/")]
        assert len(kept["text"].split("\n\n")) == 3


@pytest.mark.slow
def test_f19_a_site_that_hangs_takes_no_turn_from_the_others(tmp_path: Path) -> None:
    hanging = {f"/n/{n}/": hang for n in range(1, 5)}
    with Server(GOOD | hanging) as stuck, Server(dict(GOOD)) as free, Server({"/": trickle}) as slow:
        urls = [server.url() for server in (stuck, slow, free)]
        done = crawl_at(datetime.now(UTC), *urls, folder=tmp_path, overrides={"DOWNLOAD_TIMEOUT": 1.5})
        finished = max(exchange.at for exchange in free.exchanges)
        assert [site["status"] for site in done.sites] == ["unhealthy", "unhealthy", "done"]
        assert done.sites[2]["new"] == 4
        assert stuck.hits("/n/4/") or stuck.hits("/n/3/"), "the slot of a page that hung is given to the next"
        assert finished < max(exchange.at for exchange in stuck.exchanges)
