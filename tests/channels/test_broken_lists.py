"""Feeds and sitemaps that are broken, or are not what they say: read as far as they go, and never wrong."""

import gzip
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.channels.documents import open_document
from crawler.channels.entries import ListRules
from crawler.channels.feeds import read_feed
from crawler.channels.markup_repair import repair
from crawler.channels.sitemaps import read_sitemap

HOME = "https://news.example/"
RULES = ListRules(lambda url: url.startswith(HOME), datetime(2026, 11, 20, 12, tzinfo=UTC))
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
ITEMS = "".join(
    f"<item><title>عنوان {n}</title><link>{HOME}{n}/</link><pubDate>Thu, 19 Nov 2026 10:00:00 +0300</pubDate></item>"
    for n in (1, 2, 3)
)
URLS = "".join(f"<url><loc>{HOME}{n}/</loc><lastmod>2026-11-1{n}</lastmod></url>" for n in (1, 2, 3))
RSS = f'{HEAD}<rss version="2.0"><channel><title>صحيفة</title>{ITEMS}</channel></rss>'
SITEMAP = f'{HEAD}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{URLS}</urlset>'
ALL = [f"{HOME}{n}/" for n in (1, 2, 3)]


def feed(body: str | bytes, content_type: str | None = None) -> list[str]:
    raw = body.encode() if isinstance(body, str) else body
    result = read_feed(raw, HOME + "feed/", RULES, content_type=content_type)
    return [entry.url for entry in result.entries] if result else []


def sitemap(body: str | bytes) -> list[str]:
    raw = body.encode() if isinstance(body, str) else body
    result = read_sitemap(raw, HOME + "sitemap.xml", RULES)
    return [entry.url for entry in result.entries] if result else []


NOTICE = "<br />\n<b>Warning</b>:  Undefined variable $a in <b>/var/www/x.php</b> on line <b>12</b><br />\n"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: NOTICE + text,
        lambda text: "Notice: Undefined index: a in /var/www/x.php on line 3\n" + text,
        lambda text: "\n \ufeff" + text,
        lambda text: text + "\n<!-- cached --><script>if (a < b && c) {}</script>",
        lambda text: text + text[:300],
        lambda text: text.replace("UTF-8", "utf-16"),
        lambda text: text.replace("UTF-8", "windows-1256"),
        lambda text: text.replace("UTF-8", "no-such-charset"),
        lambda text: text.upper().replace(HOME.upper(), HOME),
        lambda text: text.replace("<link>", "<LINK>").replace("<loc>", "<LOC>"),
        lambda text: text.replace("<link>", "<x:link>").replace("</link>", "</x:link>"),
        lambda text: text.replace("</item>", "").replace("</url>", ""),
        lambda text: text.replace("</link>", "").replace("</loc>", ""),
        lambda text: text.replace("</title>", "<br> <p>و & ثم &nbsp;&laquo; <img src=a.jpg> 1 < 2</title>"),
        lambda text: text.replace("</title>", "<![CDATA[ بلا نهاية</title>").replace("<loc>", "<loc><!-- "),
        lambda text: text.replace("<link>", "<link/>"),
        lambda text: text.replace("<title>", "<title>\x00\x0b\x1f"),
        lambda text: text.replace(f">{HOME}", f">\u200f\u202b {HOME}").replace("/</", "/\u200e\u202c</"),
        lambda text: text.replace(f">{HOME}", ">\n").replace("<channel>", f'<channel xml:base="{HOME}">'),
    ],
    ids=[
        *("a notice", "a notice in text", "blanks before", "a script after", "printed twice", "utf-16 said"),
        *("windows-1256 said", "nonsense said", "capitals", "capitals at one end", "unknown prefix", "no end of items"),
        *("no end of links", "open HTML", "open CDATA", "HTML's link", "control characters", "marks of direction"),
        "relative",
    ],
)
def test_a_fault_costs_no_entry(spoil) -> None:
    assert feed(spoil(RSS)) == ALL
    if "<!-- " not in spoil(SITEMAP) or "cached" in spoil(SITEMAP):
        assert sitemap(spoil(SITEMAP)) == ALL


