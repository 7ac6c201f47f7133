"""What is fed with rubbish: each reader of bytes from elsewhere, and what holds of its answer whatever it gets."""

import gzip
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from crawler.channels.entries import ListRules
from crawler.channels.feeds import read_feed
from crawler.channels.rest import read_posts
from crawler.channels.sitemaps import read_sitemap
from crawler.dates.parser import parse_date
from crawler.extract import extract
from crawler.http.robots import parse_robots
from crawler.site import Site
from storage.errors import UsageError
from storage.records import Capture
from storage.search.query_language import parse
from storage.warc.gzip_members import MAX_RECORD_BYTES, members
from storage.warc.payloads.third_party_pages import WarcPage
from storage.warc.reader import records
from storage.warc.third_party import third_party_records
from storage.warc.torn_files import scan

HOME = "https://news.example/"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
RULES = ListRules(lambda url: url.startswith(HOME), NOW)
SITE = Site("fuzzed", HOME)


@dataclass(frozen=True, slots=True)
class Target:
    """A reader. check: raises where an answer is wrong, or the reader does. seeds: inputs to begin with.

    words: pieces of its language, put into inputs.
    """

    check: Callable[[bytes], None]
    seeds: Sequence[bytes]
    words: Sequence[str] = ()


def _page(data: bytes) -> None:
    head, _, body = data.partition(b"\n\n")
    charset = head.decode("latin-1")[:40].strip()
    headers = (("Content-Type", f"text/html; charset={charset}"),)
    extraction = extract(Capture(HOME + "2026/11/19/a", SITE.name, NOW, 200, headers, body), SITE)
    assert (extraction.article is None) != (extraction.reason is None)
    if extraction.article is not None:
        article = extraction.article
        assert article.text.strip()
        assert article.published_at is None or article.published_at.tzinfo is not None
        for text in (article.title, article.text, *article.authors, *article.tags):
            assert "\x00" not in text
            text.encode()


def _date(data: bytes) -> None:
    for country in (None, "SA"):
        parsed = parse_date(data.decode("utf-8", "replace"), now=NOW, timezone="Asia/Riyadh", country=country)
        assert parsed is None or parsed.value.tzinfo is not None


def _list(data: bytes) -> None:
    for result in (read_feed(data, HOME + "feed/", RULES), read_sitemap(data, HOME + "a.xml", RULES)):
        for entry in result.entries if result else ():
            assert entry.url.startswith(HOME)
            assert entry.published_at is None or entry.published_at.tzinfo is not None
            entry.url.encode()


def _rest(data: bytes) -> None:
    posts = read_posts(data, HOME + "wp-json/wp/v2/posts", RULES)
    for entry in posts.entries if posts else ():
        assert entry.url.startswith(HOME)


def _robots(data: bytes) -> None:
    rules = parse_robots(data, "warraq")
    assert isinstance(rules.allows(HOME + "2026/خبر?a=%D8"), bool)
    assert rules.delay_s is None or rules.delay_s >= 0


def _query(data: bytes) -> None:
    text = data.decode("utf-8", "surrogateescape")  # lone surrogates come from shells, too
    for exact in (False, True):
        try:
            parse(text, exact=exact)
        except UsageError:  # an answer, too
            continue


def _warc(data: bytes) -> None:
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        for name, content in (("a.warc.gz", data), ("b.warc.gz", gzip.compress(data, 1))):
            path = Path(folder, name)
            path.write_bytes(content)
            size = len(content)
            for member in members(path):
                assert 0 <= member.offset < member.offset + member.length <= size
                assert member.content is None or len(member.content) <= MAX_RECORD_BYTES
            for part in scan(path):
                assert part.offset <= size
            for record in records(path, name):
                assert record.capture.url
            for each in third_party_records(path):
                if isinstance(each, WarcPage):
                    assert each.capture.fetched_at.tzinfo is not None


