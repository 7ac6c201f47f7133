"""A ministry's portal on Drupal: fields in fields, services and help around a short text, Hijri dates, no writers."""

from html import escape

from tests.benchmarks.invented.developed_more import heads
from tests.benchmarks.invented.pages import Outlet, Page, Shows, text_html
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story

_SERVICES = (
    "خدمة حجز موعد إلكتروني",
    "الاستعلام عن حالة معاملة",
    "البيانات المفتوحة",
    "المشاركة المجتمعية",
    "مكتب تحقيق الرؤية",
)
_HELP = "هل أفادتك محتويات هذه الصفحة؟ رأيك يساعدنا على تحسين الخدمات المقدمة للمستفيدين"


def address(outlet: Outlet, story: Story) -> str:
    return f"/ar/media-center/news/{story.number}"


def section_address(section: Section, page: int) -> str:
    return f"/ar/media-center/{section.slug}" + (f"?page=%2C{page - 1}" if page > 1 else "")


def _field(name: str, inner: str) -> str:
    return f'<div class="field field--name-{name} field--label-hidden field__items"><div class="field__item">{inner}</div></div>'


def _block(name: str, title: str, inner: str) -> str:
    return f'<div id="block-{name}" class="block block-views"><h2 class="block__title">{title}</h2><div class="content">{inner}</div></div>'


def _frame(page: Page, head: str, main: str) -> str:
    outlet = page.outlet
    menu = "".join(
        f'<li class="menu-item"><a href="{outlet.section_url(each)}">{page.out(each.label)}</a></li>'
        for each in outlet.sections
    )
    services = "".join(f'<li><a href="/ar/e/{n}">{page.out(each)}</a></li>' for n, each in enumerate(_SERVICES))
    latest = "".join(
        f'<div class="views-row"><span class="field-content"><a href="{url}">{title}</a></span></div>'
        for url, title in page.others(4)
    )
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl" prefix="og: https://ogp.me/ns#"><head><meta charset="utf-8" /><meta name="Generator" content="Drupal 10 (https://www.drupal.org)" />{head}</head>'
        f'<body class="path-node page-node-type-news"><a href="#main-content" class="visually-hidden">تجاوز إلى المحتوى</a><div class="dialog-off-canvas-main-canvas"><div class="region region-top">{page.today()} '
        f'<span>{page.pick("weather")}</span> <a href="/en">English</a></div><div class="region region-nav"><ul class="menu">{menu}</ul></div>'
        f'<div class="region region-title"><h1 class="page-title">المركز الإعلامي</h1></div><div class="region region-content"><a id="main-content"></a>{main}</div>'
        f'<div class="region region-sidebar">{_block("services", "روابط سريعة", f"<ul>{services}</ul>")}{_block("latest", page.label("latest"), latest)}</div>'
        f'<div class="region region-help"><p>{page.out(_HELP)}</p><a>نعم</a><a>لا</a></div><div class="region region-footer"><p>{page.label("footer")} - {page.out(outlet.title)}</p></div></div></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    text = "".join(text_html(story.blocks, h="<h4>{}</h4>", p='<p class="text-align-justify">{}</p>'))
    photos = "".join(
        f'<div class="slide"><img src="{page.image()}?s={n}" alt=""><p>{page.pick("caption")}</p></div>'
        for n in range(2)
    )
    related = "".join(
        f'<div class="views-row"><div class="views-field"><a href="{url}">{title}</a></div></div>'
        for url, title in page.others(3)
    )
    tags = "".join(
        f'<a href="/ar/taxonomy/term/{n}" hreflang="ar">{escape(tag)}</a>' for n, tag in enumerate(story.tags)
    )
    sub = _field("field-second-title", escape(story.subtitle)) if story.subtitle else ""
    origin = _field("field-origin", page.out(story.agency)) if story.agency else ""
    main = (
        f'<div class="node node--type-news node--view-mode-full"><div class="node__content">{_field("field-title-ar", f"<h2>{escape(story.headline)}</h2>")}{sub}'
        f"{_field('field-news-date', page.date())}{_field('field-type', page.out(story.section.label))}{origin}{_field('field-photos', photos)}{_field('field-text-long', text)}"
        f'{_field("field-terms", tags)}<ul class="links inline"><li><a href="/print/{story.number}">طباعة</a></li><li>{page.label("share")}</li><li>{page.label("listen")}</li></ul>'
        f'<div class="last">{page.label("updated")}: {page.today()}</div></div></div>{_block("more", page.label("related"), related)}'
    )
    return _frame(page, heads.one_for_all(page), main)


def listing(page: Page) -> str:
    rows = "".join(
        f'<div class="views-row"><div class="views-field-photo"><img src="{page.image(each)}"></div><div class="views-field-title"><span class="field-content"><a href="{page.outlet.url(each)}">{escape(each.headline)}</a></span></div>'
        f'<div class="views-field-created">{page.date(each)}</div></div>'
        for each in page.shown
    )
    pager = ""
    if page.section:
        pager = f'<nav class="pager"><ul class="js-pager__items"><li><a href="{page.outlet.section_url(page.section, page.number + 1)}"><span aria-hidden="true">‹‹</span></a></li></ul></nav>'
    return _frame(
        page,
        f"<title>{escape(page.outlet.title)}</title>",
        f'<div class="views-element-container"><div class="view-content">{rows}</div>{pager}</div>',
    )


BUILD = Build(
    "ministry", article, listing, address, section_address=section_address,
    dates=("hijri-before", "hijri-both", "weekday-slash"), zones=("Asia/Riyadh", "Asia/Kuwait", "Asia/Qatar"),
    shows=Shows(authors=False), habits=Habits(bylines=0.0, longest=6, shortest=2, extras=0.6, datelines=0.7, agencies=0.4),
)  # fmt: skip
