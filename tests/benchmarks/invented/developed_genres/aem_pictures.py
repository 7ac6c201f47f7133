"""A Baghdad channel on Adobe's CMS: components around each part, stories in pictures, running stories, statements, wrong writers."""

from html import escape

from tests.benchmarks.invented.developed_desks.fittings import chips, clock, names
from tests.benchmarks.invented.developed_genres.fittings import entries_html, ld, more_link, og, read_also, summary
from tests.benchmarks.invented.developed_genres.genres import become, lines_of, live
from tests.benchmarks.invented.developed_portals.parts import address, cards, menu, rows, section_address
from tests.benchmarks.invented.developed_regions.fittings import about, between, boxes, head, here
from tests.benchmarks.invented.pages import Page, Shows, text_html
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Block, Habits

TEXT = (
    '<div class="text aem-GridColumn aem-GridColumn--default--12"><div id="text-{n}" class="cmp-text">{t}</div></div>'
)
FORMS = {
    "h": '<div class="title aem-GridColumn"><div class="cmp-title"><h3 class="cmp-title__text">{}</h3></div></div>'
}


def _frame(page: Page, top: str, main: str) -> str:
    lines = menu(page, '<li class="cmp-navigation__item cmp-navigation__item--level-0"><a href="{url}" class="cmp-navigation__item-link">{label}</a></li>')  # fmt: skip
    return (
        f'<!DOCTYPE HTML><html lang="ar" dir="rtl"><head><meta charset="UTF-8"/><meta name="template" content="article-page"/>{top}</head><body class="page basicpage"><div class="root container responsivegrid"><div class="cmp-container"><div class="experiencefragment"><div class="xf-master"><ul class="cmp-navigation__group">{lines}</ul><div class="text"><div class="cmp-text"><p>{page.today()}</p></div></div></div></div>{main}'
        f'<div class="experiencefragment"><div class="text"><div class="cmp-text">{about(page, "<p>{text}</p>")}<p>{page.label("footer")}</p></div></div></div></div></div></body></html>'
    )


def _shots(page: Page) -> list[str]:
    shots = lines_of(page, "shot", 5, 10)
    parts = text_html(page.the.blocks[:-1], p=TEXT.replace("{n}", "a0").format(t="<p>{}</p>"))
    for n, each in enumerate(shots):
        parts.append(f'<div class="image aem-GridColumn"><div data-cmp-is="image" class="cmp-image" itemscope><img src="/content/dam/{page.the.number}/{n}.jpeg" class="cmp-image__image"/><span class="cmp-image__title" itemprop="caption">{escape(each)}</span></div></div>')  # fmt: skip
    return parts


