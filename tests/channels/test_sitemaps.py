"""Reading sitemaps: lists and indexes, plain and packed, with dates that can be trusted or not."""

import gzip
from datetime import UTC, date, datetime, timedelta

import pytest

from crawler.channels.entries import Entry, ListRules, has_trusted_dates, within_days
from crawler.channels.sitemaps import days_covered, is_news, may_list_articles, read_sitemap

HOME = "https://news.example/"


NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def ours(url: str) -> bool:
    return url.startswith(HOME)


RULES = ListRules(ours, NOW)


def sitemap(body: str | bytes, url: str = HOME + "sitemap.xml") -> list[str]:
    raw = body.encode() if isinstance(body, str) else body
    result = read_sitemap(raw, url, RULES)
    return [entry.url for entry in result.entries] + [file.url for file in result.files] if result else []


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
    result = read_sitemap(body.encode(), HOME + "sitemap.xml", RULES)
    assert result is not None
    assert result.entries == (
        Entry(HOME + "1/", None, datetime(2026, 11, 19, tzinfo=UTC)),
        Entry(
            HOME + "3/",
            datetime(2026, 11, 20, 7, tzinfo=UTC),
            published_raw="2026-11-20T10:00:00+03:00",
            published_precision="second",
        ),
    )
    assert result.news


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
    taken = within_days(
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
    assert [entry.url for entry in taken] == ["in", "changed lately", "undated"]
