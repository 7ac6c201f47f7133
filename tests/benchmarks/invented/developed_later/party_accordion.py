"""A party's portal: the news in one panel of an accordion, documents and the party's own story in the others."""

from html import escape

from tests.benchmarks.invented.developed_later import heads
from tests.benchmarks.invented.developed_later.furniture import rows, teaser
from tests.benchmarks.invented.pages import Outlet, Page, Shows, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story

_OFFICES = ("الأمانة العامة", "مكتب الشباب", "مكتب المرأة", "هيئة الرقابة", "المكاتب في المحافظات")
_PANELS = ("نص الخبر", "وثائق مرافقة", "من نحن", "أرقام التواصل")


def address(outlet: Outlet, story: Story) -> str:
    return f"/ar/Pages/View.php?ID={story.number}"


def section_address(section: Section, page: int) -> str:
    return f"/ar/{section.slug}.php" + (f"?pg={page}" if page > 1 else "")


def _panel(number: int, title: str, inner: str) -> str:
    shown = " show" if number == 0 else ""
    return (
        f'<div class="panel"><div class="panel-heading" id="h{number}"><h4 class="panel-title"><a data-toggle="collapse" href="#c{number}">{title}</a></h4></div>'
        f'<div id="c{number}" class="panel-collapse collapse{shown}"><div class="panel-body">{inner}</div></div></div>'
    )


def _frame(page: Page, head: str, main: str) -> str:
    outlet = page.outlet
    menu = "".join(
        f'<li><a href="{outlet.section_url(each)}">{page.out(each.label)}</a></li>' for each in outlet.sections
    )
    offices = "".join(f'<li><a href="/ar/office/{n}">{page.out(each)}</a></li>' for n, each in enumerate(_OFFICES))
    return (
        f'<!DOCTYPE html><html dir="rtl" lang="ar-SA"><head><meta charset="utf-8">{head}</head><body><div id="wrapper"><div id="topline"><span>{page.today()}</span><a href="/en">EN</a></div>'
        f'<div id="logo"><h1>{page.out(outlet.title)}</h1><h2>{page.label("party")}</h2></div><div id="mainmenu"><ul><li>الأقسام<ul>{menu}</ul></li><li>الهيكل<ul>{offices}</ul></li></ul></div>'
        f'<div id="middle"><div id="content">{main}</div><div id="leftside"><div class="sidebox"><h3>{page.label("latest")}</h3><ul>{rows(page, 5, "<li><a href={url}>{title}</a></li>")}</ul></div>'
        f'<div class="sidebox"><h3>{page.label("newsletter")}</h3><button>{page.label("send")}</button></div></div></div><div id="bottom">{page.label("footer")} | {page.out(outlet.title)} | {page.pick("views")}</div></div></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    parts = text_html(
        story.blocks,
        p='<p style="text-align: justify; line-height: 200%">{}</p>',
        h='<p style="color:#0a5"><b>{}</b></p>',
        quote="<p><em>{}</em></p>",
    )
    inserts = {0: f'<img class="img-right" src="{page.image()}" title="{escape(story.caption)}">'}
    if page.chance(0.4):
        inserts[2] = teaser(
            page,
            '<p style="text-align: justify; line-height: 200%"><b>{label}:</b> <a href="{url}">{title}</a></p>',
            '<div class="well"><h5>{label}</h5><a href="{url}">{title}</a></div>',
        )
    inserts[99] = "".join(
        f'<p style="text-align: center"><b>{each}</b></p>'
        for each in (page.label("follow"), page.out(f"المكتب الإعلامي - {story.number}"))
    )
    files = "".join(
        f'<tr><td><i class="fa fa-file-pdf"></i></td><td><a href="/files/{n}.pdf">{each}</a></td><td>{n + 1} MB</td></tr>'
        for n, each in enumerate(page.several("plan", 3))
    )
    about = "".join(f"<p>{each}</p>" for each in page.several("party", 2))
    contact = "".join(
        f"<p>{page.out(f'مكتب {place}')}: 01{page.random.randint(100000, 999999)}</p>"
        for place in page.writer.several("place", 3)
    )
    panels = (woven(parts, inserts), f"<table class='table'>{files}</table>", about, contact)
    source = f'<span class="src">{page.out("المصدر : " + story.agency)}</span>' if story.agency else ""
    date = f'<span class="dt">{page.date()}</span>' if story.dated else ""
    sub = f'<div class="subt">{escape(story.subtitle)}</div>' if story.subtitle else ""
    main = (
        f'<div class="path"><a href="/">{page.label("home")}</a> / <a href="{page.outlet.section_url(story.section)}">{page.out(story.section.label)}</a></div><div class="newstitle">{escape(story.headline)}</div>{sub}<div class="info">{date} {source}</div>'
        f'<div class="panel-group" id="accordion">{"".join(_panel(n, page.out(title), inner) for n, (title, inner) in enumerate(zip(_PANELS, panels, strict=True)))}</div>'
        f'<div class="shr">{page.label("share")}</div><div class="also"><h3>{page.label("related")}</h3>{rows(page, 3, "<p><a href={url}>{title}</a></p>")}</div>'
    )
    return _frame(page, heads.built_by(page), main)


def listing(page: Page) -> str:
    lines = "".join(
        f'<div class="newsrow"><img src="{page.image(each)}"><div class="newsrow-t"><a href="{page.outlet.url(each)}">{escape(each.headline)}</a></div><span>{page.date(each)}</span><p>{escape(each.paragraphs[0][:140])}...</p><a href="{page.outlet.url(each)}">»</a></div>'
        for each in page.shown
    )
    pager = ""
    if page.section:
        pager = "".join(
            f'<option value="{page.outlet.section_url(page.section, n)}">{n}</option>' for n in range(1, page.pages + 1)
        )
        pager = f'<select>{pager}</select> <a href="{page.outlet.section_url(page.section, page.number + 1)}">{page.label("next")}</a>'
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", f"{lines}<div class='pg'>{pager}</div>")


BUILD = Build(
    "party_accordion", article, listing, address, section_address=section_address,
    dates=("hijri-slash", "hijri-both", "hijri-alone"), zones=("Asia/Riyadh", "Asia/Baghdad"),
    shows=Shows(authors=False, tags=False),
    habits=Habits(extras=0.6, longest=10, bylines=0.0, tags=0.0, datelines=0.5, openings=("{place} | ", "{place} ({agency}): ")),
)  # fmt: skip
