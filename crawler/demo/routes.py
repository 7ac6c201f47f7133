"""The page at each path, with the validators for conditional requests."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from urllib.parse import parse_qs, unquote

from crawler.demo import machine_pages, stories
from crawler.demo.listings import Listing, home_html, listing_html, plain_html
from crawler.demo.newspaper import NAME
from crawler.demo.page_frame import View, category_link, tag_slug, template
from crawler.demo.post import post_html
from crawler.demo.stories import Story

HTML = "text/html; charset=UTF-8"
RSS = "application/rss+xml; charset=UTF-8"
_LISTING = re.compile(r"/(category|tag|author)/([^/]+)/(?:page/([1-9][0-9]{0,5})/|(feed)/)?")
_IMAGE = re.compile(r"/wp-content/uploads/harbour-([0-9]{1,6})\.svg")


@dataclass(frozen=True, slots=True)
class ServedPage:
    """A response before it is sent. etag, changed: validators; None if the page has none. location: of a redirect.

    The validators depend only on the page's own content: not on today's date in the top bar, on view counts, or on
    links to other articles around it.
    """

    status: int
    body: bytes
    kind: str = HTML
    etag: str | None = None
    changed: datetime | None = None
    location: str | None = None


def page_at(view: View, target: str) -> ServedPage:
    """The page at a request target (path and query, percent-encoded); 404 if there is none."""
    raw_path, _, query = target.partition("?")
    path = unquote(raw_path)
    return (
        _short_link(view, path, query)
        or _machine_page(view, path)
        or _story_page(view, path)
        or _listing_page(view, path)
        or _other_page(view, path)
        or _slash_added(view, raw_path)
        or _not_found(view)
    )


def _short_link(view: View, path: str, query: str) -> ServedPage | None:
    wanted = parse_qs(query).get("p", [""])[0]
    for story in view.paper.published_stories():
        if path == "/" and wanted == str(story.id) and story.kind != "private":
            return ServedPage(301, b"", location=view.url(story))
    return None


def _machine_page(view: View, path: str) -> ServedPage | None:
    listed = view.paper.listed()
    changed = _last_change(view, listed, view.paper.gone())
    match path:
        case "/robots.txt":
            return ServedPage(200, machine_pages.robots(view).encode(), "text/plain; charset=UTF-8")
        case "/feed/":
            text = machine_pages.rss(view, NAME, _in_feed(listed))
            return ServedPage(200, text.encode(), RSS, _etag("feed", listed[:30]), changed)
        case "/sitemap_index.xml":
            text, about = machine_pages.sitemap_index(view, changed), "index"
        case "/post-sitemap.xml":
            text, about = machine_pages.post_sitemap(view, listed), "posts"
        case _:
            image = _IMAGE.fullmatch(path)
            return _image(int(image[1])) if image else None
    return ServedPage(200, text.encode(), "text/xml; charset=UTF-8", _etag(about, listed), changed)


def _story_page(view: View, path: str) -> ServedPage | None:
    for story in view.paper.published_stories():
        if unquote(view.paper.path(story)) == path:
            body = post_html(view, story).encode()
            return ServedPage(200, body, HTML, _etag(story.kind, [story]), view.paper.modified(story))
    if any(unquote(view.paper.path(story)) == path for story in view.paper.gone()):
        text = ["أُزيلت هذه الصفحة ولم تعد متاحة."]
        return ServedPage(410, plain_html(view, title="الصفحة محذوفة", body_class="error410", paragraphs=text).encode())
    return None


def _listing_page(view: View, path: str) -> ServedPage | None:
    match = _LISTING.fullmatch(path)
    listing = match and _listing(view, match[1], match[2])
    if not match or listing is None:
        return None
    changed = _last_change(view, listing.stories, listing.gone)
    if match[4]:
        text = machine_pages.rss(view, f"{listing.name} - {NAME}", _in_feed(listing.stories))
        etag = _etag(f"feed {listing.slug}", listing.stories)
        return ServedPage(200, text.encode(), RSS, etag, changed)
    page = int(match[3] or 1)
    if match[3] == "1":
        return ServedPage(301, b"", location=listing.url(view.base))
    if page > listing.pages:
        return None
    etag = _etag(f"{listing.kind} {listing.slug} {page} {listing.pages}", listing.on(page))
    return ServedPage(200, listing_html(view, listing, page).encode(), HTML, etag, changed)


def _listing(view: View, kind: str, slug: str) -> Listing | None:
    def held(holds: Callable[[Story], bool]) -> tuple[list[Story], list[Story]]:
        return [*filter(holds, view.paper.listed())], [*filter(holds, view.paper.gone())]

    if kind == "category" and (category := stories.categories().get(slug)):
        inside, gone = held(lambda story: category in stories.badges(story.category))
        trail = category_link(view, stories.categories()[category.parent]) if category.parent else ""
        return Listing("category", slug, category.name, inside, gone, category.paging, trail)
    if kind == "author" and (author := stories.authors().get(slug)):
        return Listing("author", slug, author.name, *held(lambda story: slug in story.by))
    tags = {unquote(tag_slug(tag)): tag for story in view.paper.listed() for tag in story.tags}
    if kind == "tag" and (tag := tags.get(slug)):
        return Listing("tag", tag_slug(tag), tag, *held(lambda story: tag in story.tags))
    return None


def _other_page(view: View, path: str) -> ServedPage | None:
    if path == "/":
        listed = view.paper.listed()
        changed = _last_change(view, listed, view.paper.gone())
        return ServedPage(200, home_html(view).encode(), HTML, _etag("home", listed), changed)
    page = stories.static_pages().get(path.strip("/"))
    if page is None or path != f"/{page.slug}/":
        return None
    html = plain_html(view, title=page.name, body_class="page-template-default page", paragraphs=page.text)
    return ServedPage(200, html.encode(), HTML, _etag(repr(page), []))


def _slash_added(view: View, path: str) -> ServedPage | None:
    # WordPress adds a missing slash if there is a page with it.
    if path.endswith("/") or not path.startswith("/") or page_at(view, path + "/").status != 200:
        return None
    return ServedPage(301, b"", location=f"{view.base}{path}/")


def _not_found(view: View) -> ServedPage:
    text = ["لم نتمكن من العثور على الصفحة التي تبحث عنها.", "ربما يفيدك البحث أو العودة إلى الصفحة الرئيسية."]
    return ServedPage(404, plain_html(view, title="404 :(", body_class="error404", paragraphs=text).encode())


def _image(number: int) -> ServedPage:
    svg = template("image.svg").substitute(hue=number * 47 % 360, sun=120 + number * 83 % 540)
    return ServedPage(200, svg.encode(), "image/svg+xml", _etag(svg, []))


def _in_feed(listed: Sequence[Story]) -> list[Story]:
    return [story for story in listed if story.kind in ("article", "video")]


def _etag(about: str, shown: Iterable[Story]) -> str:
    # Weak (RFC 9110 §8.8.1): the same article may have other bytes around it tomorrow.
    parts = [about, *(repr(story) for story in shown)]
    return f'W/"{sha256(chr(0).join(parts).encode()).hexdigest()[:20]}"'


def _last_change(view: View, shown: Sequence[Story], gone: Sequence[Story]) -> datetime:
    return max([*map(view.paper.modified, shown), *(view.paper.changed_at for _ in gone)])
