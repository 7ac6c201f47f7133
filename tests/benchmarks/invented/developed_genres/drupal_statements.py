"""An official agency on Drupal 10: statements with numbered points, stories in pictures, both calendars, few writers."""

from html import escape

from tests.benchmarks.invented.developed_desks.fittings import chips
from tests.benchmarks.invented.developed_genres.fittings import filled, more_link, story_text
from tests.benchmarks.invented.developed_genres.genres import become, lines_of, said, scribe
from tests.benchmarks.invented.developed_portals.parts import address, cards, menu, pager, rows, section_address
from tests.benchmarks.invented.developed_regions.fittings import about, boxes, head, here
from tests.benchmarks.invented.pages import Page, Shows, text_html
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Block, Habits


def _frame(page: Page, top: str, main: str) -> str:
    lines = menu(page, '<li class="menu-item"><a href="{url}" data-drupal-link-system-path="x">{label}</a></li>')
    ticker = rows(page, 4, '<div class="views-row"><div class="views-field views-field-title"><span class="field-content"><a href="{url}" hreflang="ar">{title}</a></span></div></div>')  # fmt: skip
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl" prefix="og: https://ogp.me/ns#"><head><meta charset="utf-8" /><meta name="Generator" content="Drupal 10 (https://www.drupal.org)" />{top}</head><body class="path-node"><div class="dialog-off-canvas-main-canvas"><div class="region region-header"><div class="block block-system">{escape(page.outlet.title)}</div><div id="block-date" class="block"><div>{page.today()}</div></div><ul class="menu menu--main">{lines}</ul></div><div class="region region-ticker"><div class="view view-ticker"><div class="view-header">{page.label("breaking")}</div>{ticker}</div></div>{main}'
        f'<div class="region region-footer">{about(page, "<a class=menu-link>{text}</a>")}<div class="block">{page.label("footer")}</div></div></div></body></html>'
    )


def _statement(page: Page) -> str:
    """The points are paragraphs with numbers, letters of a list or items, then a closing paragraph."""
    form = page.random.choice(("{n}- {}", "{n}. {}", "{}"))
    points = lines_of(page, "decree", 4, 9, keep=2)
    numbered = [form.format(each, n=n) for n, each in enumerate(points, 1)]
    last = said(page, scribe(page))
    first = page.the.blocks[:-1]
    become(page, [*first, Block("p", tuple(numbered)), Block("p", (last,))])
    opening = "".join(text_html(first, p="<p>{}</p>"))
    if form == "{}":
        middle = f"<ol>{''.join(filled('<li><span>{}</span></li>', points))}</ol>"
    else:
        middle = "".join(filled('<p style="text-align:justify"><strong>{}</strong></p>', numbered))
    return f"{opening}{middle}<p>{escape(last)}</p><p>&nbsp;</p>"


def _pictures(page: Page) -> str:
    shots = lines_of(page, "shot", 5, 9)
    opening = "".join(text_html(page.the.blocks[:-1], p="<p>{}</p>"))
    items = "".join(f'<div class="field__item"><figure class="caption caption-img" role="group"><img src="/sites/default/files/{page.the.number}-{n}.jpg" loading="lazy"><figcaption>{escape(each)}</figcaption></figure><div class="field--name-field-credit">{page.pick("credit")}</div></div>' for n, each in enumerate(shots))  # fmt: skip
    return f'{opening}<div class="field field--name-field-slides field--type-entity-reference-revisions field__items">{items}</div>'


