"""What these sites tell machines, each in its own way: right, partly wrong, the same for all pages, or nothing."""

import json
from datetime import UTC, timedelta
from html import escape
from typing import Any

from tests.benchmarks.invented.pages import Page


def titled(page: Page, separator: str = " - ", *, site_first: bool = False) -> str:
    """The title alone, with the site's name at either end."""
    names = [page.the.headline, page.outlet.title]
    return f"<title>{escape(separator.join(names[::-1] if site_first else names))}</title>"


def site_alone(page: Page, title: str = "{} :: الصفحة الرئيسية") -> str:
    """The site's name as title of all pages, its keywords and its motto as description. title: with {} for the name."""
    name = escape(page.outlet.title)
    return (
        f'<title>{title.format(name)}</title><meta name="keywords" content="{name}, أخبار, عاجل, صحافة, عربي">'
        f'<meta name="description" content="{name} .. عين على الحدث"><meta name="robots" content="index,follow">'
    )


def social(page: Page) -> str:
    """Open Graph with the right moments, the beginning of the text, and the site's account."""
    story = page.the
    began = story.when.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    changed = (story.when + timedelta(minutes=47)).isoformat(timespec="milliseconds")
    return (
        f'{titled(page, " | ")}<meta name="description" content="{escape(story.paragraphs[0][:150])}"/>'
        f'<meta property="og:title" content="{escape(story.headline)}"/><meta property="og:image" content="{page.image()}"/>'
        f'<meta property="og:type" content="article"/><meta property="article:published_time" content="{began}"/>'
        f'<meta property="article:modified_time" content="{changed}"/><meta name="twitter:site" content="@{page.outlet.key}"/>'
        f'<link rel="canonical" href="{escape(page.outlet.url(story))}"/>'
    )


def publisher_as_author(page: Page) -> str:
    """A NewsArticle with the right moment and headline; author and publisher are the site."""
    story = page.the
    site = {"@type": "NewsMediaOrganization", "name": page.outlet.title, "url": f"https://{page.outlet.host}"}
    return titled(page, " • ") + linked_data(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "mainEntityOfPage": {"@type": "WebPage", "@id": page.outlet.url(story)},
            "headline": story.headline,
            "image": [page.image()],
            "datePublished": story.when.isoformat(),
            "dateModified": (story.when + timedelta(hours=5)).isoformat(),
            "author": site,
            "publisher": site,
        }
    )


def others_listed(page: Page) -> str:
    """JSON-LD of a list of other articles with their dates, none of the page's own; the logo as picture."""
    others = page.random.sample([each for each in page.outlet.stories if each is not page.the], 3)
    items = [
        {
            "@type": "ListItem",
            "position": n,
            "item": {
                "@type": "NewsArticle",
                "url": page.outlet.url(each),
                "headline": each.headline,
                "datePublished": each.when.isoformat(),
            },
        }
        for n, each in enumerate(others, 1)
    ]
    return (
        titled(page, " :: ", site_first=True)
        + linked_data({"@context": "https://schema.org", "@type": "ItemList", "itemListElement": items})
        + f'<meta property="og:image" content="https://{page.outlet.host}/logo-share.png">'
    )


def crumbs(page: Page) -> str:
    """A BreadcrumbList that ends with the headline, and a WebSite; description of the site on all pages."""
    story, host = page.the, f"https://{page.outlet.host}"
    steps = [("الرئيسية", host), (story.section.label, page.outlet.section_url(story.section)), (story.headline, "")]
    listed = [{"@type": "ListItem", "position": n, "name": a, "item": b} for n, (a, b) in enumerate(steps, 1)]
    motto = f"{page.outlet.title}: متابعة لحظة بلحظة لأخبار الوطن والعالم"
    return (
        f'{titled(page)}<meta name="description" content="{escape(motto)}"><meta property="og:description" content="{escape(motto)}">'
        f'<meta property="og:title" content="{escape(story.headline)}"><meta property="og:image" content="{page.image()}">'
        f"{linked_data([{'@context': 'https://schema.org', '@type': 'WebSite', 'name': page.outlet.title, 'url': host}, {'@context': 'https://schema.org', '@type': 'BreadcrumbList', 'itemListElement': listed}])}"
    )


def not_json(page: Page) -> str:
    """JSON-LD that a template printed with a comma too many and a line break in a string; Open Graph is right."""
    story = page.the
    return (
        f'{titled(page)}<meta property="og:title" content="{escape(story.headline)}"><meta property="og:image" content="{page.image()}">'
        f'<script type="application/ld+json">{{"@context":"http://schema.org","@type":"NewsArticle","headline":"{story.headline.replace(chr(34), "")}",\n'
        f'"description":"{story.paragraphs[0][:60].replace(chr(34), "")}\n\n","author":{{"@type":"Person","name":"Super User"}},}}</script>'
    )


def dublin(page: Page) -> str:
    """Dublin Core of a public body: title and creator are the body's, the language is English."""
    name = escape(page.outlet.title)
    return (
        f'<title>{escape(page.the.headline)} | {name}</title><meta name="DC.title" content="{name}"><meta name="DC.creator" content="إدارة تقنية المعلومات">'
        f'<meta name="DC.language" content="en"><meta property="og:title" content="{name}"><meta property="og:site_name" content="{name}">'
    )


def plugin(page: Page) -> str:
    """The graph of a search plugin: moments, section, keywords and the writer as a person are right."""
    story, host = page.the, f"https://{page.outlet.host}"
    piece: dict[str, Any] = {
        "@type": "Article",
        "@id": f"{page.outlet.url(story)}#article",
        "headline": story.headline,
        "datePublished": story.when.isoformat(),
        "dateModified": (story.when + timedelta(days=1)).isoformat(),
        "articleSection": [story.section.label],
        "author": {"name": story.authors[0] if len(story.authors) == 1 else "editor", "@id": f"{host}/#/person/1"},
        "isPartOf": {"@id": page.outlet.url(story)},
    }
    if story.tags:
        piece["keywords"] = list(story.tags)
    return (
        f'{titled(page)}<meta property="og:title" content="{escape(story.headline)}"/><meta property="og:image" content="{page.image()}"/>'
        f'<meta property="article:published_time" content="{story.when.isoformat()}"/>'
        + linked_data({"@context": "https://schema.org", "@graph": [piece, {"@type": "WebSite", "url": host}]})
    )


def linked_data(data: Any) -> str:
    """A script of JSON-LD."""
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'
