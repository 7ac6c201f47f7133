"""An old portal in windows-1256: tables in tables, no classes, coloured cells, everything centred, the clock in a script."""

from html import escape

from tests.benchmarks.invented.held_out import heads
from tests.benchmarks.invented.held_out.furniture import fixed, menu, now, optional, pager, people, rows, varied
from tests.benchmarks.invented.pages import Outlet, Page, Shows, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story

_ROW = '<tr><td width="12"><img src="images/arrow.gif"></td><td align="right"><a href="{url}"><font size="2" face="Tahoma">{title}</font></a></td></tr>'


def address(outlet: Outlet, story: Story) -> str:
    return f"/show.php?sid={story.number}"


def section_address(section: Section, page: int) -> str:
    return f"/cat.php?c={section.slug}" + (f"&start={(page - 1) * 10}" if page > 1 else "")


def _box(title: str, inner: str) -> str:
    return f'<table border="0" width="100%" cellpadding="2" cellspacing="1" bgcolor="#CCCCCC"><tr><td bgcolor="#003366" align="center" colspan="2"><font color="#FFFFFF" size="2"><b>{title}</b></font></td></tr>{inner}</table><br>'


def _frame(page: Page, head: str, main: str) -> str:
    name = page.out(page.outlet.title)
    cells = menu(page, '<td bgcolor="#EEEEEE" align="center" nowrap><a href="{url}"><font size="2"><b>{label}</b></font></a></td>')  # fmt: skip
    vote = "".join(f'<tr><td><input type="radio" name="v"></td><td><font size="2">{fixed(page, each)}</font></td></tr>' for each in ("ممتاز", "مقبول", "يحتاج إلى تطوير"))  # fmt: skip
    left = (
        _box(fixed(page, "حصاد القراء", "الأوسع صدى"), rows(page, 6, _ROW))
        + _box(fixed(page, "ما رأيك بحلة الموقع؟"), vote)
        + _box(
            fixed(page, "مواقع صديقة"), f'<tr><td colspan="2"><font size="1">{varied(page, "{sale}")}</font></td></tr>'
        )
    )
    return (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1256">{head}</head><body dir="rtl" topmargin="0" bgcolor="#FFFFFF"><center><table width="980" border="0" cellspacing="0"><tr><td align="right"><img src="images/top.jpg"></td><td align="left"><font size="1">{now(page, "levant-gulf")}</font></td></tr></table>'
        f'<table width="980" border="0"><tr>{cells}</tr></table><table width="980" border="0"><tr><td colspan="2"><marquee direction="right" scrollamount="3">{rows(page, 4, "<a href={url}>{title}</a> *** ")}</marquee></td></tr><tr><td width="70%" valign="top">{main}</td><td width="30%" valign="top">{left}</td></tr></table>'
        f'<table width="980" border="0"><tr><td align="center" bgcolor="#003366"><font color="white" size="1">{fixed(page, "ما يرد في التعليقات لا يعبر عن رأي الإدارة", "المواد المنقولة تنسب إلى أصحابها")} - {name} - {fixed(page, "استضافة وبرمجة: الخيمة العربية لخدمات الشبكة")}</font></td></tr></table></center></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    parts = text_html(
        story.blocks,
        p="&nbsp;&nbsp;&nbsp;{}<br>\r\n<br>\r\n",
        h='<font color="#990000"><b>{}</b></font><br>\r\n',
        quote="«{}»<br><br>",
        item="* {}<br>",
        items="{}<br>",
        table='<table border="1" width="80%">{}</table>',
    )
    inserts = {0: f'<table align="left" width="260"><tr><td><img src="{page.image()}" width="250" border="1"></td></tr><tr><td align="center"><font size="1">{page.out(story.caption)}</font></td></tr></table>'}  # fmt: skip
    if page.chance(0.3):
        inserts[2] = f'<center><a href="/ads/{story.number % 5}"><font color="green" size="2">{varied(page, "{sale}")}</font></a></center><br>'  # fmt: skip
    by = people(page, "{name}", " و ")
    lead = f'<font size="2" color="#666666">{fixed(page, "خاص / كتب", "تقرير / ")} {by}</font><br>' if by else ""
    wire = f'<font size="2" color="#666666">{fixed(page, "وكالات - ", "نقلاً عن")} {page.out(story.agency)}</font><br>' if story.agency else ""  # fmt: skip
    date = f'<font size="1" color="#999999">{page.date()}</font>' if story.dated else ""
    replies = "".join(
        f'<tr bgcolor="#F5F5F5"><td align="right"><font size="2"><b>{n}- </b>{text}</font></td></tr>'
        for n, text in enumerate(page.several("reader", page.random.randint(0, 5)), 1)
    )
    main = (
        f'<table width="100%" border="0" cellpadding="4"><tr><td align="right"><font size="2"><a href="index.php">{fixed(page, "الغلاف")}</a> &gt; <a href="{escape(page.outlet.section_url(story.section))}">{page.out(story.section.label)}</a></font></td><td align="left">{date}</td></tr>'
        f'<tr><td colspan="2" align="center">{optional("<font size=3 color=#333333>{}</font><br>", story.subtitle)}<font size="5" color="#003366"><b>{escape(story.headline)}</b></font></td></tr><tr><td colspan="2" align="right">{lead}{wire}<font size="4" face="Simplified Arabic">{woven(parts, inserts)}</font></td></tr>'
        f'<tr><td colspan="2" align="center"><font size="2">[ <a href="print.php?sid={story.number}">{fixed(page, "صفحة للطباعة")}</a> | <a href="send.php?sid={story.number}">{fixed(page, "أخبر صاحبك")}</a> ] {varied(page, "مرات العرض: {#100-9000}", "شوهد {#100-9000} مرة")}</font></td></tr></table>'
        f'<table width="100%" cellspacing="2">{replies}<tr><td><font size="2">{fixed(page, "اكتب اسمك وتعليقك بعيداً عن التجريح")}</font><form><textarea rows="4" cols="40"></textarea></form></td></tr></table>{_box(fixed(page, "مواضيع قريبة", "من الباب"), rows(page, 4, _ROW))}'
    )
    return _frame(page, heads.site_alone(page, "..:: {} ::.."), main)


def listing(page: Page) -> str:
    lines = "".join(
        f'<tr><td width="90"><a href="{page.outlet.url(each)}"><img src="{page.image(each)}" width="85" border="0"></a></td><td align="right" valign="top"><a href="{page.outlet.url(each)}"><font size="3" color="#003366"><b>{escape(each.headline)}</b></font></a><br><font size="2">{escape(each.paragraphs[0][:140])} ... <a href="{page.outlet.url(each)}">[{fixed(page, "البقية")}]</a></font></td></tr><tr><td colspan="2"><hr size="1"></td></tr>'
        for each in page.shown
    )
    pages = pager(page, '<a href="{url}">{n}</a> - ')
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", f'<table width="100%" border="0">{lines}</table><center>{pages}</center>')  # fmt: skip


BUILD = Build(
    "cp1256_tables", article, listing, address, section_address=section_address,
    dates=("ampm-words", "weekday-slash-plain", "bracketed"), zones=("Asia/Baghdad", "Asia/Gaza"),
    shows=Shows(tags=False), charset="windows-1256", declared="text/html",
    habits=Habits(extras=0.25, longest=9, undated=0.2, tags=0.0, agencies=0.35),
)  # fmt: skip
