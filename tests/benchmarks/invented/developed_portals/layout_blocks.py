"""A London daily in Drupal's layout builder: each field a block, city and writer above, both calendars in one line, an endless page."""

from html import escape

from tests.benchmarks.invented.developed_outlets.fittings import changed, section_url, text
from tests.benchmarks.invented.developed_portals.parts import (
    address,
    cards,
    comments,
    menu,
    pager,
    rows,
    section_address,
)
from tests.benchmarks.invented.pages import Page, text_html
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits

_BLOCK = '<div class="block block-layout-builder block-field-blocknodearticlefield-{}">{}</div>'


def _field(name: str, content: str) -> str:
    return _BLOCK.format(name.replace("-", ""), content) if content else ""


def _frame(page: Page, head: str, main: str) -> str:
    name = escape(page.outlet.title)
    lines = menu(page, '<li class="menu-item"><a href="{url}" data-drupal-link-system-path="node/1">{label}</a></li>', '<li class="menu-item menu-item--active-trail"><a href="{url}" class="is-active">{label}</a></li>')  # fmt: skip
    side = rows(page, 5, '<div class="views-row"><span class="number">{n}</span><h3><a href="{url}" hreflang="ar">{title}</a></h3></div>')  # fmt: skip
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl" prefix="og: https://ogp.me/ns#"><head><meta charset="utf-8"><meta name="Generator" content="Drupal 10 (https://www.drupal.org)">{head}</head><body class="path-node page-node-type-article"><div class="dialog-off-canvas-main-canvas" data-off-canvas-main-canvas><header role="banner"><div class="region region-header"><a href="/" rel="home"><img src="/themes/d/logo.svg" alt="{name}"></a><div class="header-date">{page.today()}</div><nav role="navigation"><h2 class="visually-hidden">Main navigation</h2><ul class="menu menu--main">{lines}</ul></nav></div></header>'
        f'<main role="main"><a id="main-content" tabindex="-1"></a><div class="layout-content"><div class="region region-content"><div data-drupal-messages-fallback class="hidden"></div>{main}</div></div><aside class="layout-sidebar"><div class="views-element-container block block-views"><h2>{page.label("most")}</h2><div class="view-content">{side}</div></div><div class="block block-newsletter"><p>{page.label("newsletter")}</p><button>{page.label("send")}</button></div></aside></main><footer><p>{page.label("disclaimer")}</p><ul><li>{page.label("footer")}</li></ul></footer></div></body></html>'
    )


def _next(page: Page) -> str:
    other = page.another(blocks=3)
    body = "".join(text_html(other.blocks))
    return f'<article class="node node--type-article node--view-mode-full" data-history-node-id="{other.number}"><div class="field--name-title"><h2>{escape(other.headline)}</h2></div><div class="field--name-body">{body}</div></article>'


