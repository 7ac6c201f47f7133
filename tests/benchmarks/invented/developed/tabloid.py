"""A tabloid in custom PHP: ticker, clock and weather, boxes between all paragraphs, the next article appended."""

from html import escape

from tests.benchmarks.invented.developed import heads
from tests.benchmarks.invented.pages import Outlet, Page, Shows, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story


def address(outlet: Outlet, story: Story) -> str:
    when = story.when
    return f"/story/{when.year}/{when.month}/{when.day}/{'-'.join(story.headline.split()[:5])}/{story.number}"


def section_address(section: Section, page: int) -> str:
    return f"/Section/{section.slug}" + (f"/?pg={page}" if page > 1 else "")


def _frame(page: Page, head: str, main: str) -> str:
    outlet = page.outlet
    menu = "".join(f'<a href="{outlet.section_url(each)}">{page.out(each.label)}</a>' for each in outlet.sections)
    slides = "".join(f'<li><a href="{url}">{title}</a></li>' for url, title in page.others(5))
    hot = "".join(
        f'<div class="hot"><a href="{url}"><img src="/h.jpg"><h3>{title}</h3></a><span>{page.pick("views")}</span></div>'
        for url, title in page.others(6)
    )
    foot = " | ".join(page.several("footer", 5))
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head><body class="rtl"><div class="tp"><div class="clk" id="clock">12:04:33</div>'
        f'<div class="dt">{page.today()}</div><div class="wt">{page.pick("weather")} <b>33°</b> العظمى <b>19°</b> الصغرى</div><div class="cur">دولار 48.2 يورو 52.7</div></div>'
        f'<div class="mn">{menu}</div><div class="tk"><span>{page.label("breaking")}</span><ul>{slides}</ul></div><div class="wrp"><div class="rgt">{main}</div>'
        f'<div class="lft"><div class="bx"><div class="bxh">{page.label("most")}</div>{hot}</div></div></div><div class="ftr">{foot}<br>{page.out(outlet.title)} © 2026</div>'
        f'<div class="stk">{page.label("follow")}</div></body></html>'
    )


def _text(story: Story) -> list[str]:
    return text_html(
        story.blocks, p="<div>{}</div>", h='<div class="hh">{}</div>', quote='<div class="qq">{}</div>',
        item="<div>{}</div>", items="{}",
    )  # fmt: skip


def article(page: Page) -> str:
    story = page.the
    inserts = {}
    for place in (1, 3, 6):
        if page.chance(0.7):
            url, title = page.others(1)[0]
            inserts[place] = f'<div class="rlt"><b>{page.pick("also")}</b> <a href="{url}">{title}</a></div>'
    inserts[2] = f'<div class="adv">{page.label("ad")}</div>'
    endless = ""
    if page.chance(0.6):
        more = page.another()
        endless = (
            f'<div class="nxt" data-url="{escape(page.outlet.url(more))}"><div class="ttl"><h1>{escape(more.headline)}</h1></div><div class="inf">{page.date(more)}</div>'
            f'<div class="txt">{"".join(_text(more))}</div></div>'
        )
    by = f'<span class="wr">{page.out("كتب : " + " - ".join(story.authors))}</span>' if story.authors else ""
    sub = f'<div class="stl">{escape(story.subtitle)}</div>' if story.subtitle else ""
    related = "".join(
        f'<div class="rl"><a href="{url}"><img src="/r.jpg"><p>{title}</p></a></div>' for url, title in page.others(4)
    )
    source = f'<span class="sr">{page.out(story.agency)}</span>' if story.agency else ""
    main = (
        f'<div class="art"><div class="sec"><a href="{page.outlet.section_url(story.section)}">{page.out(story.section.label)}</a></div><div class="ttl"><h1>{escape(story.headline)}</h1></div>{sub}'
        f'<div class="inf">{by}{source}<span class="tm">{page.date()}</span></div><div class="shr">{page.label("share")} <a>f</a><a>t</a></div>'
        f'<div class="pic"><img src="{page.image()}"><span>{page.out(story.caption)} {page.pick("credit")}</span></div><div class="txt">{woven(_text(story), inserts)}</div>'
        f'<div class="bx"><div class="bxh">{page.label("related")}</div>{related}</div></div>{endless}'
    )
    return _frame(page, heads.same_everywhere(page), main)


def listing(page: Page) -> str:
    first, *rest = page.shown
    cards = "".join(
        f'<div class="cd"><a href="{escape(page.outlet.url(each))}"><img src="{page.image(each)}"></a><h3><a href="{escape(page.outlet.url(each))}">{escape(each.headline)}</a></h3>'
        f"<p>{escape(each.paragraphs[0][:100])}</p></div>"
        for each in rest
    )
    top = f'<div class="top1"><a href="{escape(page.outlet.url(first))}"><img src="{page.image(first)}"><h2>{escape(first.headline)}</h2></a></div>'
    pager = ""
    if page.section:
        pager = f'<div class="pg"><a href="{page.outlet.section_url(page.section, page.number + 1)}">{page.label("next")} »</a></div>'
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", f"{top}{cards}{pager}")


BUILD = Build(
    "tabloid", article, listing, address, section_address=section_address,
    dates=("weekday-slash", "weekday-clock", "gulf-clock"), zones=("Africa/Cairo",),
    shows=Shows(tags=False), habits=Habits(longest=12, extras=0.3, agencies=0.15),
)  # fmt: skip
