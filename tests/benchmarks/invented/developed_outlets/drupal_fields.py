"""A pan-Arab daily on Drupal: a field for each thing, in many wrappers; city and writer in one line, both calendars in the date."""

from html import escape

from tests.benchmarks.invented.developed_later.furniture import rows, teaser
from tests.benchmarks.invented.developed_latest.frame import cards, menu, pager, section_address
from tests.benchmarks.invented.developed_outlets.fittings import elsewhere, listed, section_url, slugged, text
from tests.benchmarks.invented.pages import Page
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _field(name: str, inner: str, kind: str = "string") -> str:
    if not inner:
        return ""
    return f'<div class="field field--name-{name} field--type-{kind} field--label-hidden field__item">{inner}</div>'


def _view(name: str, title: str, items: str) -> str:
    return f'<div class="views-element-container block block-views block-{name}"><h2 class="block-title">{title}</h2><div><div class="view view-{name} js-view-dom-id-9f2"><div class="view-content">{items}</div></div></div></div>'


def _frame(page: Page, head: str, main: str) -> str:
    outlet = page.outlet
    lines = menu(page, '<li class="menu-item menu-item--collapsed"><a href="{url}" data-drupal-link-system-path="taxonomy/term/7">{label}</a></li>')  # fmt: skip
    row = '<div class="views-row"><div class="views-field views-field-title"><span class="field-content"><a href="{url}" hreflang="ar">{title}</a></span></div></div>'
    most = _view("most", page.label("most"), rows(page, 5, row))
    last = _view("latest", page.label("latest"), rows(page, 5, row.replace("<a href", '<span class="hour">{clock}</span> <a href')))  # fmt: skip
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl" prefix="og: https://ogp.me/ns#"><head><meta charset="utf-8" />{head}<meta name="Generator" content="Drupal 10 (https://www.drupal.org)" /></head><body class="path-node page-node-type-article"><a href="#main-content" class="visually-hidden focusable">{page.out("تجاوز إلى المحتوى الرئيسي")}</a><div class="dialog-off-canvas-main-canvas" data-off-canvas-main-canvas><div class="layout-container"><header role="banner"><div class="region region-header"><div class="block block-system-branding-block"><a href="/" rel="home">{page.out(outlet.title)}</a></div><nav role="navigation" class="block-menu navigation menu--main"><ul class="menu">{lines}</ul></nav></div></header>'
        f'<main role="main"><a id="main-content" tabindex="-1"></a><div class="layout-content"><div class="region region-content"><div data-drupal-messages-fallback class="hidden"></div>{main}</div></div><aside class="layout-sidebar-second" role="complementary"><div class="region region-sidebar-second">{most}{last}</div></aside></main><footer role="contentinfo"><div class="region region-footer"><p>{page.label("footer")}</p><p>{page.label("disclaimer")}</p></div></footer></div></div></body></html>'
    )


def _head(page: Page, shown: str) -> str:
    title = f"{escape(page.the.headline)} | {escape(page.outlet.title)}"
    return f'<title>{title}</title><link rel="canonical" href="{escape(page.outlet.url(page.the))}" /><meta property="og:title" content="{escape(page.the.headline)}" /><meta property="og:image" content="{page.image()}" /><meta property="article:published_time" content="{shown}" /><meta property="article:author" content="admin" />'


