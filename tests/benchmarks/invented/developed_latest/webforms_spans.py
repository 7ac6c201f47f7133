"""ASP.NET WebForms: labels with long ids, writer and source one after the other in one line, empty where there are none."""

from html import escape

from tests.benchmarks.invented.developed_later.furniture import rows, scattered, teaser
from tests.benchmarks.invented.developed_latest.frame import address, cards, menu, pager, section_address
from tests.benchmarks.invented.pages import Page, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, head: str, main: str) -> str:
    lines = menu(page, '<td class="mnu"><a href="{url}">{label}</a></td>')
    side = rows(page, 6, '<tr><td><a id="ctl00_rpt_ctl0{n}_lnk" href="{url}">{title}</a></td></tr>')
    return (
        f'<html xmlns="http://www.w3.org/1999/xhtml" dir="rtl"><head>{head}</head><body><form method="post" action="./" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="/wEP{page.random.randint(1, 10**9)}"><div id="ctl00_pnlTop"><table><tr>{lines}</tr></table><span id="ctl00_lblDate">{page.today()}</span></div><div class="wrap"><div class="rt">{main}</div><div class="lt"><span class="bar">{page.label("latest")}</span><table>{side}</table></div></div>'
        f'<div id="ctl00_pnlFoot">{page.label("disclaimer")} {page.label("footer")}</div></form></body></html>'
    )


def article(page: Page) -> str:
    story, outlet = page.the, page.outlet
    names = " / ".join(map(escape, story.authors))
    shape = '<div class="cut"><span>{label}</span><ul><li><a href="{url}">{title}</a></li><li><a href="{url2}">{title2}</a></li></ul></div>'
    inserts = scattered(page, len(story.blocks), [lambda: teaser(page, shape)], 1)
    tags = "".join(f'<span><a href="/Search.aspx?key={n}">{escape(tag)}</a></span>' for n, tag in enumerate(story.tags))
    sub = (
        f'<span id="ctl00_c_lblSub" class="n4">{escape(story.subtitle)}</span>'
        if story.subtitle
        else '<span id="ctl00_c_lblSub" class="n4"></span>'
    )
    main = (
        f'<div class="nw"><a id="ctl00_c_hlCat" class="n1" href="{escape(outlet.section_url(story.section))}">{page.out(story.section.label)}</a><span id="ctl00_c_lblTitle" class="n2">{escape(story.headline)}</span>{sub}<div class="n3"><span id="ctl00_c_lbl1">{names}</span> <span id="ctl00_c_lbl2">{escape(story.agency or "")}</span> <span id="ctl00_c_lbl3">{page.date()}</span></div><img id="ctl00_c_img" src="{page.image()}"><span class="cp">{page.out(story.caption)}</span>'
        f'<div id="ctl00_c_divText" class="n5">{woven(text_html(story.blocks, p="<div>{}</div>", h="<div><b>{}</b></div>"), inserts)}</div><div class="n6">{tags}</div><div class="n7">{page.label("share")} {page.pick("views")}</div></div><div class="oth"><span class="bar">{page.label("related")}</span>{rows(page, 4, "<div><a href={url}>{title}</a></div>")}</div>'
    )
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", main)


def listing(page: Page) -> str:
    cards_html = cards(
        page,
        '<td><div class="bx"><a href="{url}"><img src="{image}"></a><a class="tx" href="{url}">{title}</a></div></td>',
    )
    table = "".join(f"<tr>{''.join(cards_html[start : start + 3])}</tr>" for start in range(0, len(cards_html), 3))
    pages = pager(page, '<td><a href="{url}">{n}</a></td>')
    return _frame(
        page,
        f"<title>{escape(page.outlet.title)}</title>",
        f'<table id="ctl00_dl">{table}</table><table><tr>{pages}</tr></table>',
    )


BUILD = Build(
    "webforms_spans", article, listing, address("/NewsView.aspx?id={n}"), section_address=section_address("/Sections.aspx?s={s}", "&p={n}"),
    dates=("ampm-slash", "label-clock", "numeric"), zones=("Asia/Bahrain", "Asia/Muscat"),
    habits=Habits(bylines=0.5, agencies=0.3, subtitles=0.4),
)  # fmt: skip
