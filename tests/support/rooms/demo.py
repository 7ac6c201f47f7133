"""One day of the sample newspaper, with its pages as parsed trees."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from lxml import html

from crawler.demo import Newspaper
from crawler.demo.page_frame import View
from crawler.demo.routes import ServedPage, page_at
from crawler.themes import JANNAH

TODAY = date(2025, 10, 28)


BASE = "http://127.0.0.1:1"


PAPER = Newspaper(TODAY)


def get(path: str, paper: Newspaper = PAPER) -> ServedPage:
    return page_at(View(paper, BASE), path)


def tree(path: str, paper: Newspaper = PAPER) -> Any:
    page = get(path, paper)
    assert page.status == 200, path
    return html.document_fromstring(page.body.decode())


def texts(node: Any, selector: str) -> list[str]:
    return [element.text_content().strip() for element in node.cssselect(selector)]


def listed_paths(slug: str, paper: Newspaper = PAPER) -> list[str]:
    """The article links of every page of a category, in order, by the theme's own selector."""
    paths, number = [], 1
    while get(f"/category/{slug}/page/{number}/", paper).status in (200, 301):
        page = tree(f"/category/{slug}/" if number == 1 else f"/category/{slug}/page/{number}/", paper)
        links = page.cssselect(JANNAH.selectors.links)
        assert 1 <= len(links) <= 6
        paths += [urlsplit(link.get("href")).path for link in links]
        number += 1
    return paths
