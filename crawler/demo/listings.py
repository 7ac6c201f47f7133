"""Pages that list articles: home page, categories, tags, people; six cards each, with links to older pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil
from typing import Literal

from crawler.demo import stories
from crawler.demo.newspaper import NAME
from crawler.demo.page_frame import (
    DELIMITER,
    View,
    author_span,
    category_link,
    frame,
    old_stories,
    part,
    story_part,
    view_count,
)
from crawler.demo.post import excerpt
from crawler.demo.stories import Story

CARDS = 6


@dataclass(frozen=True, slots=True)
class Listing:
    """One list. Its path is /KIND/SLUG/. stories: all of them, newest first.

    gone: stories that were taken down. trail: markup of its breadcrumb between the home page and its own name.
    """

    kind: Literal["category", "tag", "author"]
    slug: str
    name: str
    stories: Sequence[Story]
    gone: Sequence[Story] = ()
    paging: Literal["numeric", "load-more", "next-prev"] = "numeric"
    trail: str = ""

    @property
    def pages(self) -> int:
        """Number of its pages; 1 if it is empty."""
        return max(1, ceil(len(self.stories) / CARDS))

    def on(self, page: int) -> Sequence[Story]:
        """The stories on a page. page: from 1."""
        return self.stories[(page - 1) * CARDS : page * CARDS]

    def url(self, base: str, page: int = 1) -> str:
        """Absolute URL of one of its pages."""
        first = f"{base}/{self.kind}/{self.slug}/"
        return first if page == 1 else f"{first}page/{page}/"


def listing_html(view: View, listing: Listing, page: int) -> str:
    """One page of a list. page: from 1 to `listing.pages`."""
    home = f'<a href="{view.base}/"><span class="tie-icon-home" aria-hidden="true"></span> الرئيسية</a>'
    paged = f" paged paged-{page} {listing.kind}-paged-{page}" if page > 1 else ""
    return frame(
        view,
        title=listing.name + (f" - صفحة {page} من {listing.pages}" if page > 1 else ""),
        head=_head(view, listing, page),
        body_class=f"archive{paged} {listing.kind} {listing.kind}-{listing.slug}",
        before=slider(view),
        main=part(
            "archive",
            kind=listing.kind,
            name=escape(listing.name),
            crumbs=DELIMITER.join(filter(None, (home, listing.trail))),
            cards="".join(_card(view, story) for story in listing.on(page)),
            paging=_paging(view, listing, page),
        ),
    )


def home_html(view: View) -> str:
    """The home page: a slider of old articles, then a block of the newest of each category."""
    boxes = []
    for place, category in enumerate(stories.categories().values()):
        inside = [story for story in view.paper.listed() if category in stories.badges(story.category)]
        cards = [_card(view, story) for story in inside[:1]]
        cards += [story_part(view, "widget-item", story) for story in inside[1:4]]
        boxes.append(
            part(
                "home-block",
                number=2400 + place,
                category=category_link(view, category),
                cards="".join(cards),
                pages=ceil(len(inside) / 4),
            )
        )
    head = f'<meta property="og:type" content="website">\n<link rel="canonical" href="{view.base}/">'
    return frame(
        view,
        title="الرئيسية",
        head=head,
        body_class="home page-template-default page page-id-2 has-builder",
        before=slider(view),
        main="\n".join(boxes),
    )


def plain_html(view: View, *, title: str, body_class: str, paragraphs: Sequence[str]) -> str:
    """A page that is no article: about us, contact, not found, taken down."""
    text = "".join(f"<p>{escape(line)}</p>" for line in paragraphs)
    return frame(view, title=title, head="", body_class=body_class, main=part("plain", title=escape(title), text=text))


def slider(view: View) -> str:
    """The slider above the columns: articles of earlier years, which the listing below does not contain."""
    return part("slider", slides="".join(story_part(view, "slide", story) for story in old_stories(view)))


def _card(view: View, story: Story) -> str:
    badge = stories.badges(story.category)[0]
    return story_part(
        view,
        "card",
        story,
        id=story.id,
        category_id=badge.id,
        category=badge.name,
        author=author_span(view, story.by[0]),
        views=view_count(view, story),
        excerpt=escape(excerpt(story)),
    )


def _head(view: View, listing: Listing, page: int) -> str:
    lines = [
        f'<link rel="canonical" href="{listing.url(view.base, page)}">',
        f'<meta property="og:type" content="{"profile" if listing.kind == "author" else "website"}">',
        f'<meta property="og:title" content="{escape(listing.name)} - {NAME}">',
        f'<link rel="alternate" type="application/rss+xml" title="{escape(listing.name)}" '
        f'href="{listing.url(view.base)}feed/">',
    ]
    # Sites that load more by script often lack these links, so that a crawler must know /page/N/.
    if listing.paging != "load-more":
        lines += [f'<link rel="prev" href="{listing.url(view.base, page - 1)}">'] if page > 1 else []
        lines += [f'<link rel="next" href="{listing.url(view.base, page + 1)}">'] if page < listing.pages else []
    return "\n".join(lines)


def _paging(view: View, listing: Listing, page: int) -> str:
    if listing.pages == 1:
        return ""
    if listing.paging == "load-more":
        return part(
            "load-more",
            kind=listing.kind,
            slug=listing.slug,
            first=listing.url(view.base).rstrip("/"),
            size=CARDS,
            page=page,
            pages=listing.pages,
            latest=listing.stories[0].id,
        )
    if listing.paging == "next-prev":
        newer, older = listing.url(view.base, page - 1), listing.url(view.base, page + 1)
        return part(
            "next-prev",
            newer=f'<a href="{newer}">الصفحة السابقة</a>' if page > 1 else "",
            older=f'<a href="{older}">الصفحة التالية</a>' if page < listing.pages else "",
        )
    return part("numeric", items=_numbers(view, listing, page))


def _numbers(view: View, listing: Listing, page: int) -> str:
    def item(kind: str, number: int, text: str) -> str:
        url = listing.url(view.base, number)
        return f'<li class="{kind}"><a class="pages-nav-item" href="{url}">{text}</a></li>'

    items = [
        f'<li class="the-page current-page"><span class="pages-nav-item">{number}</span></li>'
        if number == page
        else item("the-page", number, str(number))
        for number in range(1, listing.pages + 1)
    ]
    if page < listing.pages:
        items.append(item("the-next-page", page + 1, "»"))
        items.append(item("last-page first-last-pages", listing.pages, "الأخيرة"))
    return "".join(items)
