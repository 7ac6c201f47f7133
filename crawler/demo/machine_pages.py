"""Pages for programs: the RSS feed, the sitemap and robots.txt."""

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from html import escape

from crawler.demo import stories
from crawler.demo.newspaper import NAME
from crawler.demo.page_frame import View
from crawler.demo.post import excerpt
from crawler.demo.stories import Story

FEED_ITEMS = 10
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_RSS = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'


def rss(view: View, title: str, newest: Sequence[Story]) -> str:
    """RSS 2.0 of the newest stories; the content is an excerpt and Yoast's line, as many sites set it."""
    items = "".join(_item(view, story) for story in newest[:FEED_ITEMS])
    return (
        f'{_XML}<rss version="2.0" {_RSS}><channel><title>{escape(title)}</title><link>{view.base}/</link>'
        f"<description>{NAME}</description><language>ar</language>{items}</channel></rss>\n"
    )


def sitemap_index(view: View, changed: datetime) -> str:
    """The index of Yoast SEO: one sitemap of posts. changed: when any post last changed."""
    return (
        f"{_XML}<sitemapindex {_SITEMAP}><sitemap><loc>{view.base}/post-sitemap.xml</loc>"
        f"<lastmod>{changed.isoformat()}</lastmod></sitemap></sitemapindex>\n"
    )


def post_sitemap(view: View, listed: Sequence[Story]) -> str:
    """Every public post, oldest change first, as Yoast orders them."""
    entries = "".join(
        f"<url><loc>{view.url(story)}</loc><lastmod>{view.paper.modified(story).isoformat()}</lastmod>"
        f"<image:image><image:loc>{view.image_url(story)}</image:loc></image:image></url>"
        for story in sorted(listed, key=lambda story: (view.paper.modified(story), story.id))
        if story.kind in ("article", "video")
    )
    image = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
    return f"{_XML}<urlset {_SITEMAP} {image}>{entries}</urlset>\n"


def robots(view: View) -> str:
    """The usual rules, and one folder that no crawler may enter."""
    return (
        "User-agent: *\nDisallow: /wp-admin/\nDisallow: /private/\nAllow: /wp-admin/admin-ajax.php\n\n"
        f"Sitemap: {view.base}/sitemap_index.xml\n"
    )


def _item(view: View, story: Story) -> str:
    url, title = view.url(story), escape(story.title, quote=False)
    names = "".join(
        f"<category><![CDATA[{name}]]></category>"
        for name in (*(category.name for category in stories.badges(story.category)), *story.tags)
    )
    appended = f'ظهرت المقالة <a href="{url}">{title}</a> أولاً على <a href="{view.base}">{NAME}</a>.'
    text = escape(excerpt(story), quote=False)
    return (
        f"<item><title>{title}</title><link>{url}</link>"
        f"<dc:creator><![CDATA[{stories.authors()[story.by[0]].name}]]></dc:creator>"
        f"<pubDate>{format_datetime(view.paper.moment(story))}</pubDate>{names}"
        f'<guid isPermaLink="false">{view.base}/?p={story.id}</guid>'
        f"<description><![CDATA[<p>{text}</p>]]></description>"
        f"<content:encoded><![CDATA[<p>{text}</p>\n<p>{appended}</p>]]></content:encoded></item>"
    )
