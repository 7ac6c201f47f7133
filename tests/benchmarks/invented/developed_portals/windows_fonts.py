"""An Iraqi site of home-made PHP in windows-1256: tables in tables, fonts, line breaks for paragraphs, the writer below the text."""

from html import escape

from tests.benchmarks.invented.developed_outlets.fittings import elsewhere, text
from tests.benchmarks.invented.developed_portals.parts import (
    address,
    cards,
    comments,
    menu,
    pager,
    poll,
    rows,
    section_address,
)
from tests.benchmarks.invented.pages import Page, Shows
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, main: str) -> str:
    name = escape(page.outlet.title)
    lines = menu(page, '<tr><td bgcolor="#e8e8d0" height="22"><font size="2" face="Tahoma">&nbsp;<a href="{url}"><b>{label}</b></a></font></td></tr>')  # fmt: skip
    strip = " *** ".join(rows(page, 1, '<a href="{url}"><font color="yellow">{title}</font></a>') for _ in range(3))
    last = rows(page, 6, '<tr><td><img src="/images/dot.gif" width="6"> <a href="{url}"><font size="2">{title}</font></a></td></tr>')  # fmt: skip
    vote = poll(page, '<table border="1" width="100%"><tr><td><font size="2"><b>{question}</b></font></td></tr>{answers}</table>', '<tr><td><font size="2"><input type="radio" name="v">{text}</font></td></tr>')  # fmt: skip
    return (
        f'<HTML dir="rtl"><HEAD><META http-equiv="Content-Type" content="text/html; charset=windows-1256"><TITLE>{name} ..:: {page.outlet.phrase("home")} ::..</TITLE></HEAD><BODY bgcolor="#FFFFFF" topmargin="0"><CENTER><TABLE width="980" border="0" cellpadding="0"><TR><TD colspan="3"><a href="/"><img src="/images/top.jpg" width="980" border="0"></a></TD></TR><TR bgcolor="#800000"><TD colspan="3"><marquee direction="right" scrollamount="3">{strip}</marquee></TD></TR><TR><TD colspan="3" align="left"><font size="1">{page.today()}</font></TD></TR>'
        f'<TR valign="top"><TD width="150"><table width="100%">{lines}</table><br>{vote}<br><font size="1" color="gray">{page.label("follow")}</font></TD><TD width="620">{main}</TD><TD width="210"><table width="100%"><tr><td bgcolor="#800000"><font color="white"><b>{page.label("latest")}</b></font></td></tr>{last}</table></TD></TR><TR><TD colspan="3" align="center"><hr><font size="1">{page.label("disclaimer")}<br>{page.label("footer")}</font></TD></TR></TABLE></CENTER></BODY></HTML>'
    )


