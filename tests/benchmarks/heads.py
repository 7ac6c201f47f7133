"""What a page says about itself in its <head>: Yoast's graph, Jannah's own schema, a NewsArticle, Open Graph, nothing."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any

from tests.benchmarks.stories import Story

# Which fields each head tells. A date told here is told to the second.
TELLS: dict[str, frozenset[str]] = {
    "yoast": frozenset({"date", "authors", "categories", "tags", "image"}),
    "tie": frozenset({"date", "authors", "categories", "image"}),
    "news": frozenset({"date", "authors", "section", "tags", "image"}),
    "meta": frozenset({"date", "authors", "section", "tags", "image"}),
    "og": frozenset({"image"}),
    "title": frozenset(),
}


@dataclass(frozen=True, slots=True)
class Address:
    """Where a page is: its URL, its site's name and home without a final slash, its picture."""

    url: str
    site: str
    base: str
    image: str


def head(kind: str, story: Story, at: Address) -> str:
    """The elements of the <head> that a reader can learn from."""
    title = f"<title>{escape(story.title)} - {at.site}</title>"
    if kind == "title":
        return title
    if kind == "tie":
        return "\n".join([title, _canonical(at), _script(_tie(story, at), ' id="tie-schema-json"')])
    parts = [title, _canonical(at), *_open_graph(story, at, site_in_title=kind in ("yoast", "og"))]
    if kind in ("yoast", "meta"):
        parts += _article_meta(story, kind)
    if kind == "yoast":
        parts.append(_script(_yoast(story, at), ' class="yoast-schema-graph"'))
    if kind == "news":
        parts.append(_script(_news(story, at)))
    return "\n".join(parts)


def modified(story: Story) -> datetime:
    """When it was last edited."""
    return story.published + timedelta(minutes=35)


def _canonical(at: Address) -> str:
    return f'<link rel="canonical" href="{at.url}" />'


def _open_graph(story: Story, at: Address, *, site_in_title: bool) -> list[str]:
    said = {
        "og:locale": "ar_AR",
        "og:type": "article",
        "og:title": f"{story.title} - {at.site}" if site_in_title else story.title,
        "og:description": story.paragraphs[0][:150] + "…",
        "og:url": at.url,
        "og:site_name": at.site,
        "og:image": at.image,
    }
    return [f'<meta property="{name}" content="{escape(value)}" />' for name, value in said.items()]


def _article_meta(story: Story, kind: str) -> list[str]:
    moments = (story.published, modified(story))
    published, changed = (each.astimezone(UTC) for each in moments) if kind == "yoast" else moments
    lines = [
        f'<meta property="article:published_time" content="{published.isoformat()}" />',
        f'<meta property="article:modified_time" content="{changed.isoformat()}" />',
    ]
    if kind == "meta":
        lines.append(f'<meta property="article:section" content="{escape(story.categories[0])}" />')
        lines += [f'<meta property="article:tag" content="{escape(tag)}" />' for tag in story.tags]
    if story.authors:
        lines.append(f'<meta name="author" content="{escape("، ".join(story.authors))}" />')
    return lines


def _people(story: Story) -> Any:
    people = [{"@type": "Person", "name": name} for name in story.authors]
    return people[0] if len(people) == 1 else people


def _yoast(story: Story, at: Address) -> dict[str, Any]:
    article: dict[str, Any] = {
        "@type": ["Article", "NewsArticle"],
        "@id": f"{at.url}#article",
        "isPartOf": {"@id": at.url},
        "headline": story.title,
        "datePublished": story.published.astimezone(UTC).isoformat(),
        "dateModified": modified(story).astimezone(UTC).isoformat(),
        "mainEntityOfPage": {"@id": at.url},
        "wordCount": sum(len(text.split()) for text in story.paragraphs),
        "publisher": {"@id": f"{at.base}/#organization"},
        "image": {"@id": f"{at.url}#primaryimage"},
        "thumbnailUrl": at.image,
        "articleSection": list(story.categories),
        "inLanguage": "ar",
    }
    if story.tags:
        article["keywords"] = list(story.tags)
    people = [
        {"@type": "Person", "@id": f"{at.base}/#/schema/person/{n}", "name": a} for n, a in enumerate(story.authors)
    ]
    if people:
        article["author"] = [{"name": person["name"], "@id": person["@id"]} for person in people]
        article["author"] = article["author"][0] if len(people) == 1 else article["author"]
    page = {
        "@type": "WebPage",
        "@id": at.url,
        "url": at.url,
        "name": f"{story.title} - {at.site}",
        "datePublished": article["datePublished"],
        "breadcrumb": {"@id": f"{at.url}#breadcrumb"},
    }
    organization = {"@type": "Organization", "@id": f"{at.base}/#organization", "name": at.site, "url": f"{at.base}/"}
    return {"@context": "https://schema.org", "@graph": [article, page, organization, *people]}


def _tie(story: Story, at: Address) -> dict[str, Any]:
    """Jannah's own: the whole text, and the categories as one string."""
    said: dict[str, Any] = {
        "@context": "http://schema.org",
        "@type": "NewsArticle",
        "dateCreated": story.published.isoformat(),
        "datePublished": story.published.isoformat(),
        "dateModified": modified(story).isoformat(),
        "headline": story.title,
        "name": story.title,
        "keywords": [],
        "url": at.url,
        "description": story.paragraphs[0][:150],
        "copyrightYear": str(story.published.year),
        "articleSection": ",".join(story.categories),
        "articleBody": "\n".join(story.paragraphs),
        "publisher": {"@id": "#Publisher", "@type": "Organization", "name": at.site},
        "mainEntityOfPage": {"@type": "WebPage", "@id": at.url},
        "image": {"@type": "ImageObject", "url": at.image, "width": 1200, "height": 720},
    }
    if story.authors:
        said["author"] = _people(story)
    return said


def _news(story: Story, at: Address) -> dict[str, Any]:
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": at.url,
        "headline": story.title,
        "image": [at.image],
        "datePublished": story.published.isoformat(),
        "dateModified": modified(story).isoformat(),
        "articleSection": story.categories[0],
        "author": _people(story) if story.authors else {"@type": "Organization", "name": at.site},
        "publisher": {"@type": "Organization", "name": at.site, "logo": f"{at.base}/logo.png"},
    }
    if story.tags:
        said["keywords"] = list(story.tags)
    return said


def _script(said: dict[str, Any], attributes: str = "") -> str:
    return f'<script type="application/ld+json"{attributes}>{json.dumps(said, ensure_ascii=False)}</script>'
