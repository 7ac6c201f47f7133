"""An Iraqi agency on ASP.NET: labels with ids, the whole text in one span with line breaks, the desk's initials at its end."""

from html import escape

from tests.benchmarks.invented.developed_portals.parts import address, cards, menu, rows, section_address
from tests.benchmarks.invented.developed_regions.fittings import boxes, head, here, text
from tests.benchmarks.invented.pages import Page
from tests.benchmarks.invented.printed_dates import INDIC
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, top: str, main: str) -> str:
    lines = menu(page, '<td class="mnu"><a id="dlMenu_hl" href="{url}">{label}</a></td>')
    ticker = rows(page, 4, '<a href="{url}">{title}</a>&nbsp;&nbsp;<img src="/images/sep.gif">&nbsp;')
    langs = f'<div class="lang"><a href="/ku">{page.out("کوردی")}</a> | <a href="/en">English</a></div>'
    side = rows(page, 7, '<tr><td><img src="/images/bullet.gif"></td><td><a id="dlLast_hl" href="{url}">{title}</a></td></tr>')  # fmt: skip
    return (
        f'<html dir="rtl"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">{top}</head><body><form name="form1" method="post" action="view.aspx" id="form1"><input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="/wEPDwUKLTU4NDQ5" /><div id="UpdatePanel1"><table width="990" align="center"><tr><td colspan="2"><img src="/images/header.jpg" alt="{escape(page.outlet.title)}">{langs}<span id="lblToday">{page.today()}</span></td></tr><tr>{lines}</tr></table><marquee direction="right" scrollamount="3"><span id="lblTicker">{page.label("latest")}: </span>{ticker}</marquee>'
        f'<div class="cont">{main}<div class="lft"><table id="dlLast"><tr><td colspan="2" class="hd"><span id="lblLast">{page.label("most")}</span></td></tr>{side}</table><span id="lblAd" class="ad">{page.label("ad")}</span></div></div><div class="ftr"><span id="lblFooter">{page.label("footer")}</span> | <a href="/contact">{page.label("about")}</a></div></div></form></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    pieces = [
        lambda: f"<b>{page.label('also')}:</b> {rows(page, 1, '<a href={url}>{title}</a>')}<br><br>",
        lambda: f'<img src="/uploads/in/{page.random.randint(1, 900)}.jpg" width="500"><br><br>',
    ]  # fmt: skip
    body = text(page, pieces, 1, p="{}<br><br>\r\n", h="<strong>{}</strong><br><br>\r\n", quote="&quot;{}&quot;<br /><br />\r\n", items="{}<br>\r\n", item="• {}<br>\r\n", table="<table border=1>{}</table><br>")  # fmt: skip
    initials = page.random.choice(("انتهى م.ع", "انتهى 3/س ر", "ر.ح"))
    ending = f"{page.out(initials)}<br>" if page.chance(0.5) else ""
    by = "".join(f'<span id="lblAuthor{n}" class="aut">{escape(each)}</span> ' for n, each in enumerate(story.authors))
    writer = f'<div><span id="lblBy">{page.out("تحرير:")}</span> {by}</div>' if by else ""
    source = f'<div><span id="lblSrcT">{page.out("المصدر:")}</span> <span id="lblSource">{escape(story.agency)}</span></div>' if story.agency else ""  # fmt: skip
    sub = f'<span id="lblSubTitle" class="subt">{escape(story.subtitle)}</span><br>' if story.subtitle else ""
    views = page.out(str(page.random.randint(100, 9000)).translate(INDIC if page.outlet.indic else {}))
    tags = f'<div class="kw"><span id="lblKeysT">{page.label("tags")}:</span> <span id="lblKeys">{escape("، ".join(story.tags))}</span></div>' if story.tags else ""  # fmt: skip
    main = (
        f'<div class="rgt" id="PrintArea"><span id="lblCatT">{page.out("القسم:")}</span> <a id="hlCat" href="{here(page)}"><span id="lblCategory">{page.out(story.section.label)}</span></a><br><span id="lblTitle" class="ttl">{escape(story.headline)}</span><br>{sub}<div class="inf"><span id="lblDate">{page.date()}</span> <span id="lblViewsT">{page.out("عدد القراءات")}</span> <span id="lblViews">{views}</span> <a href="javascript:print()"><img src="/images/print.gif" title="print"></a></div>'
        f'<img id="imgMain" src="{page.image()}" width="600"><br>{writer}<span id="lblDetails" class="dtl">{body}{ending}</span><br>{source}{tags}<div class="fb-share"><span id="lblShare">{page.label("share")}</span></div><table id="dlRelated" cellspacing="0"><tr><td><span id="lblRel">{page.label("related")}</span></td></tr>{rows(page, 5, "<tr><td><a id=hlRel href={url}>{title}</a></td></tr>")}</table></div>'
    )
    return _frame(page, head(page, '<meta name="keywords" content="اخبار, العراق, كردستان">', title="{outlet}"), main)


def listing(page: Page) -> str:
    row = cards(page, '<tr><td><div class="nws"><a id="dlNews_hlImg" href="{url}"><img src="{image}" width="120"></a><a id="dlNews_hlTitle" href="{url}"><span id="dlNews_lblTitle">{title}</span></a><br><span id="dlNews_lblDate">{date}</span></div></td></tr>')  # fmt: skip
    name = f'<span id="lblCatName">{escape(page.section.label)}</span>' if page.section else ""
    pages = "".join(f'<td><a href="{escape(page.outlet.section_url(page.section, n))}">{n}</a></td>' for n in (1, 2, 3)) if page.section else ""  # fmt: skip
    others = boxes(page, '<table class="bx"><tr><td class="hd"><a href="{url}">{label}</a></td></tr>{items}</table>', '<tr><td><a href="{url}">{title}</a></td></tr>') if page.section is None else ""  # fmt: skip
    main = f'<div class="rgt">{name}<table id="dlNews" cellspacing="0">{"".join(row)}</table><table class="pgr"><tr>{pages}</tr></table>{others}</div>'
    return _frame(page, head(page), main)


BUILD = Build(
    "label_spans", article, listing, address("/view.aspx?jimare={n}"), section_address=section_address("/cat.aspx?c={s}", "&pg={n}"),
    dates=("levant-gulf", "hijri-line", "year-slash", "levant"), zones=("Asia/Baghdad",),
    habits=Habits(bylines=0.3, agencies=0.3, subtitles=0.2, datelines=0.4, tags=0.4, extras=0.25, shortest=2, longest=10, openings=("{place} / ", "{place} / {agency} / ")),
)  # fmt: skip