@pytest.mark.parametrize("mark", ["&", "&amp;", "&amp;amp;", "&#038;", "&amp;#038;"])
@pytest.mark.parametrize("name", ["cat", "copy", "lt", "section"])
def test_an_ampersand_of_a_link_is_one_however_it_is_written(mark: str, name: str) -> None:
    link = f"{HOME}show.php?id=7{mark}{name}=5"
    assert feed(f"<rss><channel><item><link>{link}</link></item></channel></rss>") == [f"{HOME}show.php?id=7&{name}=5"]
    assert feed(f"<rss><item><link><![CDATA[{link}]]></link></item></rss>") == [f"{HOME}show.php?id=7&{name}=5"]
    assert sitemap(f"<urlset><url><loc>{link}</loc></url></urlset>") == [f"{HOME}show.php?id=7&{name}=5"]


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "windows-1256", "iso8859-6"])
@pytest.mark.parametrize("said", ["UTF-8", "utf-16", "windows-1256"])
def test_the_charset_is_that_of_the_bytes(charset: str, said: str) -> None:
    text = RSS.replace("UTF-8", said).replace(f"{HOME}1/", f"{HOME}خبر-عاجل/")
    assert feed(text.encode(charset), f"application/rss+xml; charset={charset}") == [f"{HOME}خبر-عاجل/", *ALL[1:]]


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_gzip_is_undone_in_gzip(layers: int) -> None:
    for text, entries in ((RSS, feed), (SITEMAP, sitemap)):
        body = text.encode()
        for _ in range(layers):
            body = gzip.compress(body)
        assert entries(body) == ALL


def test_more_layers_are_refused() -> None:
    body = SITEMAP.encode()
    for _ in range(4):
        body = gzip.compress(body)
    assert open_document(body) is None


def many(count: int) -> str:
    return "<urlset>" + "".join(f"<url><loc>{HOME}{n:08x}-{n * 7919:x}/</loc></url>" for n in range(count))


@pytest.mark.parametrize("share", [0.3, 0.77, 0.999])
def test_of_gzip_that_is_cut_off_what_came_is_used_and_no_url_is_shortened(share: float) -> None:
    whole = [f"{HOME}{n:08x}-{n * 7919:x}/" for n in range(3000)]
    for text in (many(3000) + "</urlset>", "\n".join(whole)):
        packed = gzip.compress(text.encode())
        urls = sitemap(packed[: int(len(packed) * share)])
        assert urls == whole[: len(urls)]
        assert len(urls) > 3000 * share / 2


@given(st.integers(0, len(RSS)))
def test_a_cut_feed_gives_no_url_that_the_complete_one_does_not_have(length: int) -> None:
    assert feed(RSS[:length]) == ALL[: len(feed(RSS[:length]))]
    assert sitemap(SITEMAP[:length]) == ALL[: len(sitemap(SITEMAP[:length]))]


def item(link: str, guid: str) -> str:
    return f"<item><link>{link}</link>{guid}</item>"


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (item(HOME, f"<guid>{HOME}1/</guid>"), [ALL[0]]),
        (item(HOME, '<guid isPermaLink="true">/1/</guid>'), [ALL[0]]),
        (item(HOME, f'<guid isPermaLink="false">{HOME}1/</guid>'), []),
        (
            item(HOME + "news?all=1", f"<guid>{HOME}1/</guid>") + item(HOME + "news?all=1", f"<guid>{HOME}2/</guid>"),
            ALL[:2],
        ),
        (item(HOME + "1/", f"<guid>{HOME}?p=1</guid>") + item(HOME + "2/", f"<guid>{HOME}?p=2</guid>"), ALL[:2]),
        (item(HOME + "1/", f"<guid>{HOME}?p=1</guid>") * 2, ALL[:1]),
        (item("", f"<guid>{HOME}1/</guid>"), ALL[:1]),
    ],
)
def test_a_permalink_counts_where_the_link_is_no_article_s(items: str, expected: list[str]) -> None:
    assert feed(f"<rss><channel>{items}</channel></rss>") == expected


