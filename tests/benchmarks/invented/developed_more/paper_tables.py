"""A newspaper's site of 2003, still running: nested tables, font elements, windows-1256 that only the page declares."""

from html import escape

from tests.benchmarks.invented.developed_more import heads
from tests.benchmarks.invented.pages import Outlet, Page, Shows, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story

_GAP = "&nbsp;&nbsp;&nbsp;"


def address(outlet: Outlet, story: Story) -> str:
    return f"/archive/{story.when:%Y%m%d}/{story.section.slug}/{story.number}.htm"


def section_address(section: Section, page: int) -> str:
    return f"/pages/{section.slug}{page if page > 1 else ''}.htm"


def _frame(page: Page, head: str, main: str) -> str:
    outlet = page.outlet
    menu = "".join(
        f'<tr><td bgcolor="#003366"><a href="{outlet.section_url(each)}"><font color="white" size="2">{page.out(each.label)}</font></a></td></tr>'
        for each in outlet.sections
    )
    notes = "".join(
        f'<tr><td bgcolor="#eeeeee"><font size="2">{page.pick("blurb")}</font><hr size="1"></td></tr>' for _ in range(3)
    )
    heads_ = "".join(
        f'<tr><td><font size="2">&#8226; <a href="{url}">{title}</a></font></td></tr>' for url, title in page.others(6)
    )
    return (
        f'<HTML dir=rtl><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=windows-1256">{head}</HEAD><BODY bgcolor="#ffffff" topmargin="0"><CENTER>'
        f'<TABLE width="770" border="0"><TR><TD colspan="3"><img src="/img/logo.gif" alt="{escape(outlet.title)}"><br><font size="1">{page.today()} - العدد {9000 + page.number}</font></TD></TR>'
        f'<TR><TD width="120" valign="top"><table>{menu}<tr><td><font size="1">{page.label("listen")}</font></td></tr></table></TD><TD width="450" valign="top">{main}</TD>'
        f'<TD width="200" valign="top"><table><tr><td><b>{page.label("latest")}</b></td></tr>{heads_}{notes}</table></TD></TR>'
        f'<TR><TD colspan="3" align="center"><font size="1">{page.label("footer")} {page.out(outlet.title)}</font></TD></TR></TABLE></CENTER></BODY></HTML>'
    )


def article(page: Page) -> str:
    story = page.the
    parts = text_html(
        story.blocks, p=_GAP + "{}<br><br>", h='<font color="#990000"><b>{}</b></font><br>', quote=_GAP + '"{}"<br><br>',
        item="* {}<br>", items="{}<br>", table='<table border="1" align="center">{}</table>',
    )  # fmt: skip
    inserts = {}
    if len(parts) > 3:
        inserts[2] = f'<table align="left" width="150" bgcolor="#ffffcc"><tr><td><font size="2"><b>{page.pick("also")}</b>' + "".join(
            f'<br><a href="{url}">{title}</a>' for url, title in page.others(2)
        ) + "</font></td></tr></table>"  # fmt: skip
    by = (
        f'<font size="3" color="#666666"><b>{page.out(" و ".join(story.authors))}</b></font><br>'
        if story.authors
        else ""
    )
    place = f'<font size="2">{page.out(story.agency)}</font><br>' if story.agency else ""
    sub = f'<font size="4" color="#990000">{escape(story.subtitle)}</font><br>' if story.subtitle else ""
    related = "".join(f'<font size="2"><a href="{url}">{title}</a></font><br>' for url, title in page.others(3))
    main = (
        f'<table width="100%"><tr><td><font size="2"><a href="/">{page.label("home")}</a> / <a href="{page.outlet.section_url(story.section)}">{page.out(story.section.label)}</a></font></td></tr>'
        f'<tr><td align="center">{sub}<font size="5"><b>{escape(story.headline)}</b></font><br><font size="2">{page.date()}</font><br>{by}{place}</td></tr>'
        f'<tr><td align="justify"><table align="right" width="200"><tr><td><img src="{page.image()}" width="200"></td></tr><tr><td><font size="1">{page.out(story.caption)}</font></td></tr></table>'
        f'<font face="Simplified Arabic" size="4">{woven(parts, inserts)}</font></td></tr><tr><td><font size="1">{page.label("disclaimer")}</font></td></tr>'
        f'<tr><td bgcolor="#dddddd"><b>{page.label("related")}</b><br>{related}</td></tr><tr><td><font size="2">{page.label("share")} | <a href="javascript:print()">اطبع الصفحة</a></font></td></tr></table>'
    )
    return _frame(page, heads.titled(page), main)


def listing(page: Page) -> str:
    rows = "".join(
        f'<tr><td><img src="/img/b.gif"><a href="{page.outlet.url(each)}"><font size="4">{escape(each.headline)}</font></a><br><font size="2">{escape(each.paragraphs[0][:140])} <a href="{page.outlet.url(each)}">التفاصيل</a></font></td></tr>'
        for each in page.shown
    )
    more = (
        f'<tr><td align="left"><a href="{page.outlet.section_url(page.section, page.number + 1)}">{page.label("next")}</a></td></tr>'
        if page.section
        else ""
    )
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", f'<table width="100%">{rows}{more}</table>')


BUILD = Build(
    "paper_tables", article, listing, address, section_address=section_address,
    dates=("dots", "numeric", "hijri-both"), zones=("Asia/Aden", "Asia/Muscat"), charset="cp1256", declared="text/html",
    shows=Shows(tags=False), habits=Habits(longest=14, datelines=0.5, agencies=0.4, subtitles=0.5),
)  # fmt: skip
