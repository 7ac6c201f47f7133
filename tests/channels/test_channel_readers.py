"""Reading feeds, sitemaps and REST lists: real forms, broken ones, hostile ones."""

import json
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import lxml.html
import pytest

from crawler.channels.entries import Entry, ListRules
from crawler.channels.feeds import feed_links, paged, read_feed, unpaged
from crawler.channels.rest import api_links, monthly_archives, posts_url, read_posts
from crawler.channels.sitemaps import read_sitemap

HOME = "https://news.example/"


def ours(url: str) -> bool:
    return url.startswith(HOME)


RULES = ListRules(ours, datetime(2026, 11, 20, 12, tzinfo=UTC))


def bare(entries: Iterable[Entry]) -> list[Entry]:
    """The entries without the dates as printed."""
    return [replace(each, published_raw=None, published_precision=None) for each in entries]


def feed(body: str | bytes) -> list[Entry]:
    raw = body.encode() if isinstance(body, str) else body
    result = read_feed(raw, HOME + "feed/", RULES)
    return bare(result.entries) if result else []


def sitemap(body: str | bytes, url: str = HOME + "sitemap.xml") -> list[str]:
    raw = body.encode() if isinstance(body, str) else body
    result = read_sitemap(raw, url, RULES)
    return [entry.url for entry in result.entries] + [file.url for file in result.files] if result else []


RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>صحيفة</title><link>https://news.example/</link>
<atom:link rel="self" href="https://news.example/feed/"/>{next}
<item><title>خبر</title><link>https://news.example/1/?utm_source=rss</link>
<guid isPermaLink="false">https://news.example/?p=1</guid><pubDate>Thu, 19 Nov 2026 10:00:00 +0300</pubDate></item>
<item><title>آخر</title><guid>https://news.example/2/</guid></item>
<item><title>غريب</title><link>https://other.example/3/</link></item>{tail}"""
END = "</channel></rss>"


def test_rss_gives_links_and_dates_and_leaves_out_other_hosts():
    assert feed(RSS.format(next="", tail=END)) == [
        Entry(HOME + "1/?utm_source=rss", datetime(2026, 11, 19, 7, tzinfo=UTC)),
        Entry(HOME + "2/"),
    ]


@pytest.mark.parametrize(
    ("stated", "meant"),
    [
        ("7/?PHPSESSID=5e5b67a8f0b5e5b67a8f0b5e5b", "7/"),
        ("7/?id=2&amp;amp;PHPSESSID=5e5b6&amp;page=3", "7/?id=2&page=3"),
        ("7.jsp;jsessionid=ABC123DEF456.node1?id=2", "7.jsp?id=2"),
        ("7/?sid=12", "7/?sid=12"),  # too short for a session's: it may be a section's
    ],
)
def test_channels_name_articles_without_the_session_of_who_asked(stated: str, meant: str):
    item = f"<item><title>خبر</title><link>https://news.example/{stated}</link></item>"
    assert [entry.url for entry in feed(RSS.format(next="", tail=item + END))][2:] == [HOME + meant]
    urls = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{HOME}{stated}</loc></url></urlset>'
    assert sitemap(urls) == [HOME + meant]


def test_atom_rdf_and_feedburner_are_read():
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="enclosure" href="/a.mp3"/><link href="/5/"/>'
        "<published>2026-11-18T00:00:00Z</published><updated>2026-11-19T00:00:00Z</updated></entry></feed>"
    )
    assert feed(atom) == [
        Entry(HOME + "5/", datetime(2026, 11, 18, tzinfo=UTC), datetime(2026, 11, 19, tzinfo=UTC)),
    ]
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel/><item><link>https://news.example/6/</link>'
        "<dc:date>2026-11-18</dc:date></item></rdf:RDF>"
    )
    assert feed(rdf) == [Entry(HOME + "6/", datetime(2026, 11, 18, tzinfo=UTC))]
    burner = (
        '<rss xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><item>'
        "<link>http://feedproxy.example/~r/x</link><feedburner:origLink>https://news.example/7/</feedburner:origLink>"
        "</item></channel></rss>"
    )
    assert [entry.url for entry in feed(burner)] == [HOME + "7/"]


def test_a_paged_feed_names_its_next_page():
    following = '<atom:link rel="next" href="https://news.example/feed/?page=2"/>'
    result = read_feed(RSS.format(next=following, tail=END).encode(), HOME + "feed/", RULES)
    assert result is not None
    assert result.following == HOME + "feed/?page=2"
    assert paged(HOME + "feed/?paged=2", 3) == HOME + "feed/?paged=3"
    assert unpaged(HOME + "feed/?paged=3") == HOME + "feed/"


@pytest.mark.parametrize(
    "tail",
    ["", "<item><link>https://news.example/9/</link>", "<item>&nbsp;&laquo;<b></item>" + END, "\x00\x01" + END],
    ids=["cut", "cut in an item", "undefined entities", "control characters"],
)
def test_a_broken_feed_gives_what_stands_before_the_break(tail: str):
    assert [entry.url for entry in feed(RSS.format(next="", tail=tail))][:2] == [
        HOME + "1/?utm_source=rss",
        HOME + "2/",
    ]


