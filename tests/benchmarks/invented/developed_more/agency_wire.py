"""A news agency on Laravel: many short items, long datelines, the wire's other items right below in the same boxes."""

from html import escape

from tests.benchmarks.invented.developed_more import heads
from tests.benchmarks.invented.pages import Outlet, Page, Shows, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story


def address(outlet: Outlet, story: Story) -> str:
    return f"/ar/article/{story.number}"


def section_address(section: Section, page: int) -> str:
    return f"/ar/{section.slug}-news" + (f"?page={page}&sort=new" if page > 1 else "")


def _frame(page: Page, head: str, main: str) -> str:
    outlet = page.outlet
    menu = "".join(
        f'<div class="m-item"><a href="{outlet.section_url(each)}">{page.out(each.label)}</a></div>'
        for each in outlet.sections
    )
    wire = "".join(
        f'<p class="w-row"><b>{page.today()[-5:]}</b> <a href="{url}">{title}</a></p>' for url, title in page.others(8)
    )
    return (
        f'<!DOCTYPE html><html dir="rtl"><head><meta charset="UTF-8"><meta name="csrf-token" content="x9">{head}</head><body><header class="hd"><div class="hd-clock">GMT 09:41 مكة 12:41</div>{menu}</header>'
        f'<div class="page"><div class="c1">{main}</div><div class="c2"><h5>{page.label("breaking")}</h5>{wire}</div></div><div class="bt">{" - ".join(page.several("footer", 4))}<p>{page.out(outlet.title)}: {page.label("disclaimer")}</p></div></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    parts = text_html(story.blocks, h="<p><u>{}</u></p>", quote="<p>“{}”</p>")
    if story.dateline:
        parts[0] = parts[0].replace(escape(story.dateline), f"<strong>{escape(story.dateline)}</strong>", 1)
    inserts = {99: f'<p class="sep">{page.label("disclaimer")}</p>'}
    if page.chance(0.6):
        links = "".join(f'<li><a href="{url}">{title}</a></li>' for url, title in page.others(3))
        inserts[1] = f"<p>{page.pick('also')}:</p><ul>{links}</ul>"
    by = f'<p class="wrt">{page.out("إعداد وتحرير / " + "، ".join(story.authors))}</p>' if story.authors else ""
    inserts[98] = by
    extra = ""
    for _ in range(2):
        other = page.another(3)
        body = "".join(text_html(other.blocks))
        extra += f'<div class="box"><h2><a href="{page.outlet.url(other)}">{escape(other.headline)}</a></h2><span class="d">{page.date(other)}</span><div class="b">{body}</div></div>'
    sub = f"<h4>{escape(story.subtitle)}</h4>" if story.subtitle else ""
    origin = f'<span class="src">{page.out(story.agency)}</span>' if story.agency else ""
    tags = "".join(f'<a class="tg" href="/ar/topic/{n}">{escape(tag)}</a>' for n, tag in enumerate(story.tags))
    main = (
        f'<div class="box"><div class="crumb"><a href="/">{page.label("home")}</a> « <a href="{page.outlet.section_url(story.section)}">{page.out(story.section.label)}</a></div>{sub}<h2>{escape(story.headline)}</h2>'
        f'<span class="d">{page.date()}</span>{origin}<div class="ph"><img src="{page.image()}"><p>{page.out(story.caption)} - {page.pick("credit")}</p></div><div class="b">{woven(parts, inserts)}</div>'
        f'<div class="tgs">{tags}</div><div class="sh">{page.label("share")}</div></div><h5>{page.label("related")}</h5>{extra}'
    )
    return _frame(page, heads.plugin(page), main)


def listing(page: Page) -> str:
    rows = "".join(
        f'<div class="box"><h2><a href="{page.outlet.url(each)}">{escape(each.headline)}</a></h2><span class="d">{page.date(each)}</span><div class="b"><p>{escape(each.paragraphs[0])}</p></div></div>'
        for each in page.shown
    )
    pager = ""
    if page.section:
        pager = "".join(
            f'<a href="{escape(page.outlet.section_url(page.section, n))}">{n}</a> '
            for n in range(1, page.pages + 1)
            if n != page.number
        )
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", f"{rows}<div class='pages'>{pager}</div>")


BUILD = Build(
    "agency_wire", article, listing, address, section_address=section_address,
    dates=("label-clock", "iso-clock", "hijri-before"), zones=("Asia/Riyadh", "Asia/Qatar"),
    shows=Shows(moment="machine"), habits=Habits(longest=7, datelines=0.8, agencies=0.6, bylines=0.4, extras=0.2),
)  # fmt: skip
