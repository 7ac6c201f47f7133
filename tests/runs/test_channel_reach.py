"""How far back a channel of several lists counts as read: what it did not name within that span, it missed."""

from datetime import datetime
from email.utils import format_datetime
from pathlib import Path

from tests.support.newspapers.platform_sites import PaperServer, crawl, serve
from tests.support.newspapers.platform_stories import Paper, Story, stories


def feed(server: PaperServer, held: list[Story]) -> tuple[str, bytes]:
    items = "".join(
        f"<item><title>{each.title}</title><link>{server.url}{each.path}</link>"
        f"<pubDate>{format_datetime(each.published)}</pubDate></item>"
        for each in held
    )
    # A feed of WordPress has older pages, so its first page is not all of it.
    made = "<generator>https://wordpress.org/?v=6.8</generator>"
    return "application/rss+xml", f'<rss version="2.0"><channel><title>x</title>{made}{items}</channel></rss>'.encode()


def news_sitemap(server: PaperServer, held: list[Story]) -> tuple[str, bytes]:
    def entry(path: str, published: datetime) -> str:
        day = f"<news:publication_date>{published.isoformat()}</news:publication_date>"
        return f"<url><loc>{server.url}{path}</loc><news:news>{day}</news:news></url>"

    spaces = (
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    )
    entries = "".join(entry(each.path, each.published) for each in held)
    return "application/xml", f'<?xml version="1.0"?><urlset {spaces}>{entries}</urlset>'.encode()


def test_feeds_count_as_far_as_all_of_them_went_and_sitemaps_as_far_as_any(tmp_path: Path) -> None:
    papers = stories(20)  # newest first
    declared = (
        ', rest="/wp-json/", feeds=("/first.xml", "/second.xml"), sitemaps=("/news.xml", "/news-2.xml")'
        ', channels=("rest", "feed", "sitemap")'
    )
    with serve(Paper(papers, frozenset(("rest",)))) as server:
        extra = server.paper.extra
        # Each feed holds a section of its own: what is older than the shorter one goes may be in neither.
        extra["/first.xml"] = feed(server, papers[:8])
        extra["/second.xml"] = feed(server, papers[14:15])
        # Any one sitemap may hold all articles, so the list that goes furthest back counts.
        extra["/news.xml"] = news_sitemap(server, papers[:4])
        extra["/news-2.xml"] = news_sitemap(server, papers[9:10])
        ran = crawl(tmp_path, server, "MultiChannelSpider", declared=declared)
    assert (ran.code, ran.json["new"]) == (0, 20), ran.out
    channels = ran.json["sites"][0]["channels"]
    assert channels["rest"]["missed"] == 0
    assert channels["feed"]["missed"] == 0
    assert channels["sitemap"]["missed"] == 5  # the fifth to the ninth
