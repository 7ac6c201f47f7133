"""Drupal 7: fields in divisions by number, the date in a "submitted" line, blocks of views, a printing and a mailing link."""

from html import escape

from tests.benchmarks.invented.held_out import heads
from tests.benchmarks.invented.held_out.furniture import fixed, menu, now, optional, pager, people, rows, tags, varied
from tests.benchmarks.invented.pages import Outlet, Page, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story

_ROW = '<div class="views-row"><span class="views-field-title"><a href="{url}">{title}</a></span></div>'


def address(outlet: Outlet, story: Story) -> str:
    return f"/?q=node/{story.number}"


def section_address(section: Section, page: int) -> str:
    return f"/?q={section.slug}" + (f"&page={page - 1}" if page > 1 else "")


def _block(name: str, title: str, inner: str) -> str:
    return f'<div id="block-views-{name}" class="block block-views contextual-links-region"><h2>{title}</h2><div class="content"><div class="view view-{name}">{inner}</div></div></div>'


def _field(name: str, *items: str, label: str = "") -> str:
    shown = f'<div class="field-label">{label}:&nbsp;</div>' if label else ""
    inner = "".join(f'<div class="field-item {("even", "odd")[n % 2]}">{each}</div>' for n, each in enumerate(items))
    return f'<div class="field field-name-{name} field-label-{"inline" if label else "hidden"}">{shown}<div class="field-items">{inner}</div></div>' if items else ""  # fmt: skip


