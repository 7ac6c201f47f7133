"""A Palestinian agency in tables, in windows-1256: city and the agency's own name as dateline, readers' words with names."""

from html import escape

from tests.benchmarks.invented.developed_portals.parts import address, cards, comments, menu, rows, section_address
from tests.benchmarks.invented.developed_regions.fittings import boxes, head, here, later, text
from tests.benchmarks.invented.pages import Page, Shows
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, top: str, main: str) -> str:
    lines = menu(page, '<td align="center" nowrap><a class="menulink" href="{url}">{label}</a></td>')
    right = menu(page, '<tr><td bgcolor="#eeeeee"><img src="/arrow.gif"> <a href="{url}">{label}</a></td></tr>')
    left = rows(page, 6, '<tr><td><font size="2"><a href="{url}">{title}</a></font></td></tr><tr><td height="4"></td></tr>')  # fmt: skip
    return (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1256">{top}</head><body dir="rtl" topmargin="0" bgcolor="#ffffff"><table width="980" align="center" cellpadding="0" cellspacing="0" border="0"><tr><td colspan="3"><img src="/banner.jpg" alt="{escape(page.outlet.title)}"></td></tr><tr><td colspan="3"><table width="100%" bgcolor="#990000"><tr>{lines}</tr></table></td></tr><tr><td colspan="3"><font color="red"><b>{page.label("breaking")}</b></font> {rows(page, 1, "<a href={url}>{title}</a>")} | {page.today()}</td></tr><tr valign="top"><td width="150"><table width="100%">{right}</table><p align="center">{page.label("ad")}</p></td>'
        f'<td width="600">{main}</td><td width="230"><table width="100%"><tr><td bgcolor="#990000"><font color="white">{page.label("latest")}</font></td></tr>{left}</table></td></tr><tr><td colspan="3" align="center"><font size="1">{page.label("footer")}<br>{page.label("disclaimer")}</font></td></tr></table></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    pieces = [
        lambda: f'<table align="left" width="200" border="1"><tr><td>{page.pick("also")}</td></tr>{rows(page, 2, "<tr><td><a href={url}>{title}</a></td></tr>")}</table>',
        lambda: f'<p align="center"><img src="/pics/{page.random.randint(1, 900)}.jpg"><br><font size="1">{page.pick("caption")}</font></p>',
    ]  # fmt: skip
    body = text(page, pieces, 1, p='<p align="justify"><font size="4" face="Simplified Arabic">{}</font></p>', h='<p><font size="4" color="#990000"><b>{}</b></font></p>', quote='<p align="justify"><font size="4" face="Simplified Arabic"><i>"{}"</i></font></p>', items="{}", item='<p><font size="4">* {}</font></p>', table='<table border="1" width="90%">{}</table>')  # fmt: skip
    writer = f'<tr><td><font color="#666666">{page.out("أعده:")} {" و ".join(escape(each) for each in story.authors)}</font></td></tr>' if story.authors else ""  # fmt: skip
    source = f'<p align="left"><font size="2">{page.out("المصدر -")} {escape(story.agency)}</font></p>' if story.agency and not story.dateline else ""  # fmt: skip
    sub = f'<tr><td><font size="4" color="#003399">{escape(story.subtitle)}</font></td></tr>' if story.subtitle else ""
    changed = f' <font size="1">( {page.out("آخر تحديث:")} {later(page)} )</font>' if page.chance(0.5) else ""
    replies = comments(page, '<table width="100%" border="0" bgcolor="#f5f5f5"><tr><td width="30">{n}</td><td><b>{nick}</b></td></tr><tr><td colspan="2">{text}</td></tr></table>', 6)  # fmt: skip
    form = f'<form action="/c.php"><table><tr><td>{page.out("الاسم الكامل")}</td><td><input name="n"></td></tr><tr><td>{page.out("نص التعليق")}</td><td><textarea></textarea></td></tr></table></form>'
    main = (
        f'<table width="100%" cellpadding="3"><tr><td><a href="{here(page)}"><font color="#990000">{page.out(story.section.label)}</font></a></td></tr><tr><td align="center"><font size="5"><b>{escape(story.headline)}</b></font></td></tr>{sub}<tr><td><font size="2" color="#666666">{page.out("نشر بتاريخ:")} {page.date()}{changed}</font></td></tr>{writer}<tr><td align="center"><img src="{page.image()}" width="560" alt=""></td></tr><tr><td>{body}{source}</td></tr><tr><td><a href="/print.php?id={story.number}"><img src="/print.gif">{page.out("نسخة للطباعة")}</a> <a href="/send.php"><img src="/mail.gif">{page.out("أرسل الخبر لصديق")}</a></td></tr></table>'
        f'<table width="100%"><tr><td><b>{page.label("related")}</b></td></tr>{rows(page, 4, "<tr><td>- <a href={url}>{title}</a></td></tr>")}</table><b>{page.label("comments")}</b>{replies}{form}'
    )
    return _frame(page, head(page, title="{outlet}"), main)


def listing(page: Page) -> str:
    row = cards(page, '<tr valign="top"><td width="110"><a href="{url}"><img src="{image}" width="100" border="0"></a></td><td><a href="{url}"><b>{title}</b></a><br><font size="1">{date}</font><br>{lead}...</td></tr><tr><td colspan="2"><hr size="1"></td></tr>')  # fmt: skip
    pages = " - ".join(f'<a href="{escape(page.outlet.section_url(page.section, n))}">[{n}]</a>' for n in (1, 2, 3)) if page.section else ""  # fmt: skip
    title = f'<font size="5">{escape(page.section.label)}</font>' if page.section else ""
    others = boxes(page, '<table width="100%"><tr><td bgcolor="#990000"><a href="{url}"><font color="white">{label}</font></a></td></tr>{items}</table>', "<tr><td>- <a href={url}>{title}</a></td></tr>") if page.section is None else ""  # fmt: skip
    main = f'{title}<table width="100%" cellpadding="4">{"".join(row)}</table><p align="center">{pages}</p>{others}'
    return _frame(page, head(page), main)


BUILD = Build(
    "dateline_tables", article, listing, address("/arabic/?Action=Details&ID={n}"), section_address=section_address("/arabic/?Section={s}", "&Page={n}"),
    dates=("ampm-slash", "numbers-bar", "weekday-slash", "numeric"), zones=("Asia/Hebron", "Asia/Amman"),
    charset="windows-1256", declared="text/html", shows=Shows(tags=False),
    habits=Habits(bylines=0.25, agencies=0.2, subtitles=0.2, datelines=0.8, tags=0.0, extras=0.3, shortest=2, longest=10, openings=("{place} - سند - ", "{place} - {agency} - ")),
)  # fmt: skip
