"""A ministry's site on Odoo: announcements with a number, Hijri beside Gregorian, files to download, tools for reading."""

from html import escape

from tests.benchmarks.invented.held_out import heads
from tests.benchmarks.invented.held_out.furniture import fixed, menu, now, optional, pager, rows, varied
from tests.benchmarks.invented.pages import Outlet, Page, Shows, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story


def address(outlet: Outlet, story: Story) -> str:
    return f"/ar/blog/{story.section.slug}-{story.number % 9}/press-{story.number}"


def section_address(section: Section, page: int) -> str:
    return f"/ar/blog/{section.slug}" + (f"/page/{page}" if page > 1 else "")


def _frame(page: Page, head: str, main: str) -> str:
    name = page.out(page.outlet.title)
    links = menu(page, '<li role="presentation" class="nav-item"><a role="menuitem" class="nav-link" href="{url}"><span>{label}</span></a></li>')  # fmt: skip
    tools = "".join(f'<button type="button" class="btn btn-sm">{fixed(page, each)}</button>' for each in ("تباين عال", "أ+", "أ-", "لغة الإشارة"))  # fmt: skip
    services = "".join(f'<a class="dropdown-item" href="/service/{n}">{fixed(page, each)}</a>' for n, each in enumerate(("حجز موعد مع الإدارة", "الاستعلام عن معاملة", "بوابة الموردين")))  # fmt: skip
    return (
        f'<!DOCTYPE html><html lang="ar-001" dir="rtl" data-website-id="1"><head><meta charset="utf-8"/><meta name="generator" content="Odoo"/>{head}</head><body><div id="wrapwrap" class="o_rtl"><header id="top" data-anchor="true"><div class="s_text_block o_cc1"><div class="container d-flex"><small>{now(page, "hijri-before")}</small>{tools}</div></div>'
        f'<nav class="navbar navbar-expand-lg"><a class="navbar-brand logo" href="/"><span>{name}</span></a><ul id="top_menu" class="nav navbar-nav">{links}</ul><div class="dropdown-menu">{services}</div></nav></header><main>{main}</main>'
        f'<footer id="bottom" class="o_footer"><div class="container"><div class="row"><div class="col-lg-4"><h5>{fixed(page, "كيف تصل إلينا")}</h5><p>{fixed(page, "مجمع الوزارات، بوابة 4، صندوق البريد 1180")}</p></div><div class="col-lg-4"><p>{fixed(page, "الخط الساخن 19400، من الثامنة إلى الثالثة")}</p></div></div></div><div class="o_footer_copyright"><span>{fixed(page, "جميع الحقوق للجهة الناشرة")} {name}</span> Odoo</div></footer></div></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    parts = text_html(
        story.blocks,
        p='<p style="text-align: right;"><font style="font-size: 18px;">{}</font></p>',
        h='<h4 class="o_default_snippet_text">{}</h4>',
        quote='<p style="text-align: right;"><font style="font-size: 18px;">"{}"</font></p>',
    )
    inserts = {}
    if page.chance(0.4):
        inserts[99] = f'<p style="text-align: center;">*** {fixed(page, "انتهى البيان", "المكتب الإعلامي")} ***</p>'
    files = "".join(
        f'<a class="list-group-item" href="/web/content/{story.number}{n}"><i class="fa fa-file-pdf-o"></i> {varied(page, "نص القرار كاملاً (PDF، {#100-900} كيلوبايت)", "كراسة الشروط رقم {#2-90}", "جدول المواعيد المحدث")}</a>'
        for n in range(page.random.randint(0, 2))
    )
    side = rows(page, 4, '<article class="o_wblog_side"><a href="{url}" class="text-reset"><div class="o_wblog_cover" style="background-image: url({image})"></div><b>{title}</b></a></article>')  # fmt: skip
    number = varied(page, "بيان رقم {#11-390} لسنة 2026", "خبر رقم {#11-390}")
    date = f'<span class="o_not_editable"><i class="fa fa-calendar"></i> {page.date()}</span>' if story.dated else ""
    main = (
        f'<section id="o_wblog_post_top"><div class="o_wblog_post_page_cover" style="background-image: url({page.image()})"><div class="container text-center"><ol class="breadcrumb"><li class="breadcrumb-item"><a href="/ar">{fixed(page, "البوابة")}</a></li><li class="breadcrumb-item"><a href="{page.outlet.section_url(story.section)}">{page.out(story.section.label)}</a></li></ol><div class="o_wblog_post_name">{escape(story.headline)}</div>{optional("<div class=o_wblog_post_subtitle>{}</div>", story.subtitle)}</div></div></section>'
        f'<section id="o_wblog_post_main" class="container"><div class="row"><div class="col-lg-8"><div class="text-muted mb-3">{number} {date}</div><div class="o_wblog_post_content_field o_editable js_tweet"><section class="s_text_block"><div class="container">{woven(parts, inserts)}</div></section></div><div class="list-group mt-4">{files}</div><div class="s_share"><h4 class="s_share_title">{fixed(page, "عمّم الخبر")}</h4></div>'
        f'<div class="css_editable_mode_hidden"><span>{fixed(page, "هل أفادتك الصفحة؟")}</span><button class="btn">{fixed(page, "أفادتني")}</button><span>{varied(page, "{#3-90} من {#100-400} زائراً قالوا نعم")}</span></div></div><div id="o_wblog_post_sidebar" class="col-lg-4"><h6>{fixed(page, "بيانات سابقة", "مستجدات الوزارة")}</h6>{side}</div></div></section>'
    )
    return _frame(page, heads.dublin(page), main)


def listing(page: Page) -> str:
    cards = "".join(
        f'<div class="col-lg-6 pb-4"><article class="o_wblog_post"><a class="text-decoration-none d-block" href="{page.outlet.url(each)}"><div class="o_wblog_post_cover" style="background-image: url({page.image(each)})"></div><h2 class="o_wblog_post_name">{escape(each.headline)}</h2></a><div class="o_wblog_normalize_font">{escape(each.paragraphs[0][:100])}...</div><time class="text-muted small">{page.date(each)}</time></article></div>'
        for each in page.shown
    )
    pages = pager(page, '<li class="page-item"><a class="page-link" href="{url}">{n}</a></li>')
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", f'<section id="o_wblog_index_content"><div class="row">{cards}</div><ul class="pagination">{pages}</ul></section>')  # fmt: skip


BUILD = Build(
    "odoo_ministry", article, listing, address, section_address=section_address,
    dates=("hijri-both", "hijri-line", "hijri-before"), zones=("Asia/Riyadh", "Asia/Muscat"),
    shows=Shows(authors=False, tags=False, agency=False),
    habits=Habits(extras=0.5, longest=9, bylines=0.0, agencies=0.0, datelines=0.3, tags=0.0),
)  # fmt: skip