def article(page: Page) -> str:
    story, date = page.the, page.date()
    names = " و".join(story.authors) if len(story.authors) < 2 else " - ".join(story.authors)
    place = page.writer.say("place")
    if story.authors:
        line = page.out(f"{place}: {names}")
    else:
        line = page.out(f"{place}: {story.agency}" if story.agency else f"{place}: «{page.outlet.title}»")
    source = page.out(f"المصدر: {story.agency}") if story.agency and story.authors else ""
    inline = '<article role="article" class="node node--type-article node--view-mode-inline-teaser"><div class="node__content"><span class="label">{label}</span><h2><a href="{url}" rel="bookmark"><span>{title}</span></a></h2></div></article>'
    pieces = [
        lambda: teaser(page, inline),
        lambda: (
            f'<div class="media media--type-image align-center"><div class="field field--name-field-media-image"><img loading="lazy" src="/sites/default/files/styles/large/i.jpg" /></div><div class="field field--name-field-caption">{page.pick("caption")} {page.pick("credit")}</div></div>'
        ),
        lambda: f'<div class="eu-cookie-box"><p>{page.pick("newsletter")}</p></div>',
    ]
    body = text(
        page, pieces, 2, story.blocks, p='<p class="text-align-justify">{}</p>', h="<h3>{}</h3>",
        quote='<div class="pull-quote"><p>«{}»</p></div>', table='<div class="table-responsive"><table class="table"><tbody>{}</tbody></table></div>',
    )  # fmt: skip
    tags = ""
    if story.tags:
        items = listed(
            '<div class="field__item"><a href="/taxonomy/term/{n}" hreflang="ar">{text}</a></div>', story.tags
        )
        tags = f'<div class="field field--name-field-tags field--type-entity-reference field--label-above"><div class="field__label">{page.label("tags")}</div><div class="field__items">{items}</div></div>'
    sub = f"<ul><li>{escape(story.subtitle)}</li></ul>" if story.subtitle else ""
    kick = page.pick("kicker") if page.chance(0.35) else ""
    section = f'<a href="{section_url(page)}" hreflang="ar">{page.out(story.section.label)}</a>'
    picture = f'<figure><img src="{page.image()}" typeof="foaf:Image" /><figcaption>{page.out(story.caption)} {page.pick("credit")}</figcaption></figure>'
    main = (
        f'<div class="block block-system-main"><article role="article" about="/node/{story.number}" class="node node--type-article node--view-mode-full clearfix"><div class="node__content clearfix">{_field("field-section", section, "entity-reference")}{_field("field-pretitle", kick)}<h1 class="page-title"><span class="field field--name-title field--type-string field--label-hidden">{escape(story.headline)}</span></h1>{_field("field-sub-titles", sub, "text-long")}{_field("field-image", picture, "image")}'
        f'<div class="ar-meta">{_field("field-place-writer", line)}<div class="field field--name-created">{page.out("نُشر:")} {date}</div></div><div class="clearfix text-formatted field field--name-body field--type-text-with-summary field--label-hidden field__item">{body}</div>{_field("field-source", source)}{tags}<ul class="links inline"><li>{page.label("share")}</li><li>{page.label("comments")}</li></ul></div></article></div>'
    )
    row = '<div class="views-row"><div class="views-field views-field-field-image"><img src="/s.jpg" /></div><div class="views-field views-field-title"><h2 class="field-content"><a href="{url}">{title}</a></h2></div></div>'
    return _frame(page, _head(page, date), main + _view("related", page.label("related"), rows(page, 4, row)))


def listing(page: Page) -> str:
    entries = cards(page, '<div class="views-row"><article role="article" class="node node--type-article node--view-mode-teaser"><div class="field field--name-field-image"><a href="{url}"><img src="{image}" /></a></div><h2 class="node__title"><a href="{url}" rel="bookmark"><span class="field field--name-title">{title}</span></a></h2><div class="field field--name-created">{date}</div><div class="field field--name-body"><p>{lead}</p></div></article></div>')  # fmt: skip
    box = '<div class="views-element-container block block-views"><h2 class="block-title"><a href="{url}">{label}</a></h2><div class="view"><div class="view-content">{items}</div></div></div>'
    others = elsewhere(page, box, '<div class="views-row"><h2 class="node__title"><a href="{url}"><span>{title}</span></a></h2></div>')  # fmt: skip
    pages = pager(page, '<li class="pager__item"><a href="{url}"><span class="visually-hidden">صفحة</span>{n}</a></li>')
    head = f"<title>{escape(page.outlet.title)}</title>"
    return _frame(page, head, f'{_view("section", "", "".join(entries))}<nav class="pager" role="navigation"><ul>{pages}</ul></nav>{others}')  # fmt: skip


BUILD = Build(
    "drupal_fields", article, listing, slugged("/{s}/{n}-{t}"), section_address=section_address("/{s}", "?page={n}"),
    dates=("clock-hijri", "levant-gulf-clock", "hijri-both"), zones=("Europe/London", "Asia/Riyadh", "Asia/Beirut"),
    habits=Habits(bylines=0.6, agencies=0.35, subtitles=0.5, datelines=0.0, longest=20),
)  # fmt: skip