_HTML = """<!doctype html><html lang="ar"><head><title>عنوان الخبر | صحيفة</title>
<script type="application/ld+json">{"@type":"NewsArticle","headline":"عنوان الخبر","datePublished":"2026-11-19T10:00:00+03:00",
"author":[{"name":"سمر علي"}],"articleBody":"قال الوزير"}</script><meta property="og:title" content="عنوان الخبر"></head>
<body><nav><a href="/">الرئيسية</a></nav><article><h1>عنوان الخبر</h1><time>١٩ نوفمبر ٢٠٢٦</time><div class="entry-content">
<p>قال الوزير إن المشروع سيكتمل في نهاية العام المقبل بعد أن تأخر مرتين، وإن المال موجود.</p><figure><img src="/a.jpg">
<figcaption>تصوير: أحمد</figcaption></figure><p>اقرأ أيضا: <a href="/2/">خبر آخر من الصحيفة نفسها</a></p><ul><li>بند</li></ul>
<table><tr><td>خلية</td></tr></table></div></article><footer>جميع الحقوق محفوظة</footer></body></html>"""
_RSS = f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xml:base="{HOME}"><channel><title>صحيفة</title><item>
<title><![CDATA[عنوان]]></title><link>{HOME}1/?a=1&amp;b=2</link><guid isPermaLink="true">{HOME}1/</guid>
<pubDate>Thu, 19 Nov 2026 10:00:00 +0300</pubDate></item></channel></rss>"""
_SITEMAP = f"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>{HOME}1/</loc><lastmod>2026-11-19</lastmod><news:news><news:publication_date>2026-11-19T10:00:00Z
</news:publication_date></news:news></url></urlset>"""
_ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="alternate" href="{HOME}2/"/><updated>2026-11-19T10:00:00Z
</updated></entry></feed>"""
_INDEX = f"<sitemapindex><sitemap><loc>{HOME}b.xml.gz</loc></sitemap></sitemapindex>"
_POSTS = f"""[{{"link":"{HOME}1/","date_gmt":"2026-11-19T10:00:00","modified_gmt":"2026-11-19T11:00:00",
"content":{{"protected":false}}}}]"""
_ROBOTS = (
    "User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/a$\nCrawl-delay: 2\n\nUser-agent: Warraq\nDisallow: /خبر*?\n"
)
_RECORD = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:8e7a2a51-9a3e-4c8e-9d0e-000000000001>\r\n"
    b"WARC-Date: 2026-11-19T10:00:00Z\r\nWARC-Target-URI: https://news.example/1/\r\n"
    b"Content-Type: application/http; msgtype=response\r\nContent-Length: 88\r\n\r\n"
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>a<\r\n0\r\n\r\n\r\n\r\n"
)

TARGETS: dict[str, Target] = {
    "extract": Target(
        _page,
        [b"utf-8\n\n" + _HTML.encode(), b"windows-1256\n\n" + _HTML.encode("cp1256", "replace")],
        ["<p>", "</p>", "<div", "<script>", "<br>", "<table>", "<form>", "itemprop", "class=", "&#x6f;", "<![CDATA["],
    ),
    "parse_date": Target(
        _date,
        ["٧ أيار ٢٠٢٤ - ١٠:١٥ م".encode(), "منذ ٣ ساعات".encode(), "٥ جمادى الأولى ١٤٤٧ هـ".encode(), b"2026-11-19T10:00:00+03:00"],
        ["نوفمبر", "تشرين الثاني", "الثلاثاء", "أمس", "قبل", "هـ", "م", "ص", "بتوقيت", "GMT+3", "١٤٤٨", "آخر تحديث", "شهر"],
    ),
    "lists": Target(
        _list,
        [each.encode() for each in (_RSS, _SITEMAP, _ATOM, _INDEX)] + [gzip.compress(_RSS.encode())],
        ["<item>", "<loc>", "</loc>", "<link>", "<guid>", "<!DOCTYPE", "<!ENTITY", "&amp;", "<![CDATA[", "]]>", "xml:base="],
    ),
    "rest": Target(_rest, [_POSTS.encode()], ['"link"', '"date_gmt"', "null", "[", "{", "\\u0000", "1e999"]),
    "robots": Target(_robots, [_ROBOTS.encode()], ["User-agent:", "Disallow:", "Allow:", "Crawl-delay:", "Sitemap:", "*", "$"]),
    "query": Target(
        _query,
        ['وزير OR "مجلس الأمن" -مصر title:نفط'.encode(), b"(a | b) + c*"],
        ["OR", "AND", "NOT", '"', "(", ")", "-", "|", "*", ":", "«", "»", "NEAR"],
    ),
    "warc": Target(
        _warc, [_RECORD, gzip.compress(_RECORD)], ["WARC/1.1", "WARC-Type: revisit", "Content-Length:", "Content-Encoding: gzip"]
    ),
}  # fmt: skip