@pytest.mark.parametrize(
    "body", [b"", b"<html><body>x</body></html>", b"{}", b"\xff\xfe\x00", b"<", b"<rss", "نص".encode(), b"\x1f\x8b\x08"]
)
def test_what_is_no_feed_and_no_sitemap_is_none(body: bytes):
    assert not feed(body)
    assert not sitemap(body)


_LAYERS = "".join(f'<!ENTITY {name} "{text * 1000}">' for name, text in (("a", "x"), ("b", "&a;"), ("c", "&b;")))
BOMB = f"<!DOCTYPE rss [{_LAYERS}]>"
FILE = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("doctype", [BOMB, FILE])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_that_declares_entities_gives_nothing_and_at_once(doctype: str, encoding: str):
    began = time.monotonic()
    body = f'{doctype}<rss><channel><item><link>https://news.example/1/</link><title a="&c;">&c;&a;</title></item></channel></rss>'
    assert feed(body.encode(encoding)) == []
    assert sitemap(body.encode(encoding).replace(b"rss", b"urlset")) == []
    assert time.monotonic() - began < 2


def test_a_feed_without_end_is_cut_and_deep_nesting_ends():
    endless = RSS.format(next="", tail="".join(f"<item><link>{HOME}{n}/</link></item>" for n in range(10, 9000)))
    assert len(feed(endless)) == 5000 - 1  # one of those counted is another host's
    assert feed("<rss><channel>" + "<a>" * 100_000) == []


def test_windows_1256_feeds_are_read():
    body = '<?xml version="1.0" encoding="windows-1256"?>' + RSS.format(next="", tail=END).partition("?>")[2]
    assert len(feed(body.encode("windows-1256"))) == 2


HEAD = """<html><head>
<link rel="alternate" type="application/rss+xml" title="الصحيفة &raquo; الخلاصة" href="/feed/">
<link rel="alternate" type="application/rss+xml" title="الصحيفة &raquo; خلاصة التعليقات" href="/comments/feed/">
<link rel="alternate" type="application/json+oembed" href="/oembed/">
<link rel="alternate" type="application/rss+xml" href="https://other.example/feed/">
<link rel="https://api.w.org/" href="/wp-json/"></head></html>"""


def test_the_head_of_a_page_names_its_feeds_and_its_api():
    tree = lxml.html.document_fromstring(HEAD)
    assert feed_links(tree, HOME, is_ours=ours) == [HOME + "feed/"]
    assert api_links(tree, HOME, is_ours=ours) == [HOME + "wp-json/"]


POST = {
    "id": 1,
    "link": HOME + "1/",
    "date_gmt": "2026-11-19T10:00:00",
    "modified_gmt": "2026-11-20T10:00:00",
    "content": {"protected": True},
}


def posts(value: object) -> list[Entry] | None:
    result = read_posts(json.dumps(value).encode(), HOME, RULES)
    return bare(result.entries) if result else None


def test_rest_posts_give_links_dates_and_passwords():
    at = datetime(2026, 11, 19, 10, tzinfo=UTC)
    assert posts([POST]) == [Entry(HOME + "1/", at, at + timedelta(days=1), protected=True)]
    assert posts([]) == []


@pytest.mark.parametrize("value", [{}, None, "x", [1], [{}], [{"link": 5}], {"code": "rest_forbidden"}, [[]]])
def test_what_is_no_list_of_posts_is_none(value: object):
    assert posts(value) is None
    assert read_posts(b"[" * 100_000, HOME, RULES) is None


@pytest.mark.parametrize("field", ["link", "date_gmt", "modified_gmt", "content"])
@pytest.mark.parametrize("junk", [None, 7, [], {"a": 1}, "x" * 5000, "http://[::1"])
def test_junk_in_one_field_harms_no_other_post(field: str, junk: object):
    entries = posts([{**POST, field: junk}, {**POST, "link": HOME + "2/"}])
    assert entries is not None
    assert entries[-1].url == HOME + "2/"


def test_the_posts_of_an_api_are_found_from_its_root():
    assert posts_url(HOME + "wp-json/") == HOME + "wp-json/wp/v2/posts?per_page=100"
    assert posts_url(HOME + "wp-json/wp/v2/posts?per_page=100") == HOME + "wp-json/wp/v2/posts?per_page=100"
    assert posts_url(HOME + "index.php?rest_route=/") == HOME + "index.php?rest_route=/wp/v2/posts&per_page=100"


def test_the_archives_of_a_span_are_its_months_newest_first():
    assert monthly_archives("https://news.example", date(2025, 11, 20), date(2026, 1, 3)) == [
        HOME + path for path in ("2026/01/", "2025/12/", "2025/11/")
    ]
