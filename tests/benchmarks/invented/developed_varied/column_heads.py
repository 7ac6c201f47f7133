"""A site of columns and news: the name of whoever writes stands above the headline, linked, in an element without a name."""

from html import escape

from tests.benchmarks.invented.developed_latest.frame import address, cards, pager, section_address, titles
from tests.benchmarks.invented.developed_varied.shell import Shell, section_url, tags
from tests.benchmarks.invented.pages import Page
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits

_SHELL = Shell(
    frame='<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8">{title}</head><body><div class="z1"><a href="/">{name}</a><ul>{menu}</ul></div><div class="z2">{main}</div><div class="z3"><h4>{most}</h4>{boxes}</div><div class="z4">{footer}</div></body></html>',
    entry='<li><a href="{url}">{label}</a></li>',
    box='<div><h5><a href="{url}">{title}</a></h5></div>',
    insert='<div class="z9"><a href="{url}">{title}</a></div>',
)


def article(page: Page) -> str:
    story = page.the
    people = "".join(
        f'<div class="y1"><a href="/p/{page.random.randint(1, 60)}"><img src="/p/{n}.png"></a><a href="/p/{n}">{escape(name)}</a></div>'
        for n, name in enumerate(story.authors, page.random.randint(1, 60))
    )
    source = f'<div class="y1"><span>{page.out(story.agency)}</span></div>' if story.agency else ""
    sub = f'<p class="y3">{escape(story.subtitle)}</p>' if story.subtitle else ""
    main = (
        f'<div class="y0"><a href="{section_url(page, story.section)}">{page.out(story.section.label)}</a></div>{people}{source}<div class="y2"><h1>{escape(story.headline)}</h1></div>{sub}<div class="y4"><span>{page.date()}</span><span>{page.pick("views")}</span></div><div class="y5"><img src="{page.image()}"></div>'
        f'<div class="y6">{_SHELL.text(page)}</div><div class="y7">{tags(page, "<a href=/s/{n}>#{tag}</a> ")}</div><div class="y8">{page.label("share")}</div>'
    )
    return _SHELL.page(page, main, titles(page))


def listing(page: Page) -> str:
    big = cards(
        page,
        '<div class="x1"><div class="x2"><a href="{url}"><img src="{image}"></a></div><div class="x3"><h2><a href="{url}">{title}</a></h2><p>{lead}</p></div></div>',
    )
    small = cards(
        page,
        '<div class="x4"><div class="x5"><a href="{url}"><img src="{image}"></a></div><h4><a href="{url}">{title}</a></h4></div>',
    )
    text = cards(page, '<div class="x6"><h4><a href="{url}">{title}</a></h4><span>{date}</span></div>')
    pages = pager(page, '<a href="{url}">{n}</a>')
    main = f'<div class="x0">{big[0]}<div class="x7">{"".join(text[1:4])}</div></div><div class="x8">{"".join(small[4:])}</div><div class="x9">{pages}</div>'
    return _SHELL.page(page, main, f"<title>{escape(page.outlet.title)}</title>")


BUILD = Build(
    "column_heads", article, listing, address("/{n}"), section_address=section_address("/c/{s}", "?page={n}"),
    dates=("levant", "gulf-clock", "morocco"), zones=("Asia/Damascus", "Africa/Casablanca"),
    habits=Habits(bylines=0.6, agencies=0.4, subtitles=0.3, datelines=0.0),
)  # fmt: skip
