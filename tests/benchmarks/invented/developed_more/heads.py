"""What these sites tell machines. Each lies, leaves out or breaks something of its own."""

import json
from html import escape
from typing import Any

from tests.benchmarks.invented.pages import Page


def titled(page: Page, separator: str = " - ") -> str:
    """The title element with the site's name in front, and nothing else."""
    return f"<title>{escape(page.outlet.title)}{separator}{escape(page.the.headline)}</title>"


def array_of_things(page: Page) -> str:
    """Several JSON-LD objects in one array, the article last; types as lists; the date in its own zone."""
    story = page.the
    things: list[dict[str, Any]] = [
        {"@type": "NewsMediaOrganization", "name": page.outlet.title, "foundingDate": "2009-04-01"},
        {
            "@type": "BreadcrumbList",
            "itemListElement": [{"@type": "ListItem", "position": 1, "name": story.section.label}],
        },
        {
            "@type": ["Article", "NewsArticle"],
            "name": story.headline,
            "datePublished": story.when.isoformat(),
            "creator": [{"@type": "Person", "name": name} for name in story.authors],
            "author": {"@type": "Organization", "name": page.outlet.title},
        },
    ]
    return f"{titled(page)}{_ld(things)}"


def neighbour_canonical(page: Page) -> str:
    """The canonical address and og:url of another article, as a page cache left them."""
    other = page.random.choice([each for each in page.outlet.stories if each is not page.the])
    url = escape(page.outlet.url(other))
    return (
        f'{titled(page, " » ")}<link rel="canonical" href="{url}"><meta property="og:url" content="{url}">'
        f'<meta property="og:title" content="{escape(page.the.headline)}"><meta name="author" content="admin">'
        f'<meta property="og:image" content="{page.image()}">'
    )


def one_for_all(page: Page) -> str:
    """The same title, description, keywords and picture on every page."""
    name = escape(page.outlet.title)
    return (
        f'<title>{name} | صوت الناس</title><meta name="description" content="{name}: أخبار وتحليلات على مدار اليوم">'
        f'<meta name="keywords" content="جريدة,أخبار,{name},صحافة"><meta property="og:title" content="{name}">'
        f'<meta property="og:image" content="https://{page.outlet.host}/logo-share.png"><meta name="author" content="{name}">'
    )


def truncated(page: Page) -> str:
    """og:title cut after a few words, JSON-LD cut in the middle of a string."""
    story = page.the
    cut = escape(" ".join(story.headline.split()[:4]) + "...")
    said = json.dumps(
        {"@type": "NewsArticle", "headline": story.headline, "articleBody": story.paragraphs[0]}, ensure_ascii=False
    )
    return (
        f'<title>{cut}</title><meta property="og:title" content="{cut}"><meta property="og:image" content="{page.image()}">'
        f'<script type="application/ld+json">{said[:-20]}</script>'
    )


def plugin(page: Page) -> str:
    """Meta elements of an old plugin: the moment, an address as author, an account as the other author."""
    story = page.the
    return (
        f'{titled(page, " | ")}<meta property="article:published_time" content="{story.when.isoformat()}">'
        f'<meta name="twitter:title" content="{escape(story.headline)}"><meta property="article:author" content="https://www.facebook.com/x{story.number % 9}">'
        f'<meta property="og:image" content="{page.image()}"><meta name="author" content="editor2">'
    )


def _ld(data: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'
