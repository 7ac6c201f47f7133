"""Joomla 1.5 in tables and font elements: paragraphs as justified boxes, modules on both sides, windows-1256."""

from html import escape

from tests.benchmarks.invented.developed_later import heads
from tests.benchmarks.invented.developed_later.furniture import poll, rows, teaser
from tests.benchmarks.invented.pages import Outlet, Page, Shows, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story


def address(outlet: Outlet, story: Story) -> str:
    return f"/index.php?option=com_content&view=article&id={story.number}&catid={len(story.section.slug)}&Itemid=2"


def section_address(section: Section, page: int) -> str:
    return f"/index.php?option=com_content&view=category&id={section.slug}" + (
        f"&limitstart={page * 10}" if page > 1 else ""
    )


def _module(title: str, inner: str) -> str:
    return f'<table cellpadding="0" cellspacing="0" class="moduletable"><tr><th valign="top">{title}</th></tr><tr><td>{inner}</td></tr></table>'


def _frame(page: Page, head: str, main: str) -> str:
    outlet = page.outlet
    menu = "".join(
        f'<tr align="right"><td><a href="{escape(outlet.section_url(each))}" class="mainlevel">{page.out(each.label)}</a></td></tr>'
        for each in outlet.sections
    )
    vote = poll(
        page,
        '<form name="form2"><table class="poll"><tr><td style="font-weight: bold;">{question}</td></tr>{options}</table></form>',
        '<tr><td><input type="radio"></td><td>{}</td></tr>',
    )
    latest = rows(page, 5, '<li class="latestnews"><a href="{url}" class="latestnews">{title}</a></li>')
    popular = rows(page, 5, '<li class="mostread"><a href="{url}" class="mostread">{title}</a></li>')
    return (
        f'<html dir="rtl"><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1256">{head}</head><body bgcolor="#ffffff"><center><table width="980" border="0"><tr><td colspan="3"><img src="/templates/banner.gif"><font color="#003366" size="2">{page.today()}</font></td></tr>'
        f'<tr><td width="170" valign="top">{_module(page.label("footer"), f"<table>{menu}</table>")}{_module(page.label("poll"), vote)}</td><td valign="top"><span class="pathway"><a href="/">{page.label("home")}</a> &raquo; {page.out(outlet.title)}</span>{main}</td>'
        f'<td width="190" valign="top">{_module(page.label("latest"), f"<ul>{latest}</ul>")}{_module(page.label("most"), f"<ul>{popular}</ul>")}</td></tr>'
        f'<tr><td colspan="3" align="center"><font size="1">{page.label("disclaimer")}<br>Powered by Joomla!</font></td></tr></table></center></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    font = page.random.choice(("Arial", "Simplified Arabic", "Tahoma"))
    p = page.random.choice(
        (
            f'<div align="justify"><font face="{font}" size="4">{{}}</font></div>',
            f'<p align="justify"><strong><font face="{font}" size="4">{{}}</font></strong></p>',
            f'<div style="text-align: justify;"><span style="font-size: 14pt; font-family: {font}">{{}}</span></div><br />',
        )
    )
    parts = text_html(
        story.blocks, p=p, h=f'<div align="center"><font color="#ff0000" size="5" face="{font}">{{}}</font></div>',
        quote=f'<div align="center"><font color="#0000ff" face="{font}">" {{}} "</font></div>',
    )  # fmt: skip
    inserts = {
        0: f'<table align="left"><tr><td><img src="{page.image()}" border="1"></td></tr><tr><td align="center"><font size="1">{page.out(story.caption)}</font></td></tr></table>'
    }
    if page.chance(0.6):
        inserts[page.random.randint(1, 4)] = teaser(
            page,
            '<div align="justify"><font color="#800000" size="4">{label} : <a href="{url}">{title}</a></font></div>',
            '<table border="1" width="100%"><tr><td bgcolor="#eeeeee"><font size="3">{label}</font></td></tr><tr><td><a href="{url}">{title}</a></td></tr><tr><td><a href="{url2}">{title2}</a></td></tr></table>',
        )
    by = page.out(" - ".join(story.authors)) if story.authors else page.out("المدير العام")
    inserts[98] = (
        f'<div align="left"><b><font size="3">{page.out(story.agency)}</font></b></div>' if story.agency else ""
    )
    sub = (
        f'<tr><td align="center"><font color="#666666" size="4">{escape(story.subtitle)}</font></td></tr>'
        if story.subtitle
        else ""
    )
    date = f'<tr><td valign="top" class="createdate" colspan="2">{page.date()}</td></tr>' if story.dated else ""
    replies = "".join(f'<tr><td class="jc"><b>زائر</b><br>{text}</td></tr>' for text in page.several("comment", 3))
    nearby = page.others(2)
    main = (
        f'<table class="contentpaneopen">{sub}<tr><td class="contentheading" width="100%">{escape(story.headline)}</td><td align="left" class="buttonheading"><img alt="PDF"><img alt="{escape(page.outlet.title)}"></td></tr></table>'
        f'<table class="contentpaneopen"><tr><td><span>{page.out(story.section.label)}</span></td></tr><tr><td valign="top"><span class="small">{by}</span>&nbsp;&nbsp;</td></tr>{date}<tr><td valign="top" colspan="2">{woven(parts, inserts)}</td></tr>'
        f'<tr><td class="modifydate">{page.label("updated")} ( {page.today()} )</td></tr></table><table class="pagenav"><tr><th class="pagenav_prev"><a href="{nearby[0][0]}">&lt; {nearby[0][1]}</a></th><td width="50">&nbsp;</td><th class="pagenav_next"><a href="{nearby[1][0]}">{nearby[1][1]} &gt;</a></th></tr></table>'
        f'<table class="jcomments"><tr><td>{page.label("comments")}</td></tr>{replies}<tr><td>{page.label("write_comment")}</td></tr></table>'
    )
    return _frame(page, heads.built_by(page), main)


def listing(page: Page) -> str:
    lines = "".join(
        f'<tr class="sectiontableentry{n % 2 + 1}"><td align="right">{n}</td><td><a href="{escape(page.outlet.url(each))}">{escape(each.headline)}</a></td><td>{page.date(each)}</td></tr>'
        for n, each in enumerate(page.shown, 1)
    )
    pager = ""
    if page.section:
        pager = "".join(
            f'<a href="{escape(page.outlet.section_url(page.section, n))}" class="pagenav">{n}</a> '
            for n in range(1, page.pages + 1)
        )
    return _frame(
        page,
        f"<title>{escape(page.outlet.title)}</title>",
        f'<table class="category" width="100%">{lines}</table><span class="pagenav">{pager}</span>',
    )


BUILD = Build(
    "joomla_fonts", article, listing, address, section_address=section_address,
    dates=("weekday-slash", "gulf-clock", "maghreb-clock"), zones=("Africa/Tripoli", "Asia/Aden"),
    shows=Shows(tags=False), habits=Habits(extras=0.4, longest=16, undated=0.1, tags=0.0),
    charset="windows-1256", declared="text/html",
)  # fmt: skip