def article(page: Page) -> str:
    choice = page.random.random()
    pieces = [
        lambda: f'<article class="media media--type-image"><div class="field__item"><img src="/sites/default/files/{page.random.randint(1, 99)}.jpg"></div><div class="field field--name-field-caption">{page.pick("caption")}</div></article>',
        lambda: f'<div class="embed-node"><div class="label">{page.pick("also")}</div>{rows(page, 1, "<a href={url}>{title}</a>")}</div>',
    ]  # fmt: skip
    if choice < 0.3:
        body = _statement(page)
    elif choice < 0.5:
        body = _pictures(page)
    else:
        body = story_text(page, pieces, 2, items="<ul>{}</ul>")
    story = page.the
    sub = f'<div class="field field--name-field-kicker field__item">{escape(story.subtitle)}</div>' if story.subtitle else ""  # fmt: skip
    tags = f'<div class="field field--name-field-tags field--label-inline"><div class="field__label">{page.label("tags")}</div><div class="field__items">{chips(page, "<div class=field__item><a href=/taxonomy/term/{n} hreflang=ar>{text}</a></div>")}</div></div>' if story.tags else ""  # fmt: skip
    agency = f'<div class="field field--name-field-origin field--label-hidden field__item">{escape(story.agency)}</div>' if story.agency else ""  # fmt: skip
    doc = f'<span class="file file--mime-application-pdf"><a href="/f.pdf">{page.label("document")}</a></span>' if page.chance(0.3) else ""  # fmt: skip
    more = rows(page, 4, '<div class="views-row"><article class="node node--view-mode-teaser"><h2 class="node__title"><a href="{url}"><span>{title}</span></a></h2></article></div>')  # fmt: skip
    main = f'<main role="main"><div class="region region-breadcrumb"><ol><li><a href="/">{page.label("home")}</a></li><li><a href="{here(page)}">{escape(story.section.label)}</a></li></ol></div><div class="region region-content"><article class="node node--type-news node--view-mode-full">{sub}<h1 class="page-title"><span class="field field--name-title">{escape(story.headline)}</span></h1><div class="node__meta">{page.date()}</div>{agency}<div class="print-link"><a href="/print">{page.label("print")}</a></div><div class="node__content"><div class="field field--name-field-image"><img src="{page.image()}" alt="{page.out(story.caption)}"><div class="image-title">{page.out(story.caption)}</div></div><div class="clearfix text-formatted field field--name-body">{body}</div>{doc}{tags}</div></article><div class="views-element-container block"><h2>{page.label("related")}</h2>{more}</div></div></main>'
    meta = f'<meta name="dcterms.title" content="{escape(story.headline)}" /><link rel="shortlink" href="/node/{story.number}" /><meta name="dcterms.creator" content="{escape(page.outlet.title)}" />'
    return _frame(page, head(page, meta, title="{title} | {outlet}"), main)


def listing(page: Page) -> str:
    items = cards(page, '<div class="views-row"><article class="node node--view-mode-teaser"><div class="field--name-field-image"><a href="{url}"><img src="{image}"></a></div><h2 class="node__title"><a href="{url}" rel="bookmark"><span>{title}</span></a></h2><div class="node__content">{lead}</div><div class="node__links"><a href="{url}">...</a></div></article></div>')  # fmt: skip
    pages = pager(page, '<li class="pager__item"><a href="{url}">{n}</a></li>', '<li class="pager__item is-active">{n}</li>')  # fmt: skip
    others = boxes(page, '<div class="block block-views"><h2><a href="{url}">{label}</a></h2>{items}</div>', '<div class="views-row"><span class="views-field-title"><a href="{url}">{title}</a></span></div>') if page.section else ""  # fmt: skip
    return _frame(page, head(page), f'<main role="main"><div class="view view-frontpage"><div class="view-content">{"".join(items)}</div><nav class="pager"><ul>{pages}</ul></nav></div><aside>{others}</aside>{more_link(page, "<a class=more-link href={url}>{label}</a>")}</main>')  # fmt: skip


BUILD = Build(
    "drupal_statements", article, listing, address("/node/{n}"), section_address=section_address("/{s}", "?page={n}"),
    dates=("hijri-both", "hijri-before", "clock-hijri", "hijri-slash"), zones=("Asia/Riyadh", "Asia/Muscat"),
    shows=Shows(authors=False),
    habits=Habits(bylines=0.0, agencies=0.2, subtitles=0.3, datelines=0.5, tags=0.5, extras=0.3, longest=9),
)  # fmt: skip
