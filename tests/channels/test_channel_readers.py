"""Reading feeds, sitemaps and REST lists: real forms, broken ones, hostile ones."""

import gzip
import json
import time
from datetime import UTC, date, datetime, timedelta

import lxml.html
import pytest

from crawler.channels.entries import Entry, has_trusted_dates, parse_instant, within_days
from crawler.channels.feeds import feed_links, paged, read_feed, unpaged
from crawler.channels.rest import api_links, monthly_archives, posts_url, read_posts
from crawler.channels.sitemaps import days_covered, is_news, may_list_articles, read_sitemap

HOME = "https://news.example/"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def ours(url: str) -> bool:
    return url.startswith(HOME)


def feed(body: str | bytes) -> list[Entry]:
    raw = body.encode() if isinstance(body, str) else body
    found = read_feed(raw, HOME + "feed/", is_ours=ours)
    return list(found.entries) if found else []


def sitemap(body: str | bytes, url: str = HOME + "sitemap.xml") -> list[str]:
    raw = body.encode() if isinstance(body, str) else body
    found = read_sitemap(raw, url, is_ours=ours)
    return [entry.url for entry in found.entries] + [file.url for file in found.files] if found else []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-19T10:00:00+03:00", datetime(2026, 11, 19, 7, tzinfo=UTC)),
        ("2026-11-19T10:00:00.1234567Z", datetime(2026, 11, 19, 10, 0, 0, 123456, tzinfo=UTC)),
        ("2026-11-19", datetime(2026, 11, 19, tzinfo=UTC)),
        ("2026-11-19T10:00:00", datetime(2026, 11, 19, 10, tzinfo=UTC)),
        ("Thu, 19 Nov 2026 10:00:00 +0300", datetime(2026, 11, 19, 7, tzinfo=UTC)),
        ("Thu, 19 Nov 2026 10:00:00 GMT", datetime(2026, 11, 19, 10, tzinfo=UTC)),
        ("1795082400", datetime(2026, 11, 19, 10, tzinfo=UTC)),
        *(
            (junk, None)
            for junk in ("", "soon", "0000-00-00T00:00:00", "1970-01-01", "9999-12-31T23:59:59-14:00", "١٢")
        ),
        ("9" * 500, None),
    ],
)
def test_dates_are_read_in_every_form_that_machines_write(text: str, expected: datetime | None):
    assert parse_instant(text) == expected


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
    found = read_feed(RSS.format(next=following, tail=END).encode(), HOME + "feed/", is_ours=ours)
    assert found is not None
    assert found.following == HOME + "feed/?page=2"
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


URLSET = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="n" xmlns:image="i">{0}</urlset>'


def test_a_sitemap_gives_articles_with_their_dates_and_no_listings():
    body = URLSET.format(
        "<url><loc>https://news.example/</loc></url><url><loc>https://news.example/category/x/</loc></url>"
        "<url><loc>\n https://news.example/1/ \n</loc><lastmod>2026-11-19</lastmod>"
        "<image:image><image:loc>https://news.example/a.jpg</image:loc></image:image></url>"
        "<url><loc>https://other.example/2/</loc></url><url><loc></loc></url>"
        "<url><loc>https://news.example/3/</loc><news:news><news:publication_date>2026-11-20T10:00:00+03:00"
        "</news:publication_date></news:news></url>"
    )
    found = read_sitemap(body.encode(), HOME + "sitemap.xml", is_ours=ours)
    assert found is not None
    assert found.entries == (
        Entry(HOME + "1/", None, datetime(2026, 11, 19, tzinfo=UTC)),
        Entry(HOME + "3/", datetime(2026, 11, 20, 7, tzinfo=UTC)),
    )
    assert found.news


def test_an_index_gives_its_files_newest_first():
    files = (
        ("post-sitemap1.xml", "2026-01-01"),
        ("post-sitemap2.xml", "2026-11-19"),
        ("news-sitemap.xml", ""),
        ("post-sitemap3.xml", ""),
    )
    body = "".join(f"<sitemap><loc>{HOME}{name}</loc><lastmod>{day}</lastmod></sitemap>" for name, day in files)
    assert sitemap(f"<sitemapindex>{body}</sitemapindex>") == [
        HOME + name for name in ("news-sitemap.xml", "post-sitemap2.xml", "post-sitemap1.xml", "post-sitemap3.xml")
    ]


def test_gzip_and_plain_text_are_read_and_a_bomb_is_not():
    body = URLSET.format(f"<url><loc>{HOME}1/</loc></url>")
    assert sitemap(gzip.compress(body.encode())) == [HOME + "1/"]
    assert sitemap(f"{HOME}1/\n{HOME}2/\nhttps://other.example/\n") == [HOME + "1/", HOME + "2/"]
    assert sitemap(gzip.compress(b" " * (65 * 1024 * 1024))) == []


def test_a_sitemap_of_fifty_thousand_entries_is_read_whole():
    entries = "".join(f"<url><loc>{HOME}{n}/</loc></url>" for n in range(50_000))
    assert len(sitemap(URLSET.format(entries))) == 50_000


