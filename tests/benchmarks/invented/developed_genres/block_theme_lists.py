"""A WordPress block theme in layout classes alone: numbered lists with pictures, obituaries with facts, a later date only in metadata."""

from html import escape

from tests.benchmarks.invented.developed_desks.fittings import chips, names
from tests.benchmarks.invented.developed_genres.fittings import (
    entries_html,
    filled,
    ld,
    more_link,
    og,
    reactions,
    read_also,
    story_text,
)
from tests.benchmarks.invented.developed_genres.genres import become, lines_of, picks
from tests.benchmarks.invented.developed_portals.parts import address, cards, menu, rows, section_address
from tests.benchmarks.invented.developed_regions.fittings import about, between, boxes, head, here, later
from tests.benchmarks.invented.pages import Page, text_html
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits

GROUP = '<div class="wp-block-group is-layout-constrained wp-container-core-group-is-layout-{n}">'


def _frame(page: Page, top: str, main: str) -> str:
    lines = menu(page, '<li class="wp-block-navigation-item wp-block-navigation-link"><a class="wp-block-navigation-item__content" href="{url}"><span class="wp-block-navigation-item__label">{label}</span></a></li>')  # fmt: skip
    return (
        f'<!DOCTYPE html><html dir="rtl" lang="ar"><head><meta charset="UTF-8"/>{top}</head><body class="wp-embed-responsive"><div class="wp-site-blocks">{GROUP.format(n=1)}<p class="wp-block-site-title"><a href="/">{escape(page.outlet.title)}</a></p><ul class="wp-block-navigation__container">{lines}</ul></div>{main}'
        f"{GROUP.format(n=9)}<p>{page.label('newsletter')}</p>{about(page, '<p>{text}</p>')}<p>{page.label('footer')}</p></div></div></body></html>"
    )


