"""A pan-Arab paper: one line says the city and who wrote, a reporter, an agency or the paper itself in quotes."""

from html import escape

from tests.benchmarks.invented.developed_later.furniture import rows, scattered, teaser
from tests.benchmarks.invented.developed_latest.frame import address, cards, menu, pager, section_address, titles
from tests.benchmarks.invented.pages import Page, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, head: str, main: str) -> str:
    lines = menu(page, '<div class="m-i"><a href="{url}">{label}</a></div>')
    strip = rows(page, 5, '<div class="s-i"><a href="{url}"><b>{title}</b></a></div>')
    return (
        f'<!DOCTYPE html><html lang="ar"><head>{head}<meta charset="utf-8"></head><body class="rtl"><header class="hd"><a class="lg" href="/">{page.out(page.outlet.title)}</a><div class="m">{lines}</div></header><main class="mn">{main}</main>'
        f'<section class="st"><h3>{page.label("most")}</h3>{strip}</section><footer class="ft">{page.label("footer")} · {page.label("follow")}</footer></body></html>'
    )


def article(page: Page) -> str:
    story, outlet = page.the, page.outlet
    place = page.writer.say("place")
    who = " - ".join(map(escape, (*story.authors, *filter(None, [story.agency])))) or f"«{page.out(page.outlet.title)}»"
    line = f'<div class="ar-w"><span>{page.out(place)}: {who}</span></div>'
    shape = '<div class="ar-r"><a href="{url}"><img src="/r.jpg"><span>{title}</span></a></div>'
    inserts = scattered(
        page, len(story.blocks), [lambda: teaser(page, shape, shape.replace("<span>", "<span>{label} "))], 1
    )
    tags = "".join(
        f'<span class="ar-t"><a href="/tags/{n}">{escape(tag)}</a></span>' for n, tag in enumerate(story.tags)
    )
    sub = f'<h2 class="ar-s">{escape(story.subtitle)}</h2>' if story.subtitle else ""
    main = (
        f'<article class="ar"><div class="ar-k"><a href="{outlet.section_url(story.section)}">{page.out(story.section.label)}</a></div><h1 class="ar-h">{escape(story.headline)}</h1>{sub}<figure class="ar-f"><img src="{page.image()}"><figcaption>{page.out(story.caption)}</figcaption></figure>'
        f'<ul class="ar-x"><li>{page.label("share")}</li><li>{page.label("listen")}</li></ul>{line}<div class="ar-d">{page.label("updated")}: {page.date()}</div><div class="ar-b">{woven(text_html(story.blocks), inserts)}</div><div class="ar-g">{tags}</div></article>'
        f'<section class="rl"><h4>{page.label("related")}</h4>{rows(page, 4, "<div class=rl-i><a href={url}>{title}</a></div>")}</section>'
    )
    return _frame(page, titles(page), main)


def listing(page: Page) -> str:
    cards_html = cards(
        page,
        '<div class="c-i"><a class="c-p" href="{url}"><img src="{image}"></a><h3><a href="{url}">{title}</a></h3></div>',
    )
    top = cards(page, '<div class="h-i"><a href="{url}"><img src="{image}"><h2>{title}</h2></a><p>{lead}</p></div>')[0]
    pages = pager(page, '<a href="{url}">{n}</a>')
    return _frame(
        page,
        f"<title>{escape(page.outlet.title)}</title>",
        f'<div class="hero">{top}</div><div class="cols"><div class="c1">{"".join(cards_html[1:6])}</div><div class="c2">{"".join(cards_html[6:])}</div></div><div class="pg">{pages}</div>',
    )


BUILD = Build(
    "city_bylines", article, listing, address("/{s}/{n}-story"), section_address=section_address("/{s}", "?page={n}"),
    dates=("hijri-both", "clock-first", "hijri-line"), zones=("Asia/Riyadh", "Asia/Beirut"),
    habits=Habits(bylines=0.6, agencies=0.35, subtitles=0.5, datelines=0.0),
)  # fmt: skip
