"""A Beirut desk on Svelte: scoped hashes for classes, one <main>, writers behind the text, some articles in live entries."""

from html import escape

from tests.benchmarks.invented.developed_portals.parts import address, cards, menu, pager, rows, section_address
from tests.benchmarks.invented.developed_regions.fittings import about, between, boxes, head, here, later, text
from tests.benchmarks.invented.pages import Page, text_html
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, top: str, main: str) -> str:
    lines = menu(page, '<a class="s-y_bCXRrkrYfP" href="{url}">{label}</a>', '<a class="s-y_bCXRrkrYfP" aria-current="page" href="{url}">{label}</a>')  # fmt: skip
    dark = page.out("الوضع الليلي")
    return (
        f'<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{top}<link rel="modulepreload" href="/_app/immutable/entry/start.B1x.js"></head><body data-sveltekit-preload-data="hover"><div style="display: contents"><!--[--><!--[0--><!----><nav class="s-y_bCXRrkrYfP"><a href="/" class="logo s-y_bCXRrkrYfP">{escape(page.outlet.title)}</a><!--[-->{lines}<!--]--><button class="s-y_bCXRrkrYfP">{dark}</button></nav><!----> '
        f'<main class="s-wK3ez9vPp2Lm">{main}</main> <!----><div class="foot s-Zl0d8Qq_1aaT">{about(page, "<a href=/p class=s-Zl0d8Qq_1aaT>{text}</a> · ")}<p class="s-Zl0d8Qq_1aaT">{page.label("footer")} © 2025</p></div><!--]--><!--]--></div></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    pieces = [
        lambda: f'<div class="s-Rn1"><span class="s-Rn1">{page.label("also")}</span>{rows(page, 1, "<a class=s-Rn1 href={url}>{title}</a>")}</div>',
        lambda: f'<blockquote class="twitter-tweet"><p lang="ar" dir="rtl">{page.pick("post")}</p>&mdash; {page.pick("nick")} <a href="https://twitter.com/user{page.random.randint(1, 99)}/status/18{page.random.randint(10**9, 10**10)}">{page.out("November 3, 2025")}</a></blockquote>',
        lambda: f'<figure class="s-Fg7"><img src="/img/{page.random.randint(1, 900)}.avif" alt="" class="s-Fg7"><figcaption class="s-Fg7">{page.pick("caption")} <em class="s-Fg7">{page.pick("credit")}</em></figcaption></figure>',
    ]  # fmt: skip
    forms = {
        "p": '<p class="s-Tx4">{}</p>',
        "h": '<h2 class="s-Tx4">{}</h2>',
        "item": '<li class="s-Tx4">{}</li>',
        "quote": '<p class="s-Tx4 q">«{}»</p>',
    }
    live = len(story.blocks) > 5 and page.chance(0.3)
    if live:
        minute = page.random.randint(700, 900)
        entries = []
        for n, part in enumerate(text_html(story.blocks, **forms)):
            clock = page.out(f"{(minute - n * 17) // 60:02}:{(minute - n * 17) % 60:02}")
            entries.append(f'<section class="s-Lv2"><b class="s-Lv2">{clock}</b><div class="s-Lv2">{part}</div><button class="s-Lv2">{page.out("انسخ الرابط")}</button></section>')  # fmt: skip
        body = f'<div class="s-Lv2 state">{page.label("breaking")}</div>' + between(page, entries, pieces[:1], 1)
    else:
        body = text(page, pieces, 3, **forms)
    writers = "".join(f'<div class="card s-Au5"><img src="/a/{n}.png" alt="" class="s-Au5"><div class="s-Au5"><a href="/writers/{n}" class="s-Au5">{escape(each)}</a><span class="s-Au5">{page.pick("job")}</span></div></div>' for n, each in enumerate(story.authors))  # fmt: skip
    agency = f'<p class="src s-Au5">{page.out("المادة من:")} {escape(story.agency)}</p>' if story.agency else ""
    tags = "".join(f'<li class="s-Tg9"><a href="/t/{n}" class="s-Tg9"># {escape(each)}</a></li>' for n, each in enumerate(story.tags))  # fmt: skip
    tag_list = f'<ul class="s-Tg9">{tags}</ul>' if tags else ""
    sub = f'<p class="deck s-Hd3">{escape(story.subtitle)}</p>' if story.subtitle else ""
    changed = f'<span class="s-Hd3">{page.out("عُدّل")} {later(page)}</span>' if page.chance(0.3) else ""
    more = rows(page, 4, '<a href="{url}" class="s-Mr6"><img src="{image}" alt="" class="s-Mr6"><h3 class="s-Mr6">{title}</h3></a>')  # fmt: skip
    main = (
        f'<!--[--><div class="s-Hd3"><a class="lbl s-Hd3" href="{here(page)}">{page.out(story.section.label)}</a><h1 class="s-Hd3">{escape(story.headline)}</h1>{sub}<div class="row s-Hd3"><span class="s-Hd3">{page.date()}</span>{changed}<button class="s-Hd3">{page.label("share")}</button></div><img src="{page.image()}" alt="{escape(story.caption)}" class="s-Hd3"><small class="s-Hd3">{page.out(story.caption)}</small></div> '
        f'<div class="s-Tx4">{body}</div> {agency}{writers}{tag_list}<!--]--> <div class="s-Mr6"><h2 class="s-Mr6">{page.label("related")}</h2>{more}</div><form class="s-Nl8"><p class="s-Nl8">{page.label("newsletter")}</p><input class="s-Nl8"></form>'
    )
    return _frame(page, head(page, f'<meta property="og:image" content="{page.image()}">', title="{title}"), main)


def listing(page: Page) -> str:
    items = cards(page, '<article class="s-Cd1"><a href="{url}" class="s-Cd1"><img src="{image}" class="s-Cd1" alt=""><h2 class="s-Cd1">{title}</h2><p class="s-Cd1">{lead}…</p><span class="s-Cd1">{date}</span></a></article>')  # fmt: skip
    top = f'<h1 class="s-Cd1">{escape(page.section.label)}</h1>' if page.section else ""
    others = boxes(page, '<div class="s-Bx2"><h2 class="s-Bx2"><a href="{url}">{label}</a></h2>{items}</div>', '<a class="s-Bx2" href="{url}">{title}</a>') if page.section is None else ""  # fmt: skip
    links = pager(page, '<a class="s-Pg3" href="{url}">{n}</a>', '<span class="s-Pg3">{n}</span>')
    return _frame(
        page, head(page), f'{top}<div class="grid s-Cd1">{"".join(items)}</div><div class="s-Pg3">{links}</div>{others}'
    )


BUILD = Build(
    "svelte_scoped", article, listing, address("/a/{n}"), section_address=section_address("/{s}", "?p={n}"),
    dates=("levant-bar", "levant-clock", "clock-levant"), zones=("Asia/Beirut", "Asia/Damascus"),
    habits=Habits(bylines=0.8, agencies=0.2, subtitles=0.5, datelines=0.1, tags=0.6, extras=0.6, shortest=3, longest=22),
)  # fmt: skip
