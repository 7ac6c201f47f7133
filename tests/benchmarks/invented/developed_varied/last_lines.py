"""A news agency of a town: whoever wrote signs in the last line of the text, sometimes with an agency in brackets."""

from html import escape

from tests.benchmarks.invented.developed_latest.frame import address, cards, pager, section_address, titles
from tests.benchmarks.invented.developed_varied.shell import Shell, section_url, tags
from tests.benchmarks.invented.pages import Page
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits

_SHELL = Shell(
    frame='<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{title}</head><body><header id="hd"><a href="/">{name}</a></header><nav id="nv"><ul>{menu}</ul></nav><main id="mn">{main}</main><section id="sd"><h2>{most}</h2>{boxes}</section><footer id="ft">{footer}</footer></body></html>',
    entry='<li><a href="{url}">{label}</a></li>',
    box='<article><a href="{url}">{title}</a></article>',
    insert='<aside><a href="{url}">{title}</a></aside>',
)


def article(page: Page) -> str:
    story = page.the
    last = ""
    if story.authors:
        last = (
            f"<p>{page.out('كتابة')}: {' - '.join(map(escape, story.authors))}</p>"
            if page.chance(0.5)
            else f"<p><strong>{page.out(' - '.join(story.authors))}</strong></p>"
        )
    if story.agency:
        last += f"<p>({page.out(story.agency)})</p>"
    sub = f"<h2>{escape(story.subtitle)}</h2>" if story.subtitle else ""
    main = (
        f'<article id="ar"><p class="o"><a href="{section_url(page, story.section)}">{page.out(story.section.label)}</a> <time>{page.date()}</time></p><h1>{escape(story.headline)}</h1>{sub}<img src="{page.image()}"><div class="e">{_SHELL.text(page)}{last}</div>'
        f'<p class="g">{page.label("tags")} {tags(page, "<a href=/w/{n}>{tag}</a> ")}</p></article>'
    )
    return _SHELL.page(page, main, titles(page))


def listing(page: Page) -> str:
    first = cards(page, '<article class="p0"><h2><a href="{url}">{title}</a></h2><img src="{image}"></article>')
    cards_html = cards(
        page,
        '<article class="p1"><a href="{url}"><img src="{image}"></a><div><a href="{section}">{section}</a><h3><a href="{url}">{title}</a></h3><a href="{url}">التفاصيل</a></div></article>',
    )
    brief = cards(page, '<article class="p2"><h3><a href="{url}">{title}</a></h3></article>')
    pages = pager(page, '<a href="{url}">{n}</a>')
    title = f"<title>{escape(page.outlet.title)}</title>"
    main = f'<div class="q0">{first[0]}</div><div class="q1">{"".join(cards_html[1:7])}</div><div class="q2">{"".join(brief[7:])}</div><p>{pages}</p>'
    return _SHELL.page(page, main, title)


BUILD = Build(
    "last_lines", article, listing, address("/ar/{n}"), section_address=section_address("/ar/cat/{s}", "?start={n}0"),
    dates=("gulf", "maghreb-clock", "iso-clock"), zones=("Africa/Algiers", "Asia/Aden"),
    habits=Habits(bylines=0.6, agencies=0.4, subtitles=0.3, datelines=0.0),
)  # fmt: skip
