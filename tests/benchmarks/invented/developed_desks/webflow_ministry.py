"""A ministry on Webflow: hidden elements for empty fields, a gallery with captions, files, both calendars, no writers."""

from html import escape

from tests.benchmarks.invented.developed_desks.fittings import chips
from tests.benchmarks.invented.developed_portals.parts import address, cards, menu, pager, rows, section_address
from tests.benchmarks.invented.developed_regions.fittings import about, boxes, head, here, text
from tests.benchmarks.invented.pages import Page, Shows
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, top: str, main: str) -> str:
    lines = menu(page, '<a class="nav-link w-nav-link" href="{url}">{label}</a>')
    return (
        f'<!DOCTYPE html><html data-wf-page="64ab" data-wf-site="64aa" lang="ar"><head><meta charset="utf-8"><meta content="Webflow" name="generator">{top}</head><body class="body"><div class="navbar w-nav"><div class="w-layout-blockcontainer w-container"><a class="brand w-nav-brand" href="/"><div class="heading-2">{escape(page.outlet.title)}</div></a><nav class="w-nav-menu">{lines}</nav></div></div>{main}'
        f'<section class="cta"><h3 class="heading-3">{page.pick("newsletter")}</h3><div class="w-form"><div class="w-form-done"><div>{page.label("follow")}</div></div></div></section><section class="footer">{about(page, "<div class=text-block-9>{text}</div>")}<div class="text-block-9">{page.label("footer")}</div></section></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    pieces = [
        lambda: (
            f'<figure class="w-richtext-figure-type-image w-richtext-align-center"><div><img src="/cdn/{page.random.randint(1, 99)}.webp"></div><figcaption>{page.pick("caption")}</figcaption></figure>'
        ),
        lambda: f'<div class="w-embed"><p>{page.pick("follow")}</p></div>',
    ]
    body = text(
        page,
        pieces,
        2,
        p="<p>{}</p><p>\u200d</p>",
        quote="<blockquote>{}</blockquote>",
        items='<ul role="list">{}</ul>',
    )
    sub = (
        f'<p class="paragraph-lead">{escape(story.subtitle)}</p>'
        if story.subtitle
        else '<p class="paragraph-lead w-dyn-bind-empty"></p>'
    )
    agency = (
        f'<div class="text-block-4">{escape(story.agency)}</div>'
        if story.agency
        else '<div class="text-block-4 w-condition-invisible"></div>'
    )
    shots = "".join(f'<div role="listitem" class="w-dyn-item w-dyn-repeater-item"><a class="w-lightbox" href="#"><img src="/cdn/g{n}.webp"><div class="text-block-7">{page.pick("caption")}</div></a></div>' for n in range(page.random.randint(0, 3)))  # fmt: skip
    file = (
        f'<a class="button-2 w-button" href="/f/{story.number}.pdf">{page.pick("document")}</a>'
        if page.chance(0.4)
        else ""
    )
    tags = (
        f'<div class="w-dyn-list"><div role="list" class="w-dyn-items">{chips(page, "<div role=listitem class=w-dyn-item><a class=tag-pill href=/tags/{n}>{text}</a></div>")}</div></div>'
        if story.tags
        else ""
    )
    more = rows(
        page,
        3,
        '<div role="listitem" class="w-dyn-item"><a class="news-item w-inline-block" href="{url}"><img src="{image}"><h2 class="heading-5">{title}</h2></a></div>',
    )
    main = (
        f'<section class="section"><div class="w-layout-blockcontainer container w-container"><div class="crumbs"><a href="/">{page.label("home")}</a><div>/</div><a href="{here(page)}">{page.out(story.section.label)}</a></div><h2 class="heading-5">{escape(story.headline)}</h2><div class="div-block-12"><div class="text-block-4">{page.date()}</div>{agency}</div>{sub}<img class="main-image" src="{page.image()}" alt=""><div class="text-block-7">{page.out(story.caption)}</div><div class="rich-text-block w-richtext">{body}</div>{file}<div class="collection-list-wrapper w-dyn-list"><div role="list" class="w-dyn-items">{shots}</div></div>{tags}<div class="div-block-20"><div>{page.pick("help")}</div></div></div></section>'
        f'<section class="section grey"><h3 class="heading-3">{page.label("related")}</h3><div class="w-dyn-list"><div role="list" class="w-dyn-items">{more}</div></div></section>'
    )
    return _frame(
        page,
        head(
            page,
            f'<meta content="{escape(page.outlet.title)}" property="og:title"><meta content="{page.image()}" property="og:image">',
            title="{outlet}",
        ),
        main,
    )


def listing(page: Page) -> str:
    items = cards(page, '<div role="listitem" class="w-dyn-item"><a class="news-item w-inline-block" href="{url}"><img src="{image}"><h2 class="heading-5">{title}</h2><div class="text-block-4">{date}</div><p class="paragraph-2">{lead}</p></a></div>')  # fmt: skip
    title = (
        f'<h1 class="heading-1">{escape(page.section.label)}</h1>'
        if page.section
        else f'<h1 class="heading-1">{page.label("latest")}</h1>'
    )
    pages = pager(page, '<a class="w-pagination-next" href="{url}">{n}</a>', '<div class="w-page-count">{n}</div>')
    others = boxes(page, '<div class="tab"><a class="tab-head" href="{url}">{label}</a>{items}</div>', '<a class="tab-link w-inline-block" href="{url}"><div>{title}</div></a>', 2) if page.section else ""  # fmt: skip
    return _frame(page, head(page), f'<section class="section">{title}<div class="w-dyn-list"><div role="list" class="w-dyn-items">{"".join(items)}</div><div class="w-pagination-wrapper">{pages}</div></div>{others}</section>')  # fmt: skip


BUILD = Build(
    "webflow_ministry", article, listing, address("/news/item-{n}"), section_address=section_address("/centre/{s}", "?p={n}"),
    dates=("hijri-both", "hijri-before", "hijri-slash"), zones=("Asia/Kuwait", "Asia/Muscat"),
    shows=Shows(authors=False),
    habits=Habits(bylines=0.0, agencies=0.15, subtitles=0.4, datelines=0.1, tags=0.4, extras=0.5, longest=8),
)  # fmt: skip
