"""Drupal: fields as pairs of a label and a value, all of one name, in an order that differs as some are empty."""

from html import escape

from tests.benchmarks.invented.developed_later.furniture import rows, scattered, teaser
from tests.benchmarks.invented.developed_latest.frame import address, cards, menu, pager, section_address, titles
from tests.benchmarks.invented.pages import Page, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, head: str, main: str) -> str:
    lines = menu(
        page, '<li class="menu-item"><a href="{url}" data-drupal-link-system-path="taxonomy/term">{label}</a></li>'
    )
    side = rows(
        page,
        5,
        '<div class="views-row"><div class="views-field"><span class="field-content"><a href="{url}">{title}</a></span></div></div>',
    )
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head>{head}<meta name="Generator" content="Drupal 10"></head><body><div class="dialog-off-canvas-main-canvas"><div class="region-primary-menu"><ul class="menu">{lines}</ul></div><div class="region-content">{main}</div>'
        f'<div class="region-second"><div class="block"><h2>{page.label("latest")}</h2><div class="view-content">{side}</div></div></div><div class="region-foot"><p>{page.label("disclaimer")}</p><p>{page.label("footer")}</p></div></div></body></html>'
    )


def _pair(label: str, value: str) -> str:
    return f'<dt class="fl">{label}</dt><dd class="fi">{value}</dd>'


def article(page: Page) -> str:
    story, outlet = page.the, page.outlet
    pairs = [_pair(page.out("التاريخ"), page.date())]
    if story.authors:
        pairs.append(_pair(page.out("الصحفي"), "، ".join(map(escape, story.authors))))
    if story.agency:
        pairs.append(_pair(page.out("مصدر المادة"), escape(story.agency)))
    pairs.append(
        _pair(page.out("الباب"), f'<a href="{outlet.section_url(story.section)}">{page.out(story.section.label)}</a>')
    )
    if story.tags:
        tags = "".join(f'<a href="/taxonomy/term/{n}">{escape(tag)}</a> ' for n, tag in enumerate(story.tags))
        pairs.append(_pair(page.out("الموضوعات"), tags))
    shape = '<div class="paragraph paragraph--see"><div>{label}</div><div><a href="{url}">{title}</a></div></div>'
    inserts = scattered(page, len(story.blocks), [lambda: teaser(page, shape)], 1)
    sub = f'<div class="field-sub">{escape(story.subtitle)}</div>' if story.subtitle else ""
    main = (
        f'<h1 class="page-header"><span>{escape(story.headline)}</span></h1>{sub}<div class="node"><div class="node__content"><dl class="node-fields">{"".join(pairs)}</dl><div class="media"><img src="{page.image()}"><div class="cap">{page.out(story.caption)}</div></div>'
        f'<div class="text-formatted">{woven(text_html(story.blocks), inserts)}</div></div></div><div class="links">{page.label("share")}</div><div class="view"><h2>{page.label("related")}</h2>{rows(page, 3, "<div class=views-row><a href={url}>{title}</a></div>")}</div>'
    )
    return _frame(page, titles(page), main)


def listing(page: Page) -> str:
    cards_html = cards(
        page,
        '<div class="views-row"><article class="node--view-mode-teaser"><h2><a href="{url}" rel="bookmark"><span>{title}</span></a></h2><div class="node__content"><div class="text-formatted"><p>{lead}</p></div><ul class="links inline"><li><a href="{url}" rel="tag">اقرأ المزيد</a></li></ul></div></article></div>',
    )
    pages = pager(page, '<li class="pager__item"><a href="{url}">{n}</a></li>')
    return _frame(
        page,
        f"<title>{escape(page.outlet.title)}</title>",
        f'<div class="views-element-container">{"".join(cards_html)}</div><ul class="pager__items">{pages}</ul>',
    )


BUILD = Build(
    "drupal_pairs", article, listing, address("/node/{n}"), section_address=section_address("/taxonomy/{s}", "?page={n}"),
    dates=("weekday-slash", "dual", "hijri-both"), zones=("Asia/Amman", "Africa/Tunis"),
    habits=Habits(bylines=0.6, agencies=0.4, subtitles=0.3),
)  # fmt: skip
