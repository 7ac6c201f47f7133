"""A public body's portal: the page's h1 names the room, the text stands in pieces, today's date is all around."""

from html import escape

from tests.benchmarks.invented.developed import heads
from tests.benchmarks.invented.pages import Outlet, Page, Shows, text_html
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story

_LINKS = ("دليل الخدمات", "استطلاعات الرأي العام", "المناقصات والمزايدات", "الأرشيف الصحفي")


def address(outlet: Outlet, story: Story) -> str:
    return f"/media/item/{story.number}"


def section_address(section: Section, page: int) -> str:
    return f"/media/{section.slug}/index" + (f"-{page}" if page > 1 else "")


def _frame(page: Page, head: str, main: str) -> str:
    outlet = page.outlet
    menu = "".join(
        f'<li><a href="{outlet.section_url(each)}">{page.out(each.label)}</a></li>' for each in outlet.sections
    )
    links = "".join(f'<li><a href="/srv/{n}">{page.out(each)}</a></li>' for n, each in enumerate(_LINKS))
    notes = "".join(f'<div class="note"><p>{page.pick("blurb")}</p></div>' for _ in range(3))
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{head}</head><body><div class="strip">{page.today()}</div><div class="masthead"><ul>{menu}</ul></div>'
        f'<div class="roomtitle"><h1>{page.out("أخبار وفعاليات")}</h1></div><div class="cols"><div class="wide">{main}</div><div class="narrow"><h3>{page.out("خدمات سريعة")}</h3><ul>{links}</ul>{notes}</div></div>'
        f'<div class="base">{page.label("footer")} {page.out(outlet.title)}</div></body></html>'
    )


def _between(page: Page, kind: str) -> str:
    if kind == "link":
        url, title = page.others(1)[0]
        return f'<div class="jump"><span>{page.pick("also")}</span><a href="{url}">{title}</a></div>'
    if kind == "shot":
        return f'<div class="photo"><img src="{page.image()}?2"><span>{page.pick("caption")}</span></div>'
    return f'<div class="gap">{page.label("ad")}</div>'


def article(page: Page) -> str:
    story = page.the
    parts = text_html(story.blocks, h='<p class="mid">{}</p>')
    lead, rest = parts[0], parts[1:]
    pieces = []
    for start in range(0, len(rest), 3):
        pieces.append(f'<div class="chunk">{"".join(rest[start : start + 3])}</div>')
        pieces.append(_between(page, page.random.choice(("link", "shot", "gap"))))
    sub = f'<div class="under">{escape(story.subtitle)}</div>' if story.subtitle else ""
    by = f'<span class="from">{page.out("، ".join(story.authors))}</span>' if story.authors else ""
    source = f'<span class="from">{page.out(story.agency)}</span>' if story.agency else ""
    related = "".join(f'<div class="line"><a href="{url}">{title}</a></div>' for url, title in page.others(4))
    tags = "".join(f'<a class="word" href="/media/word/{n}">{escape(tag)}</a>' for n, tag in enumerate(story.tags))
    main = (
        f'<div class="bar"><span class="kind">{page.out(story.section.label)}</span></div><div class="name">{escape(story.headline)}</div>{sub}<div class="intro">{lead}</div>'
        f'<div class="facts">{by}{source}<span class="upd">{page.label("updated")} {page.today()}</span><span class="day">{page.date()}</span></div>'
        f'<div class="photo"><img src="{page.image()}"><span>{page.out(story.caption)}</span></div>{"".join(pieces)}<div class="words">{page.label("tags")} {tags}</div>'
        f'<div class="tools">{page.label("share")}</div><h3>{page.label("related")}</h3>{related}'
    )
    return _frame(page, heads.same_everywhere(page), main)


def listing(page: Page) -> str:
    rows = "".join(
        f'<div class="line"><img src="{page.image(each)}"><a href="{page.outlet.url(each)}">{escape(each.headline)}</a><span class="day">{page.date(each)}</span></div>'
        for each in page.shown
    )
    more = (
        f'<a class="more" href="{page.outlet.section_url(page.section, page.number + 1)}">{page.label("next")}</a>'
        if page.section
        else ""
    )
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", rows + more)


BUILD = Build(
    "portal", article, listing, address, section_address=section_address,
    dates=("hijri-before", "numeric", "weekday-slash"), zones=("Asia/Amman", "Asia/Riyadh"),
    shows=Shows(), habits=Habits(longest=9, datelines=0.5, agencies=0.4, bylines=0.4),
)  # fmt: skip
