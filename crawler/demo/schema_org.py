"""JSON-LD of article pages, as Yoast SEO and the Jannah theme write it."""

import json
from datetime import UTC
from typing import Any

from crawler.demo import stories
from crawler.demo.newspaper import NAME
from crawler.demo.page_frame import View
from crawler.demo.stories import Story


def yoast_json(view: View, story: Story) -> str:
    """A graph of an article, its page, its breadcrumb and its people; times in UTC, as Yoast writes them."""
    url = view.url(story)
    published = view.paper.moment(story).astimezone(UTC).isoformat()
    modified = view.paper.modified(story).astimezone(UTC).isoformat()
    people = [stories.authors()[slug] for slug in story.by]
    article = {
        "@type": "NewsArticle" if story.id % 2 else "Article",
        "@id": f"{url}#article",
        "isPartOf": {"@id": url},
        "author": [{"name": author.name, "@id": f"{view.base}/#/schema/person/{author.slug}"} for author in people],
        "headline": story.title,
        "datePublished": published,
        "dateModified": modified,
        "mainEntityOfPage": {"@id": url},
        "wordCount": sum(len(line.split()) for line in story.paragraphs),
        "publisher": {"@id": f"{view.base}/#organization"},
        "image": {"@id": f"{url}#primaryimage"},
        "keywords": list(story.tags),
        "articleSection": [category.name for category in stories.badges(story.category)],
        "inLanguage": "ar",
    }
    page = {
        "@type": "WebPage",
        "@id": url,
        "url": url,
        "name": f"{story.title} - {NAME}",
        "primaryImageOfPage": {"@id": f"{url}#primaryimage"},
        "datePublished": published,
        "dateModified": modified,
        "inLanguage": "ar",
    }
    image = {"@type": "ImageObject", "@id": f"{url}#primaryimage", "url": view.image_url(story)}
    graph: list[dict[str, Any]] = [article, page, image, _breadcrumb(view, story)]
    graph += [
        {"@type": "Person", "@id": f"{view.base}/#/schema/person/{author.slug}", "name": author.name}
        for author in people
    ]
    graph.append({"@type": "Organization", "@id": f"{view.base}/#organization", "name": NAME, "url": f"{view.base}/"})
    return _script({"@context": "https://schema.org", "@graph": graph})


def theme_json(view: View, story: Story) -> str:
    """The theme's own JSON-LD: local times, categories joined to one string, the whole text as articleBody."""
    author = stories.authors()[story.by[0]]
    return _script(
        {
            "@context": "http://schema.org",
            "@type": "NewsArticle",
            "dateCreated": view.paper.moment(story).isoformat(),
            "datePublished": view.paper.moment(story).isoformat(),
            "dateModified": view.paper.modified(story).isoformat(),
            "headline": story.title,
            "name": story.title,
            "keywords": list(story.tags),
            "url": view.url(story),
            "articleSection": ",".join(category.name for category in stories.badges(story.category)),
            "articleBody": "\n".join(story.paragraphs),
            "publisher": {"@type": "Organization", "name": NAME, "url": f"{view.base}/"},
            "mainEntityOfPage": {"@type": "WebPage", "@id": view.url(story)},
            "author": {"@type": "Person", "name": author.name, "url": view.author_url(author.slug)},
            "image": {"@type": "ImageObject", "url": view.image_url(story), "width": 780, "height": 440},
        }
    )


def _breadcrumb(view: View, story: Story) -> dict[str, Any]:
    trail = [("الرئيسية", f"{view.base}/")]
    trail += [(category.name, view.category_url(category)) for category in reversed(stories.badges(story.category))]
    items: list[dict[str, Any]] = [
        {"@type": "ListItem", "position": place, "name": name, "item": url}
        for place, (name, url) in enumerate(trail, start=1)
    ]
    items.append({"@type": "ListItem", "position": len(items) + 1, "name": story.title})
    return {"@type": "BreadcrumbList", "@id": f"{view.url(story)}#breadcrumb", "itemListElement": items}


def _script(value: dict[str, Any]) -> str:
    # "</" would close the script element.
    return json.dumps(value, ensure_ascii=False).replace("</", "<\\/")
