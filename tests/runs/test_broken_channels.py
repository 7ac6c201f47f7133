"""Sites whose feeds and sitemaps are broken, or are not what they say: crawled whole, from the command line."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.hostile import Answer, Server, page, robots
from tests.support.newspapers.small_site import TEXT
from tests.support.running import warraq

NUMBERS = (1, 2, 3)
SAID = "Fri, 01 May 2026 10:00:00 +0300"


def story(number: int) -> Answer:
    """An article without a date."""
    title = f"خبر رقم {number} عن افتتاح الميناء الجديد"
    return page(
        f'<html lang="ar"><head><title>{title}</title></head><body><article><h1>{title}</h1>{TEXT.format(n=number)}'
        "</article></body></html>"
    )


def home(more: str = "") -> Answer:
    return page(f'<html lang="ar" dir="rtl"><head><title>صحيفة</title></head><body>{more}</body></html>')


def rss(items: str) -> str:
    return f'<?xml version="1.0" encoding="windows-1256"?><rss version="2.0"><channel>{items}</channel></rss>'


def item(path: str, rest: str = "") -> str:
    return f"<item><link>{path}</link><pubDate>{SAID}</pubDate><description>سطر <br> آخر</description>{rest}</item>"


def site(paths: list[str], more: dict[str, Answer]) -> dict[str, Answer]:
    return {"/": home('<a href="/feed">خلاصات</a>'), **{path: story(n) for n, path in enumerate(paths, 1)}, **more}


def crawl(folder: Path, server: Server) -> dict[str, Any]:
    """What the crawl's export has, by path."""
    ran = warraq("crawl", server.url("/"), "--allow-host", "127.0.0.1", "--delay", "0", "--json", cwd=folder)
    assert "Traceback" not in ran.err, ran.err
    return exported(folder, server)


def exported(folder: Path, server: Server) -> dict[str, Any]:
    ran = warraq("export", "-", cwd=folder)
    records = [json.loads(line) for line in ran.out.splitlines()]
    return {record["url"].removeprefix(server.url("")): record for record in records}


PLAIN = [f"/n/{n}/" for n in NUMBERS]
QUERY = [f"/show.php?id={n}&cat=5" for n in NUMBERS]
HIJRI = [f"/1447/05/{n:02}/خبر/" for n in NUMBERS]


def a_plain_link_to_a_feed() -> dict[str, Answer]:
    return site(PLAIN, {"/feed": page(rss("".join(map(item, PLAIN))), Content_Type="text/html")})


def a_feed_as_sitemap() -> dict[str, Answer]:
    named = {"/robots.txt": robots("User-agent: *\nSitemap: /list.xml\n")}
    return site(PLAIN, {**named, "/": home(), "/list.xml": page(rss("".join(map(item, PLAIN))))})


def bare_ampersands() -> dict[str, Answer]:
    return site(QUERY, {"/feed": page(rss("".join(map(item, QUERY))))})


def hijri_years() -> dict[str, Answer]:
    return site(
        [path.replace("خبر", "%D8%AE%D8%A8%D8%B1") for path in HIJRI], {"/feed": page(rss("".join(map(item, HIJRI))))}
    )


@pytest.mark.slow
@pytest.mark.parametrize("make", [a_plain_link_to_a_feed, a_feed_as_sitemap, bare_ampersands, hijri_years])
def test_every_article_is_archived_with_the_feed_s_date(tmp_path: Path, make: Callable[[], dict[str, Answer]]) -> None:
    with Server(make()) as server:
        crawled = crawl(tmp_path, server)
    assert len(crawled) == len(NUMBERS), crawled.keys()
    for record in crawled.values():
        assert record["published_at"] == "2026-05-01T10:00:00+03:00"
        assert (record["published_source"], record["published_raw"]) == ("feed", SAID)


@pytest.mark.parametrize("encoded", [False, True])
def test_of_a_sitemap_that_is_cut_off_what_came_is_used(tmp_path: Path, encoded: bool) -> None:
    urls = "".join(f"<url><loc>{path}</loc></url>" for path in PLAIN)
    packed = gzip.compress(f"<urlset>{urls}</urlset>".encode(), mtime=0)[:-12]
    headers = {"Content_Type": "text/xml", "ETag": '"1"'} | ({"Content_Encoding": "gzip"} if encoded else {})
    with Server(site(PLAIN, {"/": home(), "/sitemap.xml": page(packed, **headers)})) as server:
        assert set(crawl(tmp_path, server)) == set(PLAIN)


def test_a_channel_s_date_survives_reextraction_and_a_rebuild(tmp_path: Path) -> None:
    with Server(a_plain_link_to_a_feed()) as server:
        before = crawl(tmp_path, server)
        assert warraq("reextract", cwd=tmp_path).code == 0
        assert exported(tmp_path, server) == before
        for leftover in (tmp_path / "archive").glob("warraq.db*"):
            leftover.unlink()
        ran = warraq("repair", cwd=tmp_path)
        assert ran.code == 0, ran.err
        again = exported(tmp_path, server)
    keys = ("published_at", "published_raw", "published_precision", "published_source")
    assert {url: [each[key] for key in keys] for url, each in again.items()} == {
        url: [each[key] for key in keys] for url, each in before.items()
    }
