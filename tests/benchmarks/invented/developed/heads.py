"""What the developed sites say of a page to machines: right, broken, nothing, or wrong."""

import json
from html import escape
from typing import Any

from tests.benchmarks.invented.pages import Page


def full(page: Page, *, kind: str = "NewsArticle") -> str:
    """Everything that search engines ask for."""
    story = page.the
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": kind,
        "headline": story.headline,
        "datePublished": story.when.isoformat(),
        "dateModified": story.when.isoformat(),
        "articleSection": story.section.label,
        "keywords": list(story.tags),
        "author": [{"@type": "Person", "name": name} for name in story.authors]
        or [{"@type": "Organization", "name": page.outlet.title}],
        "publisher": {"@type": "Organization", "name": page.outlet.title},
        "image": [page.image()],
    }
    return open_graph(page) + _script(json.dumps(data, ensure_ascii=False))


def broken(page: Page) -> str:
    """JSON-LD with a bare line break in a string and a comma too many, as templates without escaping print it."""
    story = page.the
    return open_graph(page) + _script(
        f'{{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "{story.headline}",\n'
        f'"description": "{story.paragraphs[0][:90]}\n", "datePublished": "{story.when.isoformat()}",\n'
        f'"author": {{"@type": "Person", "name": "{page.outlet.title}"}},}}'
    )


def company(page: Page) -> str:
    """A plugin's graph: the site as the writer of every article."""
    story = page.the
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": page.outlet.title, "url": f"https://{page.outlet.host}/"},
            {"@type": "WebPage", "name": f"{story.headline} - {page.outlet.title}"},
            {
                "@type": "Article",
                "headline": story.headline,
                "datePublished": story.when.isoformat(),
                "author": {"@type": "Person", "name": page.outlet.title},
            },
        ],
    }
    return open_graph(page) + _script(json.dumps(data, ensure_ascii=False))


def same_everywhere(page: Page) -> str:
    """The site's name as title of every page, one description for all, and the home page as canonical address."""
    name = escape(page.outlet.title)
    return (
        f'<title>{name}</title><meta property="og:title" content="{name}"><meta property="og:type" content="website">'
        f'<meta name="description" content="{name} موقع إخباري شامل"><meta name="keywords" content="اخبار,عاجل,{name}">'
        f'<meta name="author" content="{name}"><link rel="canonical" href="https://{page.outlet.host}/">'
    )


def bare(page: Page) -> str:
    """A title and nothing else."""
    return f"<title>{escape(page.outlet.title)} :: {escape(page.the.headline)}</title>"


def open_graph(page: Page) -> str:
    """Title, description, picture and address."""
    story = page.the
    url = escape(page.outlet.url(story))
    return (
        f"<title>{escape(story.headline)} | {escape(page.outlet.title)}</title>"
        f'<meta property="og:title" content="{escape(story.headline)}"><meta property="og:type" content="article">'
        f'<meta property="og:description" content="{escape(story.paragraphs[0][:150])}">'
        f'<meta property="og:site_name" content="{escape(page.outlet.title)}">'
        f'<meta property="og:image" content="{page.image()}"><link rel="canonical" href="{url}">'
    )


def _script(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'
