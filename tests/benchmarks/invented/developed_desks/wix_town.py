"""A town's paper on Wix: hooks for tests as the only names, spans in each paragraph, an age for a date, recent posts below."""

from html import escape

from tests.benchmarks.invented.developed_desks.fittings import chips, names
from tests.benchmarks.invented.developed_portals.parts import (
    address,
    cards,
    comments,
    menu,
    pager,
    rows,
    section_address,
)
from tests.benchmarks.invented.developed_regions.fittings import about, head, here, text
from tests.benchmarks.invented.pages import Page
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, top: str, main: str) -> str:
    lines = menu(
        page,
        '<li class="xEPW0"><a data-testid="linkElement" class="aWTgIN" href="{url}"><p class="SUHw2">{label}</p></a></li>',
    )
    return (
        f'<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><meta name="generator" content="Wix.com Website Builder">{top}</head><body><div id="SITE_CONTAINER"><div id="masterPage"><header id="SITE_HEADER"><div data-testid="richTextElement"><h1 class="font_0"><a href="/">{escape(page.outlet.title)}</a></h1></div><nav><ul>{lines}</ul></nav></header><main id="PAGES_CONTAINER"><div data-hook="TPAMultiSection">{main}</div></main>'
        f'<footer id="SITE_FOOTER"><div data-testid="richTextElement"><p class="font_8">{page.label("footer")}</p>{about(page, "<p class=font_8>{text}</p>")}</div><div data-testid="form"><p>{page.pick("newsletter")}</p></div></footer></div></div></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    pieces = [
        lambda: f'<div class="k4Gwt" type="image" data-hook="rcv-block7"><div data-hook="imageViewer"><img src="/media/{page.random.randint(1, 400)}.jpg"></div><div class="oZ0kf"><span dir="auto">{page.pick("caption")}</span></div></div>',
        lambda: f'<div type="empty-line" data-hook="rcv-block9"></div><div data-hook="link-preview">{rows(page, 1, "<a href={url}><div class=q1Xtt>{title}</div></a>")}<div>www.{escape(page.outlet.host[4:])}</div></div>',
        lambda: f'<div data-hook="poll"><div>{page.pick("poll")}</div><div>{page.pick("vote")}</div></div>',
    ]  # fmt: skip
    body = text(page, pieces, 2, p='<div type="paragraph" data-hook="rcv-block"><p class="x9nTQ" dir="auto"><span class="B2EFF">{}</span></p></div>', h='<div type="heading" data-hook="rcv-block"><h3 class="jR2kk" dir="auto"><span>{}</span></h3></div>', quote='<div type="blockquote"><blockquote class="Zr1Qp"><div><span>{}</span></div></blockquote></div>', item='<li class="m8Ydd"><p><span>{}</span></p></li>')  # fmt: skip
    who = names(page, '<span class="tQ0Q1" data-hook="user-name"><a href="/profile/{n}">{text}</a></span>')
    who = who or f'<span class="tQ0Q1" data-hook="user-name">{page.pick("desk")}</span>'
    agency = f'<div data-hook="custom-field"><span>{page.out("نقلا عن")}</span><span>{escape(story.agency)}</span></div>' if story.agency else ""  # fmt: skip
    tags = (
        f'<nav aria-label="tags"><ul>{chips(page, "<li><a href=/blog/tags/{n}>{text}</a></li>")}</ul></nav>'
        if story.tags
        else ""
    )
    recent = rows(page, 3, '<div data-hook="item-wrapper"><article data-hook="post-list-item"><a href="{url}"><img src="{image}"></a><a href="{url}" data-hook="post-list-item__title"><h2 class="bD0vt">{title}</h2></a></article></div>')  # fmt: skip
    said = comments(page, '<div data-hook="comment"><span data-hook="user-name">{nick}</span><p>{text}</p></div>', 3)
    main = (
        f'<div data-hook="post-page"><div class="Pw2xx"><article data-hook="post"><div class="fE6yy"><ul class="rT2ww"><li>{who}</li><li><span data-hook="time-ago">{page.date()}</span></li><li><span data-hook="time-to-read">{page.pick("minutes")}</span></li></ul><h1 class="bD0vt" data-hook="post-title"><span class="post-title__text">{escape(story.headline)}</span></h1></div><div data-hook="hero"><img src="{page.image()}" alt="{escape(story.caption)}"></div><section data-hook="post-description"><div data-rce-version="9"><div>{body}</div></div></section>{agency}</article>'
        f'<div data-hook="post-footer"><ul data-hook="category-label-list"><li><a href="{here(page)}">{page.out(story.section.label)}</a></li></ul>{tags}<div data-hook="view-count">{page.pick("views")}</div></div></div><div data-hook="recent-posts"><span>{page.label("related")}</span>{recent}</div><div data-hook="comments-box"><h2>{page.label("comments")}</h2>{said}</div></div>'
    )
    return _frame(page, head(page, f'<meta property="og:image" content="{page.image()}"><meta property="article:author" content="Admin">', title="{title}"), main)  # fmt: skip


def listing(page: Page) -> str:
    items = cards(page, '<div data-hook="item-wrapper"><article data-hook="post-list-item"><a href="{url}"><img src="{image}"></a><div><span data-hook="user-name">{writer}</span> <span data-hook="time-ago">{date}</span></div><a href="{url}" data-hook="post-list-item__title"><h2 class="bD0vt">{title}</h2></a><div data-hook="post-description">{lead}</div></article></div>')  # fmt: skip
    title = f'<div data-hook="category-header"><h1>{escape(page.section.label)}</h1></div>' if page.section else ""
    pages = pager(page, '<a data-hook="pagination__{n}" href="{url}">{n}</a>', "<span>{n}</span>")
    most = rows(
        page,
        4,
        '<div class="gallery-item"><a href="{url}"><img src="{image}"><div class="q1Xtt">{title}</div></a></div>',
    )
    return _frame(page, head(page), f'{title}<div data-hook="post-list">{"".join(items)}</div><nav>{pages}</nav><div class="pro-gallery"><p>{page.label("most")}</p>{most}</div>')  # fmt: skip


BUILD = Build(
    "wix_town", article, listing, address("/post/n-{n}"), section_address=section_address("/blog/categories/{s}", "/page/{n}"),
    dates=("ago-days", "ago-hours", "gulf"), zones=("Asia/Baghdad", "Asia/Jerusalem"),
    habits=Habits(bylines=0.6, agencies=0.2, subtitles=0.0, datelines=0.1, tags=0.5, extras=0.4, longest=10, recent=True),
)  # fmt: skip