def article(page: Page) -> str:
    story = page.the
    pieces = [
        lambda: f'<table align="left" width="200"><tr><td><img src="/photos/{page.random.randint(1, 99)}.jpg" width="200"></td></tr><tr><td align="center"><font size="1" color="#666666">{page.pick("caption")}</font></td></tr></table>',
        lambda: rows(page, 1, f'<font color="#ff0000">{page.pick("also")}</font> <a href="{{url}}">{{title}}</a><br><br>\n'),
    ]  # fmt: skip
    body = text(
        page, pieces, 1 if page.chance(0.5) else 0, story.blocks, p="{}<br>\n<br>\n", h='<font color="#000080"><b>{}</b></font><br>\n<br>\n',
        quote="( {} )<br>\n<br>\n", item="- {}<br>\n", items="{}<br>\n", table='<table border="1" width="80%" align="center">{}</table><br>\n',
    )  # fmt: skip
    names = " و ".join(escape(each) for each in story.authors)
    foot = ""
    if names:
        verb = page.out(page.random.choice(("بقلم", "تقرير", "كتابة")))
        foot = f'<div align="left"><font size="3" color="#0000ff"><b>{verb} : {names}</b></font></div>'
    if story.agency and not story.dateline:
        foot += f'<div align="left"><font size="2">{page.out("نقلا عن")} / {escape(story.agency)}</font></div>'
    kicker = f'<font size="3" color="#808080">{page.pick("kicker")}</font><br>' if page.chance(0.3) else ""
    said = comments(page, '<table width="95%" border="0" bgcolor="#f4f4f4"><tr><td><font size="2"><b>{nick}</b></font></td></tr><tr><td><font size="2">{text}</font></td></tr></table><br>', 4)  # fmt: skip
    sub = f'<font size="4" color="#333333">{escape(story.subtitle)}</font><br>' if story.subtitle else ""
    main = (
        f'<table width="100%" cellspacing="4"><tr><td bgcolor="#800000"><font color="#ffffff" size="3"><b>{page.out(story.section.label)}</b></font></td></tr><tr><td align="center">{kicker}<font size="5" color="#990000" face="Simplified Arabic"><b>{escape(story.headline)}</b></font><br>{sub}</td></tr><tr><td><font size="2" color="#008000">{page.date()}</font> &nbsp;|&nbsp; <font size="2">{page.pick("views")}</font></td></tr><tr><td align="center"><img src="{page.image()}" border="1" alt=""><br><font size="2">{page.out(story.caption)}</font></td></tr>'
        f'<tr><td align="justify"><font size="4" face="Simplified Arabic">{body}</font>{foot}</td></tr><tr><td align="center"><a href="print.php?id={story.number}"><img src="/images/print.gif"> {page.label("tools")}</a> <a href="send.php?id={story.number}">{page.label("share")}</a></td></tr></table><table width="100%"><tr><td bgcolor="#dddddd"><b>{page.label("comments")}</b></td></tr><tr><td>{said}<font size="2">{page.label("write_comment")}</font></td></tr></table><table width="100%"><tr><td bgcolor="#dddddd"><b>{page.label("related")}</b></td></tr><tr><td>{rows(page, 4, "<li><a href={url}>{title}</a>")}</td></tr></table>'
    )
    return _frame(page, main)


def listing(page: Page) -> str:
    big = cards(page, '<table width="100%" border="0"><tr><td width="160" rowspan="2"><a href="{url}"><img src="{image}" width="150" border="0"></a></td><td><a href="{url}"><font size="4" color="#990000"><b>{title}</b></font></a></td></tr><tr><td><font size="3">{lead} ... <a href="{url}">[ المزيد ]</a></font><br><font size="1">{date}</font></td></tr></table><hr size="1">')  # fmt: skip
    small = cards(page, '<tr><td><img src="/images/arrow.gif"> <a href="{url}"><font size="3">{title}</font></a></td><td nowrap><font size="1">{date}</font></td></tr>')  # fmt: skip
    others = elsewhere(page, '<td width="50%" valign="top"><table width="100%"><tr><td bgcolor="#e8e8d0"><b><a href="{url}">{label}</a></b></td></tr>{items}</table></td>', '<tr><td><font size="2"><a href="{url}">{title}</a></font></td></tr>', 2)  # fmt: skip
    pages = pager(page, '[<a href="{url}">{n}</a>] ', "<b>[{n}]</b> ")
    main = f'{"".join(big[:5])}<table width="100%">{"".join(small[5:])}</table><center><font size="2">{pages}</font></center><table width="100%"><tr>{others}</tr></table>'
    return _frame(page, main)


BUILD = Build(
    "windows_fonts", article, listing, address("/news.php?id={n}"), section_address=section_address("/cat.php?c={s}", "&page={n}"),
    dates=("levant", "levant-clock", "ampm-slash"), zones=("Asia/Baghdad", "Asia/Damascus"), charset="cp1256", declared="text/html",
    shows=Shows(tags=False),
    habits=Habits(bylines=0.65, agencies=0.25, subtitles=0.15, datelines=0.2, tags=0.0, extras=0.3, shortest=2, longest=13),
)  # fmt: skip
