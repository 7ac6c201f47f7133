"""The frame of every page as the Jannah theme prints it: top bar, menu, sidebar, footer, pop-ups."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from html import escape
from importlib.resources import files
from string import Template
from urllib.parse import quote

from crawler.demo import stories
from crawler.demo.newspaper import NAME, Newspaper
from crawler.demo.stories import Category, Story
from crawler.demo.wording import listing_date, thousands, top_bar_date

DELIMITER = '<em class="delimiter">/</em>'


@dataclass(frozen=True, slots=True)
class View:
    """The newspaper served at a base URL. base: scheme, host and port, without a slash at the end."""

    paper: Newspaper
    base: str

    def url(self, story: Story) -> str:
        """Absolute URL of a story."""
        return self.base + self.paper.path(story)

    def image_url(self, story: Story) -> str:
        """Absolute URL of a story's picture."""
        return self.base + self.paper.image(story)

    def category_url(self, category: Category) -> str:
        """Absolute URL of a category's first page."""
        return f"{self.base}/category/{category.slug}/"

    def author_url(self, slug: str) -> str:
        """Absolute URL of the list of an author's articles."""
        return f"{self.base}/author/{slug}/"

    def tag_url(self, tag: str) -> str:
        """Absolute URL of the list of articles with a tag."""
        return f"{self.base}/tag/{tag_slug(tag)}/"


@lru_cache(maxsize=8)
def template(name: str) -> Template:
    """The template in a file beside this module."""
    return Template(files("crawler.demo").joinpath(name).read_text("utf-8").strip())


@lru_cache(maxsize=1)
def _parts() -> Mapping[str, Template]:
    pieces = re.split(r"<!-- part ([a-z-]+) -->\n", template("parts.html").template)
    return {name: Template(text.strip()) for name, text in zip(pieces[1::2], pieces[2::2], strict=True)}


def part(name: str, /, **values: object) -> str:
    """A part of parts.html, filled in. values: markup, or escaped text."""
    return _parts()[name].substitute(values)


def story_part(view: View, name: str, story: Story, /, **values: object) -> str:
    """A part that shows a story: its title, URL, picture and the date in the listings' form."""
    return part(
        name,
        url=view.url(story),
        title=escape(story.title),
        image=view.image_url(story),
        date=listing_date(view.paper.moment(story)),
        **values,
    )


def tag_slug(tag: str) -> str:
    """A tag in the form that URLs have."""
    return quote(tag.replace(" ", "-"))


def frame(view: View, *, title: str, head: str, body_class: str, main: str, before: str = "", after: str = "") -> str:
    """A complete page. title: plain text; the rest is markup. before: above the columns; after: beside main."""
    listed = [story for story in view.paper.listed() if story.kind == "article"]
    return template("frame.html").substitute(
        name=NAME,
        base=view.base,
        title=escape(title),
        head=head,
        body_class=body_class,
        before=before,
        main=main,
        after=after,
        year=view.paper.today.year,
        today=top_bar_date(view.paper.today + timedelta(days=view.paper.day - 1)),
        ticker="".join(
            f'<li class="news-item"><a href="{view.url(story)}">{escape(story.title)}</a></li>' for story in listed[:4]
        ),
        menu=_menu(view),
        footer_menu=_static_links(view),
        most_read="".join(story_part(view, "widget-item", story) for story in [*old_stories(view), *listed[9:12]]),
        tag_cloud=_tag_cloud(view, listed),
        people="".join(
            f'<li><a href="{view.author_url(author.slug)}">{escape(author.name)}</a></li>'
            for author in stories.authors().values()
        ),
    )


def old_stories(view: View) -> list[Story]:
    """Stories of earlier years, which no listing links to."""
    return [story for story in view.paper.published_stories() if story.kind == "old"]


def author_span(view: View, slug: str) -> str:
    """An author's name, as in the line under a headline."""
    return part("author", url=view.author_url(slug), name=escape(stories.authors()[slug].name))


def category_link(view: View, category: Category) -> str:
    """A category's name, linked."""
    return f'<a href="{view.category_url(category)}">{category.name}</a>'


def view_count(view: View, story: Story) -> str:
    """View count of the story. It grows every day, and must not make a new version."""
    return thousands(story.id * 37 % 2900 + 113 * view.paper.day)


def _menu(view: View) -> str:
    items = [f'<li class="menu-item menu-item-home"><a href="{view.base}/">الرئيسية</a></li>']
    for category in stories.categories().values():
        if category.parent is None:
            children = [child for child in stories.categories().values() if child.parent == category.slug]
            inner = "".join(f'<li class="menu-item">{category_link(view, child)}</li>' for child in children)
            sub = f'<ul class="sub-menu menu-sub-content">{inner}</ul>' if inner else ""
            items.append(f'<li class="menu-item">{category_link(view, category)}{sub}</li>')
    return "".join(items) + _static_links(view)


def _static_links(view: View) -> str:
    return "".join(
        f'<li class="menu-item"><a href="{view.base}/{page.slug}/">{page.name}</a></li>'
        for page in stories.static_pages().values()
    )


def _tag_cloud(view: View, listed: Iterable[Story]) -> str:
    counts = Counter(tag for story in listed for tag in story.tags)
    common = sorted(counts, key=lambda tag: (-counts[tag], tag))[:12]
    return " ".join(f'<a href="{view.tag_url(tag)}" class="tag-cloud-link">{escape(tag)}</a>' for tag in common)