def test_xml_base_holds_for_what_it_contains() -> None:
    body = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{HOME}a/"><entry xml:base="b/"><link href="1/"/></entry>'
        f'<entry><link href="../2/" xml:base="c/"/></entry><entry xml:base="http://[::1"><link href="3/"/></entry>'
        '<entry xml:base="https://other.example/"><link href="4/"/></entry></feed>'
    )
    assert feed(body) == [HOME + "a/b/1/", HOME + "a/2/", HOME + "a/3/"]


@pytest.mark.parametrize(
    "body", ["<html><head><title>x</title></head><body><pre><rss><item><link>/1/</link></item></rss></pre></body></html>",
             "<!doctype html><p>a < b <feed>", "نص عن <rss", "[1, 2]"],
)  # fmt: skip
def test_a_page_about_feeds_is_no_feed(body: str) -> None:
    assert read_feed(body.encode(), HOME, RULES) is None
    assert read_sitemap(body.encode(), HOME, RULES) is None


ENTITY = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("before", ["", NOTICE, "\n\n"])
def test_a_broken_list_that_declares_entities_gives_nothing(before: str) -> None:
    assert feed(f"{before}{ENTITY}<rss><item><link>{HOME}&b;</link><br></item></rss>") == []


_PIECES = st.sampled_from(
    ["<item>", "</item>", "<entry>", "<url>", "</url>", "<link>", "</link>", '<link href="', "/1/", HOME, "&", "&amp;",
     "&nbsp;", "&#0;", "&#xD800;", "<![CDATA[", "]]>", "<!--", "-->", "<?", "?>", "<!", "<br>", "</", "<", ">", '"', "'",
     "\x00", "\ud800", "\ufffe", "نص", "<a:b c=d>", "<loc>", "</loc>", 'xml:base="//["', " ", "<rss>", "</rss>", "="],
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(_PIECES, max_size=60), st.sampled_from(["<rss>", "<feed>", "<urlset>", "<SITEMAPINDEX>", ""]))
def test_no_markup_raises_and_no_foreign_url_comes_of_it(pieces: list[str], root: str) -> None:
    body = (root + "".join(pieces)).encode("utf-8", "surrogatepass")
    assert all(url.startswith(HOME) for url in (*feed(body), *sitemap(body)))


@given(st.binary(max_size=400), st.sampled_from([b"", b"\x1f\x8b\x08\0", b"\xff\xfe", b"<rss>", b"<\0r\0", b"\0<\0r"]))
def test_no_bytes_raise(body: bytes, start: bytes) -> None:
    feed(start + body)
    sitemap(start + body)


@pytest.mark.parametrize(
    "unit",
    ["<![CDATA[", "<![CDATA[]]", "<a ", "<a x='", "<a \"'", "<item>", "<link>", "</a>", "<a>", "<a b=c ", "&", "&a;", "<!--",
     "<?", "<!", "<![", "]]>", "<a b='&", "<x:y:z ", "<a =\"'", "\u200f", "<loc>\u200f"],
)  # fmt: skip
def test_repair_is_linear_in_the_length(unit: str) -> None:
    def seconds(count: int) -> float:
        text = "<rss>" + unit * count
        began = time.process_time()
        repair(text, frozenset(("item",)))
        return time.process_time() - began

    short, long = min(seconds(4_000) for _ in range(3)), min(seconds(32_000) for _ in range(2))
    assert long < 24 * max(short, 0.01)