def _frame(page: Page, head: str, main: str) -> str:
    name = page.out(page.outlet.title)
    links = menu(page, '<li class="leaf"><a href="{url}">{label}</a></li>')
    popular = _block("mostread", fixed(page, "اختيار الزوار", "بماذا انشغل الناس"), rows(page, 5, _ROW))
    recent = _block("recent", fixed(page, "ورد الآن", "آخر ما أُدرج"), rows(page, 5, _ROW))
    vote = f'<div id="block-poll-0" class="block block-poll"><h2>{fixed(page, "سؤال الأسبوع")}</h2><div class="poll"><div class="title">{varied(page, "هل تتابع جلسات المجلس؟", "أيهما أولى: الطريق أم المدرسة؟")}</div><div class="form-radios">{fixed(page, "نعم بالتأكيد")} {fixed(page, "لا أدري")}</div><input type="submit" value="صوت"></div></div>'
    return (
        f'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML+RDFa 1.0//EN" "http://www.w3.org/MarkUp/DTD/xhtml-rdfa-1.dtd"><html xmlns="http://www.w3.org/1999/xhtml" xml:lang="ar" dir="rtl"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><meta name="Generator" content="Drupal 7 (http://drupal.org)" />{head}</head>'
        f'<body class="html not-front no-sidebars page-node i18n-ar"><div id="skip-link"><a href="#main-content">{fixed(page, "تجاوز إلى المضمون الرئيسي")}</a></div><div id="page-wrapper"><div id="header"><a href="/" id="logo"><img src="/logo.png" alt="" /></a><div id="site-name"><strong>{name}</strong></div><div id="block-date">{now(page, "hijri-line")}</div></div>'
        f'<div id="main-menu"><ul class="links inline clearfix">{links}</ul></div><div id="main-wrapper"><div id="content" class="column"><div class="section"><a id="main-content"></a>{main}</div></div><div id="sidebar-second" class="column sidebar">{popular}{vote}{recent}</div></div>'
        f'<div id="footer-wrapper"><div class="region region-footer">{fixed(page, "نسخ المواد متاح بشرط ذكر الاسم كاملاً", "للتواصل: الطابق الثاني، مبنى النقابات")}<br />{name}<br />{fixed(page, "تصميم وبرمجة شركة رقميات")}</div></div></div></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    style = page.random.choice(('<p class="rtejustify">{}</p>', '<p><span style="font-size:16px;">{}</span></p>', "<p>{}</p>\n<p>&nbsp;</p>"))  # fmt: skip
    parts = text_html(story.blocks, p=style, h="<p><strong>{}</strong></p>", quote="<p>{}</p>")
    inserts = {}
    if page.chance(0.5):
        inserts[2] = rows(page, 1, f'<p class="rtecenter"><a href="{{url}}"><strong>{varied(page, "وكنا قد نشرنا", "من المتفرقات", "مادة مرتبطة")} | {{title}}</strong></a></p>')  # fmt: skip
    if page.chance(0.3):
        inserts[4] = f'<div class="media media-element-container"><img src="/files/{story.number}.jpg" /><div class="field-name-field-file-caption">{varied(page, "{caption}")}</div></div>'  # fmt: skip
    author = _field("field-writer", people(page, "{name}", " - "), label=fixed(page, "الكاتب", "المحرر")) if story.authors else ""  # fmt: skip
    sent = f'{page.date()}' if story.dated else ""  # fmt: skip
    replies = "".join(
        f'<div class="comment clearfix"><div class="submitted">{fixed(page, "كتبه زائر (لم يتم التحقق)")}</div><div class="content"><p>{each}</p></div></div>'
        for each in page.several("reader", page.random.randint(0, 3))
    )
    links = "".join(f'<li><a href="/{kind}/{story.number}">{fixed(page, label)}</a></li>' for kind, label in (("print", "نسخة ملائمة للطابعة"), ("printmail", "ابعث لصديق"), ("user/login", "سجل دخولك لتعلق")))  # fmt: skip
    section = f'<a href="{escape(page.outlet.section_url(story.section))}">{page.out(story.section.label)}</a>'
    main = (
        f'<div class="breadcrumb"><a href="/">{fixed(page, "البداية")}</a> » {section}</div><h1 class="title" id="page-title">{escape(story.headline)}</h1><div class="tabs"></div><div class="region region-content"><div id="node-{story.number}" class="node node-article clearfix"><div class="meta submitted">{sent}</div><div class="content">'
        f"{optional(_field('field-shoulder', '{}'), story.subtitle)}{_field('field-image', f'<img src={chr(34)}{page.image()}{chr(34)} alt={chr(34)}{chr(34)} />')}{_field('field-image-text', page.out(story.caption))}{author}{_field('body', woven(parts, inserts))}"
        f"{_field('field-source', *([page.out(story.agency)] if story.agency else []), label=fixed(page, 'عن وكالة', 'المصدر') if story.agency else '')}{_field('field-tags', *(tags(page, '<a href=/?q=taxonomy/term/{n}>{tag}</a>', '|').split('|') if story.tags else []))}</div>"
        f'<div class="link-wrapper"><ul class="links inline">{links}</ul></div><div id="comments" class="comment-wrapper">{replies}</div></div></div>{_block("similar", fixed(page, "من الموضوع ذاته", "إلى ذلك"), rows(page, 4, _ROW))}'
    )
    return _frame(page, heads.titled(page, " | "), main)


def listing(page: Page) -> str:
    items = "".join(
        f'<div class="node node-article node-teaser"><h2><a href="{escape(page.outlet.url(each))}">{escape(each.headline)}</a></h2><div class="content">{_field("body", f"<p>{escape(each.paragraphs[0])}</p>")}</div><ul class="links inline"><li class="node-readmore"><a href="{escape(page.outlet.url(each))}" rel="tag">{fixed(page, "طالع الخبر كاملا")}<span class="element-invisible"> {escape(each.headline)}</span></a></li></ul></div>'
        for each in page.shown
    )
    pages = pager(page, '<li class="pager-item"><a href="{url}">{n}</a></li>')
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", f'{items}<ul class="pager">{pages}</ul>')


BUILD = Build(
    "drupal_seven", article, listing, address, section_address=section_address,
    dates=("weekday-slash-plain", "levant-gulf-clock", "clock-first"), zones=("Asia/Damascus", "Africa/Khartoum"),
    habits=Habits(extras=0.4, longest=12, undated=0.1, datelines=0.35, openings=("{place}/ ", "{place}/ {agency}/ ")),
)  # fmt: skip
