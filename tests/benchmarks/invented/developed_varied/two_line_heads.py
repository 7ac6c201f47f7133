"""A partisan paper: the headline in two lines of its own, a kicker above it; reporters and photographer below the picture."""

from html import escape

from tests.benchmarks.invented.developed_latest.frame import address, cards, pager, section_address
from tests.benchmarks.invented.developed_varied.shell import Shell, halves, section_url, site_title, tags
from tests.benchmarks.invented.pages import Page
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits

_SHELL = Shell(
    frame='<html dir="rtl"><head><meta charset="utf-8"><title>{title}</title></head><body><div id="h1"><a href="/">{name}</a></div><div id="m1">{menu}</div><div id="c1"><div id="c2">{main}</div><div id="c3"><h3>{most}</h3>{boxes}</div></div><div id="f1">{footer}</div></body></html>',
    entry='<span><a href="{url}">{label}</a></span>',
    box='<p><a href="{url}">{title}</a></p>',
    insert='<p class="ra">{label}: <a href="{url}">{title}</a></p>',
)


def article(page: Page) -> str:
    story = page.the
    first, second = halves(story.headline)
    who = ""
    if story.authors:
        role = page.random.choice(("كتب", "متابعة", "تغطية"))
        who = f'<span class="w">{page.out(role)}: {" و ".join(map(escape, story.authors))}</span>'
    if story.agency:
        who += f'<span class="w">{page.out("المصدر")}: {page.out(story.agency)}</span>'
    shot = f'<span class="ph">{page.out("عدسة")}: {page.out(page.writer.say("man"))}</span>' if page.chance(0.5) else ""
    kicker = page.pick("heading")
    main = (
        f'<div class="sec"><a href="{section_url(page, story.section)}">{page.out(story.section.label)}</a></div><div class="kk">{kicker}</div><h2 class="t"><span class="t1">{first}</span><span class="t2">{second}</span></h2><div class="d">{page.date()}</div>'
        f'<div class="fig"><img src="{page.image()}"><div class="cp">{page.out(story.caption)}</div>{who}{shot}</div><div class="b">{_SHELL.text(page)}</div><ul class="k">{tags(page, "<li><a href=/k/{n}>{tag}</a></li>")}</ul>'
    )
    return _SHELL.page(page, main, site_title(page))


def listing(page: Page) -> str:
    slide = cards(
        page,
        '<div class="sl"><a href="{url}"><img src="{image}"></a><div class="sc"><a href="{url}">{title}</a></div></div>',
    )
    rows = cards(
        page,
        '<tr><td><a href="{url}"><img src="{image}"></a></td><td><a href="{url}"><b>{title}</b></a><br>{lead}<br>{date}</td></tr>',
    )
    pages = pager(page, '<a href="{url}">{n}</a>')
    main = f'<div class="car">{"".join(slide[:4])}</div><table>{"".join(rows[4:])}</table><div>{pages}</div>'
    return _SHELL.page(page, main, site_title(page))


BUILD = Build(
    "two_line_heads", article, listing, address("/view/{n}"), section_address=section_address("/list/{s}", "/{n}"),
    dates=("numeric", "weekday-clock", "dual"), zones=("Asia/Baghdad", "Africa/Cairo"),
    habits=Habits(bylines=0.6, agencies=0.3, subtitles=0.0, datelines=0.0),
)  # fmt: skip