def article(page: Page) -> str:
    story = page.the
    pieces = [
        lambda: f'<div class="shortcode-embed-related"><div class="related-title">{page.label("also")}</div>{rows(page, 1, "<div class=related-item><img src={image}><a href={url}>{title}</a></div>")}</div>',
        lambda: f'<div class="media media--type-image"><img loading="lazy" src="/styles/1000x/{page.random.randint(1, 99)}.jpg"><div class="field--name-field-caption">{page.pick("caption")} ({page.pick("credit")})</div></div>',
        lambda: f'<div class="ads-block"><span class="visually-hidden">{page.label("ad")}</span></div>',
        lambda: f'<div class="embed-x"><blockquote><p>{page.pick("post")}</p></blockquote></div>',
    ]  # fmt: skip
    body = text(page, pieces, 2, story.blocks, h="<p><strong>{}</strong></p>", quote="<p>«{}»</p>")
    writers = "، ".join(f'<a href="/taxonomy/{n}" hreflang="ar">{escape(each)}</a>' for n, each in enumerate(story.authors))  # fmt: skip
    city = page.pick("bureau")
    source = escape(story.agency or "")
    names = writers or f"«{source or page.out(page.outlet.title)}»"
    by = f'<div class="entry-author"><span class="city">{city}:</span> {names}</div>'
    if story.agency and writers:
        by += f'<div class="entry-source">{page.out("بالاشتراك مع")} {source}</div>'
    tags = "".join(f'<div class="field__item"><a href="/tags/{n}" hreflang="ar">{escape(tag)}</a></div>' for n, tag in enumerate(story.tags))  # fmt: skip
    topics = f'<div class="field field--name-field-tags"><div class="field__label">{page.label("tags")}</div><div class="field__items">{tags}</div></div>' if tags else ""  # fmt: skip
    dates = f'<div class="entry-date">{page.out("نُشر:")} {page.date()}</div>' + (f'<div class="entry-date updated">{page.label("updated")}: {changed(page)}</div>' if page.chance(0.5) else "")  # fmt: skip
    picture = f'<figure><img src="{page.image()}" width="1200" height="800" alt=""><figcaption>{page.out(story.caption)}</figcaption></figure>'
    crumb = f'<nav class="breadcrumb" aria-labelledby="system-breadcrumb"><ol><li><a href="/">{page.label("home")}</a></li><li><a href="{section_url(page)}">{page.out(story.section.label)}</a></li></ol></nav>'
    said = comments(page, '<article class="comment"><h3>{nick}</h3><div>{text}</div></article>', 2)
    note = f'<div class="editor-note">{page.pick("correction")}</div>' if page.chance(0.15) else ""
    main = (
        f'{crumb}<article class="node node--type-article node--view-mode-full" data-history-node-id="{story.number}"><div class="layout layout--onecol"><div class="layout__region layout__region--content">{_field("title", f"<h1 class=entry-title>{escape(story.headline)}</h1>")}{_field("subtitle", f"<div class=entry-subtitle>{escape(story.subtitle)}</div>" if story.subtitle else "")}{_field("image", picture)}</div></div>'
        f'<div class="layout layout--twocol-section layout--twocol-section--25-75"><div class="layout__region layout__region--first">{_field("author", by)}{_field("date", dates)}<ul class="social-share"><li>{page.label("share")}</li><li><button>{page.label("tools")}</button></li></ul></div><div class="layout__region layout__region--second">{_field("body", f"<div class=clearfix>{body}</div>")}{note}{_field("tags", topics)}</div></div></article>'
        f'<section class="comments"><h2>{page.label("comments")}</h2>{said}<p>{page.label("write_comment")}</p></section>{_next(page) if page.chance(0.5) else ""}'
    )
    head = f'<title>{escape(story.headline)}</title><link rel="shortlink" href="/node/{story.number}"><meta property="og:image:url" content="{page.image()}"><meta property="og:title" content="{escape(story.headline)}">'
    return _frame(page, head, main)


def listing(page: Page) -> str:
    teaser = cards(page, '<div class="views-row"><article class="node node--view-mode-teaser"><div class="article-item-img"><a href="{url}" hreflang="ar"><img src="{image}"></a></div><div class="article-item-content"><h2 class="article-item-title"><a href="{url}" rel="bookmark"><span>{title}</span></a></h2><div class="article-item-body"><p>{lead} ...</p></div><div class="article-item-info"><span>{writer}</span> <span>{date}</span></div></div></article></div>')  # fmt: skip
    bare = cards(page, '<div class="views-row"><h3><a href="{url}" hreflang="ar">{title}</a></h3></div>')
    pages = pager(page, '<li class="pager__item"><a href="{url}" title="Go to page {n}">{n}</a></li>', '<li class="pager__item is-active">{n}</li>')  # fmt: skip
    label = page.section.label if page.section else page.label("latest")
    if page.section is None:
        main = f'<div class="view-home"><div class="view-header">{label}</div><div class="view-content">{"".join(teaser[:5])}</div><div class="attachment"><div class="view-content">{"".join(bare[5:])}</div></div></div>'
    else:
        main = f'<h1 class="page-title">{escape(label)}</h1><div class="views-infinite-scroll-content-wrapper">{"".join(teaser)}</div><nav class="pager"><h4 class="visually-hidden">Pagination</h4><ul class="pager__items">{pages}</ul></nav>'
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", main)


BUILD = Build(
    "layout_blocks", article, listing, address("/{s}/{n}-news"), section_address=section_address("/{s}", "?page={n}"),
    dates=("clock-hijri",), zones=("Europe/London", "Asia/Riyadh"),
    habits=Habits(bylines=0.6, agencies=0.3, subtitles=0.7, datelines=0.0, tags=0.7, extras=0.3, shortest=4, longest=15),
)  # fmt: skip