def article(page: Page) -> str:
    choice = page.random.random()
    pieces = [
        lambda: read_also(page, '<div class="teaser aem-GridColumn"><div class="cmp-teaser"><p class="cmp-teaser__pretitle">{label}</p>{items}</div></div>', '<h2 class="cmp-teaser__title"><a class="cmp-teaser__title-link" href="{url}">{title}</a></h2>', 1),
        lambda: TEXT.format(n="f1", t=f'<p><b>{page.pick("follow")}</b></p>'),
        lambda: f'<div class="adslot aem-GridColumn"><div class="cmp-ad"><p>{page.label("ad")}</p></div></div>',
        lambda: f'<div class="embed aem-GridColumn"><div class="cmp-embed"><p>{page.pick("embed")}</p></div></div>',
        lambda: f'<div class="form aem-GridColumn"><div class="cmp-form-text"><label>{page.pick("newsletter")}</label></div></div>',
    ]  # fmt: skip
    box = ""
    if choice < 0.25:
        parts, most = _shots(page), 1
    elif choice < 0.45:
        entries = live(page, heads=1.0)
        form = '<div class="contentfragment aem-GridColumn"><article class="cmp-contentfragment">{head}<div class="cmp-contentfragment__elements"><p class="cmp-contentfragment__time">{clock}</p>{body}</div></article></div>'  # fmt: skip
        parts = text_html(page.the.blocks[:1], p=TEXT.format(n="l0", t="<p>{}</p>"))
        parts += entries_html(entries, form, '<h3 class="cmp-contentfragment__title">{}</h3>', "<p>{}</p>")
        most = 2
    elif choice < 0.6:
        points = lines_of(page, "decree", 3, 7, keep=2)
        lines = [f"{name}: {each}" for name, each in zip(("أولاً", "ثانياً", "ثالثاً", "رابعاً", "خامساً", "سادساً", "سابعاً"), points, strict=False)]  # fmt: skip
        become(page, [*page.the.blocks[:-1], Block("p", tuple(lines))])
        text = "".join(text_html(page.the.blocks[:-1])) + "".join(f"<p>{escape(each)}</p>" for each in lines)
        parts, most = [TEXT.format(n="s0", t=text)], 0
    else:
        parts = [TEXT.format(n=n, t=each) if "cmp-title" not in each else each for n, each in enumerate(text_html(page.the.blocks, **FORMS))]  # fmt: skip
        most = 3
        box = summary(page, "summary", '<div class="list aem-GridColumn"><p>{label}</p><ul class="cmp-list">{items}</ul></div>', '<li class="cmp-list__item"><span>{text}</span></li>') if page.chance(0.4) else ""  # fmt: skip
    body = between(page, parts, pieces, most)
    story = page.the
    who = f'<div class="cmp-byline"><span class="cmp-byline__name">{names(page, "{text}", "، ")}</span></div>' if story.authors else f'<div class="cmp-byline"><span class="cmp-byline__name">{page.pick("desk")}</span></div>'  # fmt: skip
    agency = f'<div class="cmp-byline"><span class="cmp-byline__source">{escape(story.agency)}</span></div>' if story.agency else ""  # fmt: skip
    sub = f'<div class="title"><div class="cmp-title"><h2 class="cmp-title__text">{escape(story.subtitle)}</h2></div></div>' if story.subtitle else ""  # fmt: skip
    tags = f'<div class="tags"><ul class="cmp-tags">{chips(page, "<li><a href=/tag.{n}.html>{text}</a></li>")}</ul></div>' if story.tags else ""  # fmt: skip
    more = rows(page, 4, '<li class="cmp-list__item"><article><a class="cmp-list__item-link" href="{url}"><span class="cmp-list__item-title">{title}</span></a><span class="cmp-list__item-date">{clock}</span></article></li>')  # fmt: skip
    main = f'<nav class="breadcrumb"><ol class="cmp-breadcrumb__list"><li class="cmp-breadcrumb__item"><a href="/">{page.label("home")}</a></li><li class="cmp-breadcrumb__item"><a href="{here(page)}">{escape(story.section.label)}</a></li></ol></nav><div class="container responsivegrid"><div class="cmp-container"><div class="title"><div class="cmp-title"><h1 class="cmp-title__text">{escape(story.headline)}</h1></div></div>{sub}{who}{agency}<div class="text"><div class="cmp-date">{page.date()}</div></div><div class="image"><div class="cmp-image"><img src="{page.image()}"/><span class="cmp-image__title" itemprop="caption">{page.out(story.caption)}</span></div></div><div class="audio"><span>{page.label("listen")}</span><span>{clock(page)}</span></div>{box}<div class="aem-Grid aem-Grid--12">{body}</div>{tags}</div></div><div class="list"><div class="cmp-title"><h2 class="cmp-title__text">{page.label("related")}</h2></div><ul class="cmp-list">{more}</ul></div>'
    late = story.when.replace(hour=0, minute=0)
    meta = og(page) + ld(page, "NewsArticle", author={"@type": "Person", "name": "cms-editor"}, dateModified=page.fetched.isoformat(), image=page.image()) + f'<meta name="cq:lastReplicated" content="{late:%a %b %d %Y}"/>'  # fmt: skip
    return _frame(page, head(page, meta, title="{title} | {outlet}"), main)


def listing(page: Page) -> str:
    items = cards(page, '<div class="teaser aem-GridColumn"><div class="cmp-teaser"><div class="cmp-teaser__image"><img src="{image}"/></div><div class="cmp-teaser__content"><h2 class="cmp-teaser__title"><a class="cmp-teaser__title-link" href="{url}">{title}</a></h2><div class="cmp-teaser__description"><p>{lead}</p></div><span>{date}</span></div></div></div>')  # fmt: skip
    more = more_link(page, '<a class="cmp-button" href="{url}"><span class="cmp-button__text">{label}</span></a>')
    others = boxes(page, '<div class="list"><div class="cmp-title"><h2 class="cmp-title__text"><a href="{url}">{label}</a></h2></div><ul class="cmp-list">{items}</ul></div>', '<li class="cmp-list__item"><a class="cmp-list__item-link" href="{url}"><span class="cmp-list__item-title">{title}</span></a></li>') if page.section else ""  # fmt: skip
    return _frame(page, head(page), f'<div class="container responsivegrid"><div class="aem-Grid">{"".join(items)}</div>{more}{others}</div>')  # fmt: skip


BUILD = Build(
    "aem_pictures", article, listing, address("/{s}/{d}/{n}"), section_address=section_address("/{s}", "?offset={n}0"),
    dates=("levant-gulf-clock", "bracketed", "levant-gulf"), zones=("Asia/Baghdad",),
    shows=Shows(),
    habits=Habits(bylines=0.5, agencies=0.3, subtitles=0.3, datelines=0.2, tags=0.6, extras=0.5, longest=12),
)  # fmt: skip
