"""A daily with bureaus: the city and the reporter stand in a line of their own at the beginning of the text."""

from html import escape

from tests.benchmarks.invented.developed_latest.frame import address, cards, pager, section_address
from tests.benchmarks.invented.developed_varied.shell import Shell, section_url, story_title, tags
from tests.benchmarks.invented.pages import Page
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits

_SHELL = Shell(
    frame='<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{title}</title></head><body><div class="top"><a href="/">{name}</a></div><div class="nv">{menu}</div><div class="wrap"><div class="mid">{main}</div><div class="lft"><div class="lh">{most}</div>{boxes}</div></div><div class="ft">{footer}</div></body></html>',
    entry='<a href="{url}">{label}</a>',
    box='<div class="bx"><a href="{url}">{title}</a></div>',
    insert='<div class="also"><b>{label}</b> <a href="{url}">{title}</a></div>',
)


def article(page: Page) -> str:
    story, place = page.the, page.writer.say("place")
    who = [part for part in (" و ".join(story.authors), story.agency) if part] or [page.outlet.title]
    line = f"<p><strong>{page.out(' - '.join((place, *who)))}</strong></p>"
    sub = f'<h3 class="s">{escape(story.subtitle)}</h3>' if story.subtitle else ""
    main = (
        f'<div class="path"><a href="/">{page.label("home")}</a> / <a href="{section_url(page, story.section)}">{page.out(story.section.label)}</a></div><h1>{escape(story.headline)}</h1>{sub}<div class="dt">{page.date()}</div><div class="im"><img src="{page.image()}"></div><div class="tx">{line}{_SHELL.text(page)}</div>'
        f'<div class="tg">{tags(page, "<a href=/tag/{n}>{tag}</a> ")}</div><div class="sh">{page.label("share")}</div>'
    )
    return _SHELL.page(page, main, story_title(page))


def listing(page: Page) -> str:
    lead = cards(
        page,
        '<div class="ld"><a href="{url}"><img src="{image}"></a><h2><a href="{url}">{title}</a></h2><p>{lead}</p></div>',
    )
    pair = cards(page, '<div class="pr"><a href="{url}"><img src="{image}"><b>{title}</b></a></div>')
    rest = cards(page, '<li><span>{date}</span> <a href="{url}">{title}</a></li>')
    pages = pager(page, '<a href="{url}">{n}</a>')
    return _SHELL.page(
        page,
        f'{lead[0]}<div class="prs">{"".join(pair[1:3])}</div><ul class="ls">{"".join(rest[3:])}</ul><div class="pg">{pages}</div>',
        escape(page.outlet.title),
    )


BUILD = Build(
    "bureau_lines", article, listing, address("/{s}/{n}.html"), section_address=section_address("/{s}", "?p={n}"),
    dates=("weekday-slash-plain", "levant-gulf", "levant-clock"), zones=("Asia/Amman", "Asia/Beirut"),
    habits=Habits(bylines=0.7, agencies=0.3, subtitles=0.3, datelines=0.0),
)  # fmt: skip
