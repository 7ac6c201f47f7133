"""A university's or authority's news on SharePoint: web parts, empty width characters, fields named in English."""

from html import escape

from tests.benchmarks.invented.developed_more import heads
from tests.benchmarks.invented.pages import Outlet, Page, text_html
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story

_ZERO = "&#8203;"


def address(outlet: Outlet, story: Story) -> str:
    return f"/ar/Lists/News/DispForm.aspx?ID={story.number}"


def section_address(section: Section, page: int) -> str:
    return f"/ar/Pages/{section.slug}.aspx" + (f"?Paged=TRUE&p_ID={page * 10}" if page > 1 else "")


def _part(number: int, title: str, inner: str) -> str:
    return (
        f'<div class="ms-webpart-chrome" id="MSOZoneCell_WebPartWPQ{number}"><div class="ms-webpart-chrome-title"><h2 class="ms-webpart-titleText"><nobr><span>{title}</span></nobr></h2></div>'
        f'<div id="WebPartWPQ{number}" class="ms-WPBody">{inner}</div></div>'
    )


def _frame(page: Page, head: str, main: str) -> str:
    outlet = page.outlet
    menu = "".join(
        f'<li class="static"><a class="static menu-item" href="{escape(outlet.section_url(each))}"><span class="menu-item-text">{page.out(each.label)}</span></a></li>'
        for each in outlet.sections
    )
    links = "".join(
        f'<li class="dfwp-item"><div class="link-item"><a href="{escape(url)}">{title}</a></div></li>'
        for url, title in page.others(5)
    )
    notes = "".join(f'<div class="ms-rtestate-field"><p>{_ZERO}{page.pick("blurb")}</p></div>' for _ in range(2))
    return (
        f'<!DOCTYPE html><html dir="rtl" lang="ar-sa"><head><meta name="GENERATOR" content="Microsoft SharePoint" /><meta http-equiv="Content-type" content="text/html; charset=utf-8" />{head}</head><body>'
        f'<form method="post" id="aspnetForm"><div id="s4-workspace"><div id="s4-bodyContainer"><div id="s4-titlerow"><ul class="root static">{menu}</ul><div>{page.today()}</div></div><div id="contentBox"><div id="DeltaPlaceHolderMain">{main}</div></div>'
        f'<div id="sideNavBox">{_part(7, page.label("latest"), f"<ul class=dfwp-list>{links}</ul>")}{_part(8, page.label("follow"), notes)}</div>'
        f'<div class="ms-footer">{page.label("footer")} {page.out(outlet.title)}</div></div></div></form></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    parts = text_html(
        story.blocks, p=f'<div style="text-align:justify">{_ZERO}<span class="ms-rteFontSize-3">{{}}</span><br></div>', h='<div><strong class="ms-rteThemeForeColor-5-4">{}</strong></div>',
        quote="<div><em>{}</em></div>", table='<table class="ms-rteTable-default">{}</table>',
    )  # fmt: skip
    fields = [("تاريخ الخبر", page.date()), ("التصنيف", page.out(story.section.label))]
    if story.authors:
        fields.append(("المحرر", page.out("؛ ".join(story.authors))))
    if story.agency:
        fields.append(("المصدر", page.out(story.agency)))
    info = "".join(
        f'<tr><td class="ms-formlabel">{label}</td><td class="ms-formbody">{value}</td></tr>' for label, value in fields
    )
    sub = f'<div class="SubTitle">{escape(story.subtitle)}</div>' if story.subtitle else ""
    files = f'<div class="attach"><span>{page.label("listen")}</span> <a href="/f.pdf">PDF (210 KB)</a></div>'
    tags = "، ".join(f'<a href="/ar/Pages/search.aspx?k={n}">{escape(tag)}</a>' for n, tag in enumerate(story.tags))
    more = "".join(f'<div class="item"><a href="{escape(url)}">{title}</a></div>' for url, title in page.others(4))
    vote = "".join(f"<label>{each}</label>" for each in page.several("vote", 3))
    inner = (
        f'<div class="NewsTitle">{_ZERO}{escape(story.headline)}</div>{sub}<table class="ms-formtable">{info}</table><div class="NewsImage"><img src="{page.image()}" /><div class="ImageText">{page.out(story.caption)}</div></div>'
        f'<div class="NewsContent"><div class="ExternalClass{story.number:032X}">{"".join(parts)}</div></div>{files}<div class="kw">{page.label("tags")}: {tags}</div><div class="social">{page.label("share")}</div>'
    )
    main = (
        f'<span class="ms-breadcrumb"><a href="/">{page.label("home")}</a> &gt; <a href="{escape(page.outlet.section_url(story.section))}">{page.out(story.section.label)}</a></span>'
        f"{_part(2, page.out('تفاصيل الخبر'), inner)}{_part(3, page.label('related'), more)}{_part(4, page.label('poll'), vote)}"
    )
    return _frame(page, heads.titled(page), main)


def listing(page: Page) -> str:
    rows = "".join(
        f'<li class="dfwp-item"><div class="item"><div class="image-area-left"><img src="{page.image(each)}"></div><div class="link-item"><a href="{escape(page.outlet.url(each))}">{escape(each.headline)}</a><div class="description">{page.date(each)}</div></div></div></li>'
        for each in page.shown
    )
    more = (
        f'<td class="ms-paging"><a href="{escape(page.outlet.section_url(page.section, page.number + 1))}"><img src="/_layouts/next.gif" alt="{page.label("next")}"></a></td>'
        if page.section
        else ""
    )
    return _frame(
        page,
        f"<title>{escape(page.outlet.title)}</title>",
        _part(2, "الأخبار", f'<ul class="dfwp-column dfwp-list">{rows}</ul><table><tr>{more}</tr></table>'),
    )


BUILD = Build(
    "sharepoint", article, listing, address, section_address=section_address,
    dates=("hijri-before", "numeric", "label-clock"), zones=("Asia/Riyadh", "Asia/Muscat"),
    habits=Habits(longest=7, bylines=0.3, datelines=0.5, agencies=0.3, extras=0.5),
)  # fmt: skip
