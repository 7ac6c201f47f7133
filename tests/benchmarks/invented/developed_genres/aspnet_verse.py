"""A paper of the 2000s in tables on ASP.NET: text with line breaks in one cell, columns, poems in short lines, windows-1256."""

from html import escape

from tests.benchmarks.invented.developed_desks.fittings import names
from tests.benchmarks.invented.developed_genres.fittings import more_link, writers_box
from tests.benchmarks.invented.developed_genres.genres import become, verses
from tests.benchmarks.invented.developed_portals.parts import address, cards, menu, rows, section_address
from tests.benchmarks.invented.developed_regions.fittings import about, boxes, head, here
from tests.benchmarks.invented.pages import Page, Shows
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, top: str, main: str) -> str:
    lines = menu(page, '<tr><td class="m"><a href="{url}">{label}</a></td></tr>')
    return (
        f'<html dir="rtl"><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1256">{top}</head><body topmargin="0"><form name="aspnetForm" method="post" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="dDwt"><table width="980" align="center" cellpadding="0"><tr><td colspan="3"><a href="/"><img src="/logo.gif" alt="{escape(page.outlet.title)}"></a> <span id="ctl00_lblToday">{page.today()}</span></td></tr><tr valign="top"><td width="140"><table>{lines}</table></td>{main}</tr>'
        f'<tr><td colspan="3" align="center"><font size="1">{about(page, "{text} | ")}{page.label("footer")}</font></td></tr></table></form></body></html>'
    )


def _text(page: Page) -> str:
    texts = []
    for block in page.the.blocks:
        lines = [escape(line.replace("|", " "), quote=False) for line in block.lines]
        if block.kind == "h":
            texts.append(f"<b>{lines[0]}</b>")
        elif block.kind in ("list", "table"):
            texts.append("<br />".join(f"- {line}" for line in lines))
        else:
            texts.append(lines[0])
    return "<br /><br />".join(texts)


def article(page: Page) -> str:
    choice = page.random.random()
    end, face = "", ""
    if choice < 0.2:
        if not page.the.authors:
            become(page, page.the.blocks, authors=(page.writer.say("byline"),))
        lines = verses(page)
        stanzas = ["<br>\n".join(escape(each) for each in lines[at : at + 4]) for at in range(0, len(lines), 4)]
        body = "<br><br>\n".join(stanzas)
    elif choice < 0.4:
        if not page.the.authors:
            become(page, page.the.blocks, authors=(page.writer.say("byline"),), agency=None)
        body = _text(page)
        face = writers_box(page, '<img src="/writers/{n}.jpg" width="80"><br><font color="gray">{job}</font><br>')
        end = writers_box(page, '<hr><font size="2"><b>{name}</b> {bio}</font>')
    else:
        body = _text(page)
    story = page.the
    who = f'<span id="ctl00_cph_lblWriter"><b>{names(page, "{text}", " و ")}</b></span><br>' if story.authors else ""
    agency = f'<span id="ctl00_cph_lblSource">{escape(story.agency)}</span><br>' if story.agency else ""
    sub = f'<span id="ctl00_cph_lblSub"><font size="3">{escape(story.subtitle)}</font></span><br>' if story.subtitle else ""  # fmt: skip
    more = rows(page, 5, '<tr><td><img src="/dot.gif"> <a href="{url}">{title}</a></td></tr>')
    main = (
        f'<td><table width="100%"><tr><td class="p"><a href="/">{page.label("home")}</a> &gt; <a href="{here(page)}">{escape(story.section.label)}</a></td></tr><tr><td align="center">{sub}<span id="ctl00_cph_lblTitle"><font size="5" color="maroon">{escape(story.headline)}</font></span></td></tr><tr><td>{face}{who}{agency}<span id="ctl00_cph_lblDate">{page.date()}</span> &nbsp; <a href="javascript:print()">{page.label("print")}</a></td></tr><tr><td align="center"><img src="{page.image()}"><br><font size="1">{page.out(story.caption)}</font></td></tr><tr><td align="justify"><span id="ctl00_cph_lblBody">{body}</span></td></tr><tr><td>{end}</td></tr><tr><td>{page.pick("views")}</td></tr></table></td>'
        f'<td width="200"><table bgcolor="#eeeeee"><tr><th>{page.label("most")}</th></tr>{more}</table></td>'
    )
    return _frame(page, head(page, title="{outlet} - {title}"), main)


def listing(page: Page) -> str:
    items = cards(page, '<tr><td width="90"><img src="{image}" width="80"></td><td><a href="{url}"><b>{title}</b></a><br><font size="1">{date}</font><br>{lead} <a href="{url}">...</a></td></tr>')  # fmt: skip
    more = more_link(page, '<a href="{url}">{label}</a>')
    others = boxes(page, '<table><tr><th><a href="{url}">{label}</a></th></tr>{items}</table>', '<tr><td><a href="{url}">{title}</a></td></tr>') if page.section else ""  # fmt: skip
    side = rows(page, 5, '<tr><td><img src="/dot.gif"> <a href="{url}">{title}</a></td></tr>')
    return _frame(page, head(page), f'<td><table width="100%">{"".join(items)}</table>{more}{others}</td><td width="200"><table bgcolor="#eeeeee"><tr><th>{page.label("most")}</th></tr>{side}</table></td>')  # fmt: skip


BUILD = Build(
    "aspnet_verse", article, listing, address("/article.aspx?id={n}"), section_address=section_address("/list.aspx?cat={s}", "&p={n}"),
    dates=("levant-clock", "ampm-slash", "dual", "year-slash"), zones=("Asia/Damascus", "Asia/Amman"),
    shows=Shows(tags=False), charset="windows-1256", declared="text/html",
    habits=Habits(bylines=0.5, agencies=0.3, subtitles=0.3, datelines=0.3, tags=0.0, extras=0.3, longest=12),
)  # fmt: skip