@pytest.mark.parametrize(
    "name",
    [
        *(
            "post-sitemap.xml",
            "post-sitemap12.xml",
            "wp-sitemap-posts-post-1.xml",
            "sitemap-2025-10.xml",
            "articles.xml",
        ),
        *("news-sitemap.xml", "sitemap-pt-post-p1-2024-05.xml", "sitemap_1.xml.gz"),
    ],
)
def test_files_of_articles_are_known_by_name(name: str):
    assert may_list_articles(HOME + name)


@pytest.mark.parametrize(
    "name",
    [
        *("category-sitemap.xml", "post_tag-sitemap2.xml", "author-sitemap.xml", "page-sitemap.xml"),
        *("wp-sitemap-taxonomies-category-1.xml", "wp-sitemap-users-1.xml", "wp-sitemap-posts-page-1.xml"),
        *("sitemap-tags.xml", "sitemap/authors.xml"),
    ],
)
def test_files_of_tags_authors_and_pages_are_known_by_name(name: str):
    assert not may_list_articles(HOME + name)


def test_a_file_s_name_may_tell_its_days():
    assert days_covered(HOME + "sitemap-2025-02.xml") == (date(2025, 2, 1), date(2025, 2, 28))
    assert days_covered(HOME + "sitemap?yyyy=2025&mm=12") == (date(2025, 1, 1), date(2025, 12, 31))
    assert days_covered(HOME + "2025/12/31.xml") == (date(2025, 12, 31), date(2025, 12, 31))
    assert days_covered(HOME + "sitemap-2023.xml") == (date(2023, 1, 1), date(2023, 12, 31))
    assert days_covered(HOME + "post-sitemap7.xml") is None
    assert is_news(HOME + "google-news.xml")
    assert not is_news("https://news.example/sitemap.xml")


def entries(times: list[datetime]) -> list[Entry]:
    return [Entry(f"{HOME}{n}/", None, when) for n, when in enumerate(times)]


def test_dates_of_change_are_distrusted_when_most_are_alike_or_the_present():
    spread = [NOW - timedelta(days=n + 1) for n in range(10)]
    assert has_trusted_dates(entries(spread), NOW)
    assert not has_trusted_dates(entries([spread[0]] * 6 + spread[:4]), NOW)
    assert not has_trusted_dates(entries([NOW + timedelta(seconds=n) for n in range(6)] + spread[:4]), NOW)
    assert not has_trusted_dates([Entry(HOME)], NOW)


def test_a_span_takes_what_may_have_been_published_in_it():
    found = within_days(
        [
            Entry("old", NOW - timedelta(days=9)),
            Entry("in", NOW - timedelta(days=4)),
            Entry("new", NOW),
            Entry("changed long ago", None, NOW - timedelta(days=9)),
            Entry("changed lately", None, NOW),
            Entry("undated"),
        ],
        date(2026, 11, 15),
        date(2026, 11, 17),
    )
    assert [entry.url for entry in found] == ["in", "changed lately", "undated"]


POST = {
    "id": 1,
    "link": HOME + "1/",
    "date_gmt": "2026-11-19T10:00:00",
    "modified_gmt": "2026-11-20T10:00:00",
    "content": {"protected": True},
}


def posts(value: object) -> list[Entry] | None:
    found = read_posts(json.dumps(value).encode(), HOME, is_ours=ours)
    return list(found.entries) if found else None


def test_rest_posts_give_links_dates_and_passwords():
    at = datetime(2026, 11, 19, 10, tzinfo=UTC)
    assert posts([POST]) == [Entry(HOME + "1/", at, at + timedelta(days=1), protected=True)]
    assert posts([]) == []


@pytest.mark.parametrize("value", [{}, None, "x", [1], [{}], [{"link": 5}], {"code": "rest_forbidden"}, [[]]])
def test_what_is_no_list_of_posts_is_none(value: object):
    assert posts(value) is None
    assert read_posts(b"[" * 100_000, HOME, is_ours=ours) is None


@pytest.mark.parametrize("field", ["link", "date_gmt", "modified_gmt", "content"])
@pytest.mark.parametrize("junk", [None, 7, [], {"a": 1}, "x" * 5000, "http://[::1"])
def test_junk_in_one_field_harms_no_other_post(field: str, junk: object):
    found = posts([{**POST, field: junk}, {**POST, "link": HOME + "2/"}])
    assert found is not None
    assert found[-1].url == HOME + "2/"


def test_the_posts_of_an_api_are_found_from_its_root():
    assert posts_url(HOME + "wp-json/") == HOME + "wp-json/wp/v2/posts?per_page=100"
    assert posts_url(HOME + "wp-json/wp/v2/posts?per_page=100") == HOME + "wp-json/wp/v2/posts?per_page=100"
    assert posts_url(HOME + "index.php?rest_route=/") == HOME + "index.php?rest_route=/wp/v2/posts&per_page=100"


def test_the_archives_of_a_span_are_its_months_newest_first():
    assert monthly_archives("https://news.example", date(2025, 11, 20), date(2026, 1, 3)) == [
        HOME + path for path in ("2026/01/", "2025/12/", "2025/11/")
    ]
