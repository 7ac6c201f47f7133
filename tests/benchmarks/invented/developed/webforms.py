"""An ASP.NET WebForms site: one form around the page, tables for the layout, a label that holds the whole text."""

from html import escape

from tests.benchmarks.invented.developed import heads
from tests.benchmarks.invented.pages import Outlet, Page, Shows, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story

_C = "ctl00_ContentPlaceHolder1"


def address(outlet: Outlet, story: Story) -> str:
    return f"/NewsDetails.aspx?NewsID={story.number}"


def section_address(section: Section, page: int) -> str:
    return f"/NewsList.aspx?cat={section.slug}" + (f"&pg={page}" if page > 1 else "")


def _frame(page: Page, head: str, main: str) -> str:
    outlet = page.outlet
    menu = "".join(
        f'<td class="mnu"><a href="{escape(outlet.section_url(each))}">{page.out(each.label)}</a></td>'
        for each in outlet.sections
    )
    news = " *** ".join(f'<a href="{url}">{title}</a>' for url, title in page.others(4))
    left = "".join(
        f'<tr><td class="sideitem"><img src="/images/arrow.gif"> <a href="{url}">{title}</a></td></tr>'
        for url, title in page.others(6)
    )
    options = "".join(
        f'<tr><td><input type="radio" name="ctl00$rbl" id="r{n}"><label for="r{n}">{each}</label></td></tr>'
        for n, each in enumerate(page.several("vote", 3))
    )
    return (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head id="ctl00_Head1">{head}</head><body dir="rtl">'
        '<form method="post" action="./NewsDetails.aspx" id="aspnetForm"><div><input type="hidden" name="__VIEWSTATE" '
        'id="__VIEWSTATE" value="/wEPDwUKMTY1NDU2MTA1MmRk7J2x" /></div>'
        f'<table width="980" align="center" cellpadding="0" cellspacing="0"><tr><td colspan="3"><img src="/images/hd.jpg" alt="{escape(outlet.title)}"></td></tr>'
        f'<tr>{menu}</tr><tr><td colspan="3"><span id="ctl00_lblDate">{page.today()}</span></td></tr>'
        f'<tr><td colspan="3" class="brk"><b>{page.label("breaking")}:</b> <marquee direction="right">{news}</marquee></td></tr>'
        f'<tr><td valign="top" width="620">{main}</td><td width="10"></td><td valign="top" width="350"><table><tr><td class="sidehd">'
        f'{page.label("latest")}</td></tr>{left}</table><table class="poll"><tr><td>{page.label("poll")}</td></tr>{options}'
        f'<tr><td><input type="submit" value="ok"></td></tr></table></td></tr>'
        f'<tr><td colspan="3" align="center" class="ft">{page.label("footer")} {page.out(outlet.title)} 2010 - 2026</td></tr></table></form></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    parts = text_html(
        story.blocks, p="{}<br /><br />", h="<b>{}</b><br /><br />", quote="«{}»<br /><br />", item="- {}<br />",
        items="{}<br />", table='<table border="1">{}</table><br />',
    )  # fmt: skip
    inserts = {}
    if page.chance(0.6):
        url, title = page.others(1)[0]
        inserts[1] = f'<b>{page.pick("also")}: <a href="{url}">{title}</a></b><br /><br />'
    by = (
        f'<span id="{_C}_lblAuthor" class="auth">{page.out("، ".join(story.authors))}</span><br />'
        if story.authors
        else ""
    )
    src = f'<span id="{_C}_lblSource">المصدر: {page.out(story.agency)}</span>' if story.agency else ""
    comments = "".join(
        f'<table class="cm"><tr><td>{escape(name)}</td><td>{page.today()}</td></tr><tr><td colspan="2">{text}</td></tr></table>'
        for name, text in zip(("أبو محمد", "زائر"), page.several("comment", 2), strict=False)
    )
    sub = f'<span id="{_C}_lblSubTitle" class="sub">{escape(story.subtitle)}</span><br />' if story.subtitle else ""
    related = "".join(f'<tr><td>• <a href="{url}">{title}</a></td></tr>' for url, title in page.others(3))
    main = (
        f'<table width="100%"><tr><td class="path"><a href="/">{page.label("home")}</a> &gt; '
        f'<a href="{escape(page.outlet.section_url(story.section))}">{page.out(story.section.label)}</a></td></tr>'
        f'<tr><td><span id="{_C}_lblTitle" class="newstitle">{escape(story.headline)}</span></td></tr><tr><td>{sub}'
        f'<span id="{_C}_lblNewsDate">{page.date()}</span></td></tr>'
        f'<tr><td align="center"><img src="{page.image()}" width="500"><br /><span class="cap">{page.out(story.caption)}</span></td></tr>'
        f'<tr><td class="fnt"><a href="javascript:zoom(1)">A+</a> <a href="javascript:zoom(-1)">A-</a> '
        f'<a href="javascript:print()">طباعة</a> {page.pick("views")}</td></tr>'
        f'<tr><td class="newsbody">{by}<span id="{_C}_lblDetails">{woven(parts, inserts)}</span>{src}</td></tr>'
        f'<tr><td>{page.label("share")} <a href="#">Facebook</a></td></tr>'
        f'<tr><td class="relhd">{page.label("related")}</td></tr>{related}<tr><td>{page.label("comments")}</td></tr><tr><td>{comments}'
        f'<b>{page.label("write_comment")}</b><input name="nm"><textarea name="cm"></textarea></td></tr></table>'
    )
    return _frame(page, heads.bare(page), main)


def listing(page: Page) -> str:
    rows = "".join(
        f'<tr><td width="100"><a href="{escape(page.outlet.url(each))}"><img src="{page.image(each)}" width="90"></a></td>'
        f'<td valign="top"><a class="lnk" href="{escape(page.outlet.url(each))}">{escape(each.headline)}</a><br />'
        f'<span class="dt">{page.date(each)}</span><br />{escape(each.paragraphs[0][:120])}...</td></tr>'
        for each in page.shown
    )
    pager = ""
    if page.section:
        pager = "".join(
            f"<td><span>{n}</span></td>" if n == page.number
            else f'<td><a href="{escape(page.outlet.section_url(page.section, n))}">{n}</a></td>'
            for n in range(1, page.pages + 1)
        )  # fmt: skip
    main = f'<table id="{_C}_gvNews" width="100%">{rows}<tr><td colspan="2"><table><tr>{pager}</tr></table></td></tr></table>'
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", main)


BUILD = Build(
    "webforms", article, listing, address, section_address=section_address,
    dates=("label-clock", "numeric", "weekday-slash"), zones=("Asia/Amman", "Asia/Baghdad"),
    shows=Shows(tags=False), habits=Habits(longest=9),
)  # fmt: skip
