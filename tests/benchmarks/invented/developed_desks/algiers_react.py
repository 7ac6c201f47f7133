"""An Algerian daily on a React server: hashed atoms, initials of the desk or a city with the writer, hashtags, readers, a ticker."""

from html import escape

from tests.benchmarks.invented.developed_desks.fittings import clock, hashtags, names, points
from tests.benchmarks.invented.developed_portals.parts import (
    address,
    cards,
    comments,
    menu,
    poll,
    rows,
    section_address,
)
from tests.benchmarks.invented.developed_regions.fittings import about, boxes, head, here, text
from tests.benchmarks.invented.pages import Page
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, top: str, main: str) -> str:
    lines = menu(page, '<a class="_1kd8 _9sx2" href="{url}">{label}</a>')
    tick = rows(
        page, 4, '<div class="_5mq1"><span class="_0zp3">{clock}</span><a class="_7rt4" href="{url}">{title}</a></div>'
    )
    return (
        f'<!DOCTYPE html><html lang="ar-DZ" dir="rtl"><head><meta charSet="utf-8"/>{top}</head><body><div id="root"><div class="_2ab3"><div class="_8hh1">{clock(page)}</div><a class="_4lg0" href="/">{escape(page.outlet.title)}</a><div class="_1kd0">{lines}</div></div><div class="_5mq0">{tick}</div><div class="_3wr5">{main}</div>'
        f'<div class="_6ft9">{about(page, "<a class=_1kd8>{text}</a>")}<div class="_6ft2">{page.label("footer")}</div></div></div><script>window.__APP__={{"v":3}}</script></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    pieces = [
        lambda: (
            f'<div class="_7cd2"><div class="_7cd3">{page.pick("also")}</div>{rows(page, 1, "<a class=_7rt4 href={url}>{title}</a>")}</div>'
        ),
        lambda: f'<div class="_1ad7"><span>{page.label("ad")}</span></div>',
        lambda: f'<div class="_9nl4"><div>{page.pick("newsletter")}</div><button>{page.label("share")}</button></div>',
    ]
    body = text(page, pieces, 3, p='<div class="_3pp8 _0zz1">{}</div>', h='<div class="_3pp8 _4hb6">{}</div>', quote='<div class="_3pp8 _8qo2">{}</div>', items='<div class="_3pl1">{}</div>', item='<div class="_3pl2">{}</div>')  # fmt: skip
    if story.authors:
        who = f'<div class="_6by1"><span class="_6by2">{page.out(page.writer.say("place"))}</span><span class="_6by3">{names(page, "{text}", " / ")}</span></div>'  # fmt: skip
    else:
        who = f'<div class="_6by1"><span class="_6by3">{page.pick("initials")}</span></div>'
    agency = f'<div class="_6by1"><span class="_6by4">{escape(story.agency)}</span></div>' if story.agency else ""
    sub = f'<div class="_2sb7">{escape(story.subtitle)}</div>' if story.subtitle else ""
    box = points(page, '<div class="_9ai1"><div class="_9ai2">{label}</div>{items}</div>', '<div class="_9ai3">{text}</div>') if page.chance(0.3) else ""  # fmt: skip
    said = comments(page, '<div class="_4cm1"><b>{nick}</b><div class="_4cm2">{text}</div></div>', 5)
    vote = (
        poll(page, '<div class="_2vt1"><div>{question}</div>{answers}</div>', "<button>{text}</button>")
        if page.chance(0.3)
        else ""
    )
    tags = (
        f'<div class="_5tg1">{hashtags(page, "<a class=_5tg2 href=/hashtag/{n}>{text}</a>")}</div>'
        if story.tags
        else ""
    )
    main = (
        f'<div class="_3wl1"><a class="_1sc9" href="{here(page)}">{page.out(story.section.label)}</a><h1 class="_7tt1">{escape(story.headline)}</h1>{sub}{who}{agency}<div class="_6dt5">{page.date()}</div><div class="_8im3"><img src="{page.image()}"/><div class="_8im4">{page.out(story.caption)}</div></div><div class="_9au1">{page.label("listen")}<span>{page.pick("voice")}</span></div>{box}<div class="_3bd0">{body}</div>{tags}{vote}<div class="_4cm0"><div>{page.label("comments")}</div>{said}</div></div>'
        f'<div class="_3wl2"><div class="_7cd3">{page.label("most")}</div>{rows(page, 5, "<div class=_3cr1><h1 class=_7tt4><a href={url}>{title}</a></h1></div>")}</div>'
    )
    meta = f'<meta property="og:title" content="{escape(story.headline)}"/><meta property="og:image" content="{page.image()}"/><meta property="article:author" content="{escape(page.outlet.title)}"/>'
    return _frame(page, head(page, meta, title="{title} - {outlet}"), main)


def listing(page: Page) -> str:
    items = cards(page, '<div class="_3cr1"><a href="{url}"><img src="{image}"/></a><div class="_1sc9">{section}</div><h1 class="_7tt4"><a href="{url}">{title}</a></h1><div class="_6dt5">{date}</div></div>')  # fmt: skip
    lines = cards(
        page, '<div class="_3cr5"><a class="_7rt4" href="{url}">{title}</a><div class="_6dt5">{date}</div></div>'
    )
    more = f'<a class="_8mr1" href="{escape(page.outlet.section_url(page.section, page.number + 1))}">{page.label("next")}</a>' if page.section else ""  # fmt: skip
    others = boxes(page, '<div class="_2bx1"><a class="_1sc9" href="{url}">{label}</a>{items}</div>', '<div class="_3cr5"><a class="_7rt4" href="{url}">{title}</a></div>') if page.section else ""  # fmt: skip
    side = rows(page, 5, '<div class="_3cr8"><span>{n}</span><a href="{url}">{title}</a></div>')
    return _frame(page, head(page), f'<div class="_3wl1">{"".join(items[:6])}<div class="_3cr4">{"".join(lines[6:])}</div>{more}{others}</div><div class="_3wl2"><div class="_7cd3">{page.label("most")}</div>{side}</div>')  # fmt: skip


BUILD = Build(
    "algiers_react", article, listing, address("/{s}/{d}/{n}"), section_address=section_address("/{s}", "?offset={n}0"),
    dates=("maghreb-clock", "maghreb", "maghreb-dash"), zones=("Africa/Algiers", "Africa/Tunis"),
    habits=Habits(bylines=0.5, agencies=0.25, subtitles=0.3, datelines=0.1, tags=0.6, extras=0.4, longest=12),
)  # fmt: skip
