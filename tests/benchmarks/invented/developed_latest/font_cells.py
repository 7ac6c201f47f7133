"""An old daily of tables and fonts: the byline is the first line of the text's cell, the section a picture's label."""

from html import escape

from tests.benchmarks.invented.developed_later.furniture import rows
from tests.benchmarks.invented.developed_latest.frame import address, cards, menu, pager, section_address
from tests.benchmarks.invented.pages import Page, Shows, text_html
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, head: str, main: str) -> str:
    lines = menu(page, '<td bgcolor="#003366"><a href="{url}"><font color="white">{label}</font></a></td>')
    side = rows(page, 7, '<tr><td><img src="b.gif"><a href="{url}"><font size="2">{title}</font></a></td></tr>')
    return (
        f'<html dir="rtl"><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1256">{head}</head><body bgcolor="white"><table width="980"><tr>{lines}</tr></table><table width="980"><tr><td width="700" valign="top">{main}</td><td width="280" valign="top"><table><tr><td bgcolor="#cccccc"><b>{page.label("latest")}</b></td></tr>{side}</table></td></tr></table>'
        f'<center><font size="1">{page.label("footer")} - {page.out(page.outlet.title)}</font></center></body></html>'
    )


def article(page: Page) -> str:
    story, outlet = page.the, page.outlet
    parts = text_html(
        story.blocks,
        p='<font size="3">{}</font><br><br>',
        h='<font size="4"><b>{}</b></font><br><br>',
        quote='<font size="3">"{}"</font><br><br>',
        item='<font size="3">• {}</font><br>',
        items="{}<br>",
        cell="<td>{}</td>",
    )
    who = [f"كتب ـ {' و '.join(story.authors)}"] if story.authors else []
    who += [story.agency] if story.agency else []
    by = f'<b><font color="#990000">{page.out(" ـ ".join(who))}:</font></b><br>' if who else ""
    sub = (
        f'<tr><td align="center"><font size="4" color="gray">{escape(story.subtitle)}</font></td></tr>'
        if story.subtitle
        else ""
    )
    main = (
        f'<table width="100%"><tr><td bgcolor="#eeeeee"><a href="{outlet.section_url(story.section)}"><font size="2">{page.out(story.section.label)}</font></a></td><td bgcolor="#eeeeee" align="left"><font size="2">{page.date()}</font></td></tr><tr><td colspan="2" align="center"><font size="6"><b>{escape(story.headline)}</b></font></td></tr>{sub}'
        f'<tr><td colspan="2" align="justify"><table align="left" width="200"><tr><td><img src="{page.image()}" width="200"></td></tr><tr><td><font size="1">{page.out(story.caption)}</font></td></tr></table>{by}{"".join(parts)}</td></tr><tr><td colspan="2"><a href="print.php?id={story.number}">{page.label("share")}</a></td></tr></table>'
        f'<table width="100%"><tr><td><b>{page.label("related")}</b></td></tr>{rows(page, 4, "<tr><td>» <a href={url}>{title}</a></td></tr>")}</table>'
    )
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", main)


def listing(page: Page) -> str:
    cards_html = cards(
        page,
        '<tr><td width="120"><a href="{url}"><img src="{image}" width="110"></a></td><td><a href="{url}"><font size="4"><b>{title}</b></font></a><br><font size="2">{lead}...</font></td></tr>',
    )
    return _frame(
        page,
        f"<title>{escape(page.outlet.title)}</title>",
        f'<table width="100%">{"".join(cards_html)}</table><center>{pager(page, "<a href={url}>[{n}]</a> ")}</center>',
    )


BUILD = Build(
    "font_cells", article, listing, address("/news.php?id={n}"), section_address=section_address("/section.php?s={s}", "&p={n}"),
    dates=("weekday-slash-plain", "levant", "hijri-before"), zones=("Asia/Aden", "Asia/Baghdad"), charset="cp1256", declared="text/html",
    shows=Shows(tags=False), habits=Habits(bylines=0.5, agencies=0.3, subtitles=0.4, datelines=0.2),
)  # fmt: skip
