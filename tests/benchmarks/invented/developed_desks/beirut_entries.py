"""A Beirut desk rendered from Vue: running stories in entries with a clock, a ticker above, "the Beirut desk" for a writer."""

from html import escape

from tests.benchmarks.invented.developed_desks.fittings import chips, clock, names
from tests.benchmarks.invented.developed_portals.parts import address, cards, menu, rows, section_address, share
from tests.benchmarks.invented.developed_regions.fittings import about, boxes, head, here, later, text
from tests.benchmarks.invented.pages import Page, text_html
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, top: str, main: str) -> str:
    lines = menu(page, '<router-link data-v-71fa class="n-item"><a data-v-71fa href="{url}">{label}</a></router-link>')
    ticker = rows(
        page, 5, '<div data-v-09cd class="tick"><b data-v-09cd>{clock}</b><a data-v-09cd href="{url}">{title}</a></div>'
    )
    side = rows(page, 6, '<li data-v-33e1><a data-v-33e1 class="r-title" href="{url}">{title}</a><i>{clock}</i></li>')
    return (
        f'<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8">{top}</head><body dir="rtl"><div id="app" data-server-rendered="true"><div data-v-71fa class="top"><span data-v-71fa>{page.today()}</span><a href="/">{escape(page.outlet.title)}</a></div><div data-v-71fa class="n">{lines}</div><div data-v-09cd class="ticker"><strong>{page.label("breaking")}</strong>{ticker}</div><div data-v-a0 class="two-col">{main}<div data-v-33e1 class="r-col"><p class="r-head">{page.label("latest")}</p><ul>{side}</ul></div></div>'
        f'<div class="bottom">{about(page, "<span>{text}</span>")}<span>{page.label("footer")}</span></div></div></body></html>'
    )


def _entries(page: Page) -> str:
    parts = text_html(
        page.the.blocks,
        p='<div data-v-5c class="e-text">{}</div>',
        h='<div data-v-5c class="e-head">{}</div>',
        quote='<div data-v-5c class="e-quote">{}</div>',
    )
    texts = []
    for part, time in zip(parts, sorted((clock(page) for _ in parts), reverse=True), strict=True):  # the last one first
        link = rows(page, 1, '<a data-v-5c class="e-link" href="{url}">{title}</a>') if page.chance(0.15) else ""
        share_ = page.label("share")
        texts.append(
            f'<div data-v-5c class="entry"><div data-v-5c class="e-time">{page.out(time)}</div>{part}{link}<div data-v-5c class="e-share">{share_}</div></div>'
        )
    return "".join(texts)


def article(page: Page) -> str:
    story = page.the
    pieces = [
        lambda: (
            f'<div data-v-2d class="see"><em>{page.pick("also")}</em>{rows(page, 2, "<a href={url}>{title}</a>")}</div>'
        ),
        lambda: f'<div data-v-2d class="gap">{page.label("ad")}</div>',
        lambda: f'<div data-v-2d class="wa-box">{page.pick("follow")}</div>',
    ]
    body = _entries(page) if page.chance(0.3) else text(page, pieces, 3, p='<div data-v-5c class="t-p">{}</div>', h='<div data-v-5c class="t-h">{}</div>', quote='<div data-v-5c class="t-q">{}</div>', items='<div data-v-5c class="t-l">{}</div>', item="<div>• {}</div>")  # fmt: skip
    if story.authors:
        who = names(page, '<a data-v-b1 class="who" href="/w/{n}">{text}</a>', " و")
    else:
        who = f'<span data-v-b1 class="who">{page.pick("desk")}</span>'
    agency = f'<span data-v-b1 class="src">{escape(story.agency)}</span>' if story.agency else ""
    sub = f'<div data-v-b1 class="h-sub">{escape(story.subtitle)}</div>' if story.subtitle else ""
    tags = (
        f'<div class="keys">{page.label("tags")}: {chips(page, "<a href=/k/{n}>{text}</a>", " | ")}</div>'
        if story.tags
        else ""
    )
    main = (
        f'<div data-v-b1 class="l-col"><div data-v-b1 class="trail"><a href="/">{page.label("home")}</a> / <a href="{here(page)}">{page.out(story.section.label)}</a></div><div data-v-b1 class="h-main" role="heading">{escape(story.headline)}</div>{sub}<div data-v-b1 class="under">{who}{agency}<span>{page.date()}</span><span>{page.out("آخر تعديل")} {later(page)}</span></div><div class="pic"><img src="{page.image()}"><small>{page.out(story.caption)}</small></div><div class="s-row">{share(page, "<a>{text}</a>")}</div><div data-v-5c class="t-box">{body}</div>{tags}'
        f'<div data-v-8e class="same"><p>{page.label("related")}</p>{rows(page, 4, "<div data-v-8e class=cell><img src={image}><a class=r-title href={url}>{title}</a></div>")}</div></div>'
    )
    return _frame(page, head(page, f'<meta property="og:title" content="{escape(page.outlet.title)} | {escape(story.headline)}"><meta property="og:image" content="{page.image()}">', title="{outlet} | {title}"), main)  # fmt: skip


def listing(page: Page) -> str:
    lines = cards(page, '<div data-v-8e class="cell"><img src="{image}"><a class="r-title" href="{url}">{title}</a><span class="when">{date}</span></div>')  # fmt: skip
    big = cards(
        page,
        '<div data-v-8e class="cover"><a href="{url}"><img src="{image}"><span class="c-title">{title}</span></a><span>{lead}</span></div>',
    )
    more = f'<a class="older" href="{escape(page.outlet.section_url(page.section, page.number + 1))}">{page.label("next")}</a>' if page.section else ""  # fmt: skip
    others = boxes(page, '<div data-v-8e class="same"><p><a href="{url}">{label}</a></p>{items}</div>', '<div data-v-8e class="cell"><img src="{image}"><a class="r-title" href="{url}">{title}</a></div>') if page.section else ""  # fmt: skip
    return _frame(page, head(page), f'<div class="l-col">{"".join(big[:3])}<div class="cells">{"".join(lines[3:])}</div>{more}{others}</div>')  # fmt: skip


BUILD = Build(
    "beirut_entries", article, listing, address("/news/{s}/{n}"), section_address=section_address("/news/{s}", "?p={n}"),
    dates=("levant-bar", "clock-levant", "levant-clock"), zones=("Asia/Beirut",),
    habits=Habits(bylines=0.45, agencies=0.4, subtitles=0.3, datelines=0.15, tags=0.5, extras=0.4, longest=14),
)  # fmt: skip
