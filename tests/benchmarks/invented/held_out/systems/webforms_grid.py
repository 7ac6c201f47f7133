"""ASP.NET WebForms with a master page: controls with long ids, data lists in tables, post-back links, a view state."""

from html import escape

from tests.benchmarks.invented.held_out import heads
from tests.benchmarks.invented.held_out.furniture import fixed, menu, now, pager, people, rows, tags, varied
from tests.benchmarks.invented.pages import Outlet, Page, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story

_C = "ctl00_MainHolder"
_ROW = '<tr><td><a id="ctl00_dl_ctl0{n}_lnk" class="GridLink" href="{url}">{title}</a></td></tr>'


def address(outlet: Outlet, story: Story) -> str:
    return f"/NewsView.aspx?Cat={story.section.slug}&NID={story.number}"


def section_address(section: Section, page: int) -> str:
    return f"/NewsCat.aspx?Cat={section.slug}" + (f"&P={page}" if page > 1 else "")


def _grid(name: str, title: str, inner: str) -> str:
    return f'<table id="ctl00_{name}" cellspacing="0" border="0" style="width:100%;border-collapse:collapse;"><tr><td class="GridHead"><span id="ctl00_{name}_lblHead">{title}</span></td></tr>{inner}</table>'


def _frame(page: Page, head: str, main: str) -> str:
    name = page.out(page.outlet.title)
    state = f"/wEPDwUK{page.outlet.key.encode().hex()}"
    return (
        f'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd"><html xmlns="http://www.w3.org/1999/xhtml"><head id="ctl00_Head1">{head}<meta http-equiv="Content-Type" content="text/html; charset=utf-8" /></head><body dir="rtl"><form name="aspnetForm" method="post" action="NewsView.aspx" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="{state}" />'
        f'<table class="Master" align="center" width="1000"><tr><td colspan="3"><table width="100%"><tr><td class="Logo">{name}</td><td class="Clock"><span id="ctl00_lblDate">{now(page, "bracketed")}</span></td><td><input type="text" /><a href="javascript:__doPostBack(1)">{fixed(page, "ابحث في الأرشيف")}</a></td></tr></table></td></tr><tr><td colspan="3"><table id="ctl00_Menu1"><tr>{menu(page, "<td><a class=MenuItem href={url}>{label}</a></td>")}</tr></table></td></tr>'
        f"""<tr><td valign="top" width="180">{_grid("dlMost", fixed(page, "المتصفحون يقرأون", "عين القارئ"), rows(page, 6, _ROW))}<br />{_grid("dlAds", fixed(page, "دليل الشركات"), f"<tr><td>{varied(page, str('{sale}'))}</td></tr>")}</td><td valign="top" width="640">{main}</td><td valign="top" width="180">{_grid("dlLast", fixed(page, "أدخلت حديثا", "من غرفة التحرير"), rows(page, 6, _ROW))}</td></tr>"""
        f'<tr><td colspan="3" align="center" class="Foot"><span id="ctl00_lblFoot">{fixed(page, "بُني بنظام إدارة المحتوى بصمة 3.1", "يعمل الموقع على أفضل وجه بدقة 1024")}</span><br />{name} {fixed(page, "مؤسسة مساهمة محدودة، السجل التجاري 55120")}</td></tr></table></form></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    parts = text_html(
        story.blocks,
        p='<div style="text-align:justify"><font size="3" face="Arabic Transparent">{}</font></div><div>&nbsp;</div>',
        h='<div><font size="3" color="navy"><strong>{}</strong></font></div>',
        quote='<div><font size="3"><em>{}</em></font></div>',
    )
    inserts = {}
    if page.chance(0.35):
        inserts[2] = (
            f'<table align="left" class="Inset" width="200"><tr><td class="InsetHead">{varied(page, "بالتوازي", "مرفقات الخبر", "تجدون أيضاً")}</td></tr>{rows(page, 2, _ROW)}</table>'
        )
    by = people(page, "{name}", " / ")
    date = f'<span id="{_C}_lblPubDate" class="Small">{page.date()}</span>' if story.dated else ""
    again = f'<span id="{_C}_lblUpd" class="Small">{page.out("آخر تحرير " + page.fetched.strftime("%H:%M %d-%m-%Y"))}</span>' if page.chance(0.3) else ""  # fmt: skip
    files = f'<a id="{_C}_lnkPrint" href="javascript:window.print()">{fixed(page, "أخرج نسخة ورقية")}</a> <a id="{_C}_lnkFav" href="javascript:fav()">{fixed(page, "ضمه إلى المفضلة")}</a>'
    writer = f'<tr><td><span id="{_C}_lblWriter" class="Writer">{fixed(page, "كتب:", "إعداد -")} {by}</span></td></tr>' if by else ""  # fmt: skip
    keys = ""
    if story.tags:
        keys = f'<tr><td><span id="{_C}_lblKeys">{fixed(page, "مفاتيح البحث", "عبارات مفتاحية")}: </span>{tags(page, "<a href=/Key.aspx?k={n}>{tag}</a>", " - ")}</td></tr>'
    replies = "".join(f'<tr><td class="Cmt"><span id="c{n}_lblName">{varied(page, "{man}", "{woman}")}</span><br /><span id="c{n}_lblText">{text}</span></td></tr>' for n, text in enumerate(page.several("reader", page.random.randint(0, 3))))  # fmt: skip
    source = f'<tr><td><span id="{_C}_lblSrc">{fixed(page, "المصدر: ", "عن وكالة ")}{page.out(story.agency)}</span></td></tr>' if story.agency else ""  # fmt: skip
    main = (
        f'<table id="{_C}_fvNews" cellspacing="0" width="100%"><tr><td class="Path"><a href="Default.aspx">{fixed(page, "الواجهة")}</a> \\ <a href="{escape(page.outlet.section_url(story.section))}">{page.out(story.section.label)}</a></td></tr><tr><td><span id="{_C}_lblSubTitle" class="Sub">{escape(story.subtitle or "")}</span></td></tr><tr><td><span id="{_C}_lblTitle" class="Title">{escape(story.headline)}</span></td></tr>'
        f'<tr><td>{date} {again}</td></tr>{writer}<tr><td align="center"><img id="{_C}_imgNews" src="{page.image()}" style="border-width:0px;" /><br /><span id="{_C}_lblCap" class="Small">{page.out(story.caption)}</span></td></tr><tr><td><span id="{_C}_lblDetails">{woven(parts, inserts)}</span></td></tr>{source}'
        f'{keys}<tr><td>{files} <span id="{_C}_lblHits">{varied(page, "عدد التصفحات {#50-5000}")}</span></td></tr>{replies}<tr><td>{_grid("dlRel", fixed(page, "من الأخبار المتشابهة", "وله صلة"), rows(page, 4, _ROW))}</td></tr></table>'
    )
    return _frame(page, heads.site_alone(page, "{}"), main)


def listing(page: Page) -> str:
    lines = "".join(
        f'<tr><td><table width="100%"><tr><td width="100"><a href="{escape(page.outlet.url(each))}"><img src="{page.image(each)}" width="90" /></a></td><td><a id="ctl0{n}_hl" class="ListTitle" href="{escape(page.outlet.url(each))}">{escape(each.headline)}</a><br /><span class="Small">{page.date(each)}</span><br /><span>{escape(each.paragraphs[0][:100])}</span></td></tr></table></td></tr>'
        for n, each in enumerate(page.shown)
    )
    pages = pager(page, '<td><a href="{url}">{n}</a></td>')
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", f'<table id="{_C}_gvNews" width="100%">{lines}<tr class="Pager"><td><table><tr>{pages}</tr></table></td></tr></table>')  # fmt: skip


BUILD = Build(
    "webforms_grid", article, listing, address, section_address=section_address,
    dates=("ampm-slash", "weekday-slash", "year-slash"), zones=("Asia/Kuwait", "Asia/Baghdad"),
    habits=Habits(extras=0.3, longest=10, undated=0.1, agencies=0.3, datelines=0.35,
                  openings=("{place}: ", "{place} ({agency}): ")),
)  # fmt: skip
