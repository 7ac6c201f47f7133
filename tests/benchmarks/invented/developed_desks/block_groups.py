"""A WordPress block theme: the text in groups and columns, names of one kind in query loops and in the article's head."""

from html import escape

from tests.benchmarks.invented.developed_desks.fittings import by_section, chips, grouped, names, points
from tests.benchmarks.invented.developed_portals.parts import (
    address,
    cards,
    comments,
    menu,
    pager,
    rows,
    section_address,
)
from tests.benchmarks.invented.developed_regions.fittings import about, boxes, head, here
from tests.benchmarks.invented.pages import Page, text_html
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits

_LOOP = '<li class="wp-block-post post type-post"><figure class="wp-block-post-featured-image"><a href="{url}"><img src="{image}"></a></figure><h2 class="wp-block-post-title has-large-font-size"><a href="{url}">{title}</a></h2></li>'


def _frame(page: Page, top: str, main: str) -> str:
    lines = menu(page, '<li class="wp-block-navigation-item"><a class="wp-block-navigation-item__content" href="{url}"><span class="wp-block-navigation-item__label">{label}</span></a></li>')  # fmt: skip
    last = rows(page, 5, '<li><a class="wp-block-latest-posts__post-title" href="{url}">{title}</a></li>')
    return (
        f'<!DOCTYPE html><html dir="rtl" lang="ar"><head><meta charset="UTF-8">{top}</head><body class="wp-embed-responsive"><div class="wp-site-blocks"><header class="wp-block-template-part"><p class="wp-block-site-title"><a href="/">{escape(page.outlet.title)}</a></p><nav class="wp-block-navigation"><ul>{lines}</ul></nav></header><main class="wp-block-group is-layout-constrained">{main}</main>'
        f'<footer class="wp-block-template-part"><div class="wp-block-columns"><div class="wp-block-column"><h2 class="wp-block-heading">{page.label("latest")}</h2><ul class="wp-block-latest-posts">{last}</ul></div><div class="wp-block-column">{about(page, "<p>{text}</p>")}<p>{page.label("footer")}</p></div></div></footer></div></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    pieces = [
        lambda: f'<div class="wp-block-group has-background"><p class="has-small-font-size">{page.pick("also")}</p><ul class="wp-block-post-template">{rows(page, 1, _LOOP)}</ul></div>',
        lambda: f'<div class="wp-block-group newsletter"><p><strong>{page.pick("newsletter")}</strong></p></div>',
        lambda: f'<figure class="wp-block-image"><img src="/c/{page.random.randint(1, 99)}.jpg"><figcaption class="wp-element-caption">{page.pick("caption")} {page.pick("credit")}</figcaption></figure>',
    ]  # fmt: skip
    parts = text_html(story.blocks, h='<h3 class="wp-block-heading">{}</h3>', quote='<figure class="wp-block-pullquote"><blockquote><p>{}</p></blockquote></figure>', items='<ul class="wp-block-list">{}</ul>', table='<figure class="wp-block-table"><table>{}</table></figure>')  # fmt: skip
    body = grouped(page, parts, '<div class="wp-block-group is-layout-flow">{}</div>', pieces, 5)
    box = points(page, '<div class="wp-block-group is-style-section"><p><strong>{label}</strong></p><ul class="wp-block-list">{items}</ul></div>', "<li>{text}</li>") if page.chance(0.4) else ""  # fmt: skip
    who = names(page, '<p class="wp-block-post-author-name"><a href="/author/{n}">{text}</a></p>')
    if not who:
        who = f'<p class="wp-block-post-author-name"><a href="/author/1">{page.pick("desk")}</a></p>'
    agency = (
        f'<p class="has-small-font-size">{page.out("المصدر:")} {page.out(story.agency)}</p>' if story.agency else ""
    )
    tags = f'<div class="taxonomy-post_tag wp-block-post-terms"><span class="wp-block-post-terms__prefix">{page.label("tags")} </span>{chips(page, "<a rel=tag href=/tag/{n}>{text}</a>", ", ")}</div>' if story.tags else ""  # fmt: skip
    said = comments(
        page,
        '<li><div class="wp-block-comment-author-name">{nick}</div><div class="wp-block-comment-content"><p>{text}</p></div></li>',
    )
    sub = (
        f'<div class="wp-block-post-excerpt"><p class="wp-block-post-excerpt__excerpt">{escape(story.subtitle)}</p></div>'
        if story.subtitle
        else ""
    )
    main = (
        f'<div class="wp-block-group"><div class="taxonomy-category wp-block-post-terms"><a href="{here(page)}" rel="tag">{page.out(story.section.label)}</a></div><h1 class="wp-block-post-title">{escape(story.headline)}</h1>{sub}<div class="wp-block-group is-nowrap">{who}<div class="wp-block-post-date">{page.date()}</div><p class="has-small-font-size">{page.pick("minutes")}</p></div></div><figure class="wp-block-post-featured-image"><img src="{page.image()}" alt=""><figcaption>{page.out(story.caption)}</figcaption></figure>'
        f'<div class="entry-content wp-block-post-content">{box}{body}{agency}</div>{tags}<div class="wp-block-comments"><h3>{page.label("comments")}</h3><ol>{said}</ol></div><div class="wp-block-query"><h2 class="wp-block-heading">{page.label("related")}</h2><ul class="wp-block-post-template is-layout-grid">{rows(page, 3, _LOOP)}</ul></div>'
    )
    meta = f'<meta property="og:title" content="{escape(story.headline)} - {escape(page.outlet.title)}"><meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="admin"><meta property="og:image" content="{page.image()}">'
    return _frame(page, head(page, meta, title="{title} – {outlet}"), main)


def listing(page: Page) -> str:
    loop = cards(page, '<li class="wp-block-post post type-post"><figure class="wp-block-post-featured-image"><a href="{url}"><img src="{image}"></a></figure><div class="taxonomy-category wp-block-post-terms">{section}</div><h2 class="wp-block-post-title has-large-font-size"><a href="{url}">{title}</a></h2><div class="wp-block-post-excerpt"><p>{lead}</p></div><div class="wp-block-post-date">{date}</div></li>')  # fmt: skip
    if page.section is None:
        box = '<div class="wp-block-group alignwide"><h2 class="wp-block-heading"><a href="{url}">{label}</a></h2><ul class="wp-block-post-template is-layout-grid">{items}</ul></div>'
        return _frame(page, head(page), by_section(page, loop, box))
    title = f'<h1 class="wp-block-query-title">{escape(page.section.label)}</h1>'
    pages = pager(page, '<a class="page-numbers" href="{url}">{n}</a>', '<span class="page-numbers current">{n}</span>')
    others = boxes(page, '<div class="wp-block-query"><h2 class="wp-block-heading"><a href="{url}">{label}</a></h2><ul class="wp-block-post-template">{items}</ul></div>', _LOOP, 2)  # fmt: skip
    main = f'{title}<div class="wp-block-query"><ul class="wp-block-post-template">{"".join(loop)}</ul><nav class="wp-block-query-pagination">{pages}</nav></div>{others}'
    return _frame(page, head(page), main)


BUILD = Build(
    "block_groups", article, listing, address("/{d}/p{n}/"), section_address=section_address("/category/{s}/", "page/{n}/"),
    dates=("levant", "month-first", "gulf"), zones=("Asia/Beirut", "Africa/Tripoli"),
    habits=Habits(bylines=0.6, agencies=0.3, subtitles=0.3, datelines=0.2, tags=0.7, extras=0.6, longest=16),
)  # fmt: skip