def article(page: Page) -> str:
    choice = page.random.random()
    pieces = [
        lambda: read_also(page, '<p><strong>{label}:</strong> {items}</p>', '<a href="{url}">{title}</a>', 1),
        lambda: f'<div class="wp-block-group has-background is-layout-flow"><p class="has-text-align-center"><strong>{page.pick("newsletter")}</strong></p><div class="wp-block-buttons"><a class="wp-block-button__link">{page.label("subscribe")}</a></div></div>',
        lambda: f'<figure class="wp-block-embed"><div class="wp-block-embed__wrapper"><blockquote class="instagram-media"><a href="#">{page.pick("embed")}</a></blockquote></div></figure>',
        lambda: f'<p class="has-text-align-center has-small-font-size">{page.pick("follow")}</p>',
    ]  # fmt: skip
    if choice < 0.35:
        number = page.random.choice(("{n}. {}", "{n}- {}", "{}"))
        first, entries = picks(page, number)
        form = '<h2 class="wp-block-heading">{head}</h2><figure class="wp-block-image size-large"><img src="/wp-content/uploads/{n}.jpg" class="wp-image-{n}"/><figcaption class="wp-element-caption">CREDIT</figcaption></figure>{body}'  # fmt: skip
        parts = [each.replace("CREDIT", page.pick("credit"), 1) for each in entries_html(entries, form, "{}", "<p>{}</p>")]  # fmt: skip
        body = "".join(filled("<p>{}</p>", first)) + between(page, parts, pieces, 2)
    elif choice < 0.5:
        facts = lines_of(page, "fact_name", 3, 4, keep=3)
        become(page, [page.the.blocks[-1], *page.the.blocks[:-1]])
        box = f'<div class="wp-block-columns is-layout-flex"><div class="wp-block-column is-layout-flow"><ul class="wp-block-list">{"".join(filled("<li>{}</li>", facts))}</ul></div></div>'
        body = box + "".join(text_html(page.the.blocks[1:]))
    else:
        body = story_text(page, pieces, 2, h='<h2 class="wp-block-heading">{}</h2>', quote='<blockquote class="wp-block-quote is-layout-flow"><p>{}</p></blockquote>', items='<ul class="wp-block-list">{}</ul>', table='<figure class="wp-block-table"><table><tbody>{}</tbody></table></figure>')  # fmt: skip
    story = page.the
    who = f'<p class="has-small-font-size">{page.out("بقلم")} {names(page, "<a href=/author/{n}/>{text}</a>", "، ")}</p>' if story.authors else ""  # fmt: skip
    agency = f'<p class="has-small-font-size">{page.out("المصدر")}: {escape(story.agency)}</p>' if story.agency else ""
    sub = f'<p class="has-large-font-size">{escape(story.subtitle)}</p>' if story.subtitle else ""
    tags = f'<div class="taxonomy-post_tag wp-block-post-terms">{chips(page, "<a href=/tag/{n}/ rel=tag>{text}</a>", "، ")}</div>' if story.tags else ""  # fmt: skip
    more = rows(page, 3, '<li class="wp-block-post"><h2 class="wp-block-post-title has-medium-font-size"><a href="{url}">{title}</a></h2></li>')  # fmt: skip
    main = (
        f'<div class="is-layout-flow">{GROUP.format(n=4)}<h1 class="wp-block-post-title">{escape(story.headline)}</h1>{sub}{GROUP.format(n=5)}<div class="taxonomy-category wp-block-post-terms"><a href="{here(page)}" rel="tag">{escape(story.section.label)}</a></div>{who}<p class="has-small-font-size">{page.date()}</p><p class="has-small-font-size">{page.out("آخر تحديث")}: {later(page)}</p>{agency}</div><figure class="wp-block-image"><img src="{page.image()}"/><figcaption class="wp-element-caption">{page.out(story.caption)}</figcaption></figure></div><div class="is-layout-constrained wp-container-7">{body}</div>{GROUP.format(n=8)}<div class="is-layout-flex">{reactions(page, "<span>{text} {n}</span>")}</div>{tags}</div>'
        f'{GROUP.format(n=12)}<h2 class="wp-block-heading has-large-font-size">{page.label("related")}</h2><ul class="wp-block-post-template is-layout-grid">{more}</ul></div></div>'
    )
    modified = f"{page.fetched:%Y-%m-%dT%H:%M:%S+00:00}"
    meta = og(page, "{title} - {outlet}") + f'<meta property="article:modified_time" content="{modified}"/>' + ld(page, "WebPage", headline=None, name=f"{story.headline} - {page.outlet.title}", dateModified=modified)  # fmt: skip
    return _frame(page, head(page, meta), main)


def listing(page: Page) -> str:
    items = cards(page, '<li class="wp-block-post post type-post"><figure class="wp-block-post-featured-image"><a href="{url}"><img src="{image}"/></a></figure><h2 class="wp-block-post-title"><a href="{url}" target="_self">{title}</a></h2><p class="wp-block-post-excerpt__excerpt">{lead}</p><div class="wp-block-post-date">{date}</div></li>')  # fmt: skip
    more = more_link(page, '<a class="wp-block-query-pagination-next" href="{url}">{label}</a>')
    others = boxes(page, '<div class="wp-block-group is-layout-flow"><h3 class="wp-block-heading"><a href="{url}">{label}</a></h3><ul class="wp-block-latest-posts">{items}</ul></div>', '<li><a class="wp-block-latest-posts__post-title" href="{url}">{title}</a></li>') if page.section else ""  # fmt: skip
    return _frame(page, head(page), f'<div class="is-layout-flow"><div class="wp-block-query"><ul class="wp-block-post-template is-layout-grid">{"".join(items)}</ul>{more}</div>{others}</div>')  # fmt: skip


BUILD = Build(
    "block_theme_lists", article, listing, address("/{d}/{s}-{n}/"), section_address=section_address("/category/{s}/", "page/{n}/"),
    dates=("maghreb", "morocco", "maghreb-clock"), zones=("Africa/Casablanca", "Africa/Tunis"),
    habits=Habits(bylines=0.6, agencies=0.25, subtitles=0.3, datelines=0.1, tags=0.8, extras=0.5, longest=10),
)  # fmt: skip
