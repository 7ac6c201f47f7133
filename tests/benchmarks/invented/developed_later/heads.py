"""What these sites tell machines: each is wrong, poor or broken in a way of its own."""

import json
from html import escape
from typing import Any

from tests.benchmarks.invented.pages import Page


def built_by(page: Page) -> str:
    """The company that made the site as author, one title, description and picture for all pages."""
    name = escape(page.outlet.title)
    return (
        f'<title>{name}</title><meta name="author" content="ويب لاين لتصميم المواقع والاستضافة"><meta name="generator" content="WL CMS 4.2">'
        f'<meta name="description" content="{name} صحيفة يومية مستقلة تصدر عن دار النشر الحديثة"><meta property="og:description" content="{name} صحيفة يومية مستقلة">'
        f'<meta property="og:image" content="https://{page.outlet.host}/assets/og-default.jpg"><meta property="og:type" content="website">'
    )


def template_dates(page: Page) -> str:
    """JSON-LD of the template: a WebPage that was published when the site was opened; og:title is right."""
    said = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": page.outlet.title,
        "datePublished": "2021-02-14T08:00:00+00:00",
        "dateModified": "2021-02-14T08:00:00+00:00",
        "inLanguage": "ar",
    }
    return f"{_titles(page, ' — ')}{_ld(said)}"


def escaped_ld(page: Page) -> str:
    """JSON-LD with its quotation marks escaped as for HTML, which is no JSON."""
    story = page.the
    said = json.dumps({"@type": "NewsArticle", "headline": story.headline, "author": "desk"}, ensure_ascii=False)
    return f'{_titles(page, " | ")}<script type="application/ld+json">{escape(said)}</script>'


def rendered_now(page: Page) -> str:
    """The moment of rendering as the moment of publication; an account as author."""
    now = page.fetched.isoformat(timespec="seconds")
    return (
        f'{_titles(page, " - ")}<meta property="article:published_time" content="{now}"><meta property="article:modified_time" content="{now}">'
        f'<meta name="author" content="webadmin"><meta property="article:section" content="عام">'
    )


def graph(page: Page) -> str:
    """A graph of a plugin: the right moment, an account as author, "unsorted" as section, no keywords."""
    story = page.the
    said = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "Person", "@id": "#p", "name": "admin", "sameAs": [f"https://{page.outlet.host}"]},
            {"@type": "WebSite", "@id": "#w", "name": page.outlet.title},
            {
                "@type": "BlogPosting",
                "headline": f"{story.headline} • {page.outlet.title}",
                "datePublished": story.when.isoformat() if story.dated else None,
                "author": {"@id": "#p"},
                "articleSection": ["غير مصنف"],
                "isPartOf": {"@id": "#w"},
            },
        ],
    }
    return f"{_titles(page, ' • ')}{_ld(said)}"


def required(page: Page) -> str:
    """What a format asks for: a short headline, the right moment, the picture; the site as author and publisher."""
    story = page.the
    site = {"@type": "Organization", "name": page.outlet.title}
    said = {
        "@context": "http://schema.org",
        "@type": "NewsArticle",
        "headline": story.headline[:110],
        "datePublished": story.when.isoformat(),
        "image": {"@type": "ImageObject", "url": page.image(), "width": 640},
        "author": site,
        "publisher": site,
    }
    return f"<title>{escape(story.headline)}</title>{_ld(said)}"


def headline_alone(page: Page) -> str:
    """The headline as title, and nothing else."""
    return f"<title>{escape(page.the.headline)}</title>"


def share_card(page: Page) -> str:
    """A card for networks: the section's name as title of every page, and the beginning of the text."""
    story = page.the
    return (
        f"<title>{escape(story.section.label)} / {escape(page.outlet.title)}</title>"
        f'<meta name="twitter:card" content="summary"><meta name="twitter:title" content="{escape(story.section.label)}">'
        f'<meta name="twitter:creator" content="@desk_{len(page.outlet.key)}"><meta name="description" content="{escape(story.paragraphs[0][:120])}…">'
    )


def _titles(page: Page, separator: str) -> str:
    title = f"{escape(page.the.headline)}{separator}{escape(page.outlet.title)}"
    return f'<title>{title}</title><meta property="og:title" content="{title}"><meta property="og:image" content="{page.image()}">'


def _ld(data: dict[str, Any]) -> str:
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'
