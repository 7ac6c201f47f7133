"""A broadcaster in styled components: a row of div for each paragraph and picture, links to skip the boxes between them."""

from html import escape

from tests.benchmarks.invented.developed_later.furniture import rows
from tests.benchmarks.invented.developed_latest.frame import address, cards, menu, pager, section_address
from tests.benchmarks.invented.developed_outlets.fittings import elsewhere, ld, listed, text
from tests.benchmarks.invented.pages import Page, Shows
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits

_ROW = '<div dir="rtl" class="sc-19j92fr ebmt73l0">{}</div>'


def _frame(page: Page, head: str, main: str) -> str:
    lines = menu(page, '<li class="sc-4nv9bq e1vdtt5k1"><a class="focusIndicatorReducedWidth" href="{url}">{label}</a></li>')  # fmt: skip
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl" class="no-js"><head><meta charset="utf-8">{head}<style data-emotion="sc 19j92fr">.sc-19j92fr{{grid-column:1}}</style></head><body><div id="root"><header role="banner"><div id="brandLink"><a href="/"><svg></svg><span class="sc-1k0h8gm e1abcd0">{page.out(page.outlet.title)}</span></a></div><nav role="navigation"><ul role="list">{lines}</ul></nav></header><div class="sc-fuhqtu e1nh2i2l5">{main}</div>'
        f'<footer role="contentinfo"><ul><li>{page.label("footer")}</li><li>{page.label("cookie")}</li></ul><p dir="rtl">{page.label("disclaimer")}</p></footer></div></body></html>'
    )


def _skip(page: Page, name: str, inner: str) -> str:
    box = page.outlet.phrase("also")
    over, end = page.out(f"تجاوز {box} وتابع"), page.out(f"انتهت {box}")
    return f'<section role="region" aria-labelledby="{name}" class="sc-1c1994u e16q8m480"><a href="#end-of-{name}" class="sc-skip">{over}</a>{inner}<p tabindex="-1" id="end-of-{name}" class="sc-hidden">{end}</p></section>'


def _suggested(page: Page) -> str:
    links = rows(page, 3, '<li class="sc-1rfje e1d5tdwv0" role="listitem"><div class="sc-promo"><img src="/p.webp" alt=""><a class="sc-1mrs5ns" href="{url}">{title}</a></div></li>')  # fmt: skip
    return _skip(
        page, "suggested", f'<strong id="suggested">{page.label("related")}</strong><ul role="list">{links}</ul>'
    )


def _podcast(page: Page) -> str:
    inner = f'<div class="sc-pod"><strong>{page.label("follow")}</strong><p>{page.pick("blurb")}</p><a href="/podcasts">{page.out("الحلقات")}</a></div>'
    return _skip(page, "podcast", inner)


def _picture(page: Page) -> str:
    return f'<div class="sc-1dkbeq4 e1ot1ql0"><figure class="sc-figure"><div data-e2e="image-placeholder"><img src="/ace/{page.random.randint(1, 99)}.webp" alt=""></div><p class="sc-credit"><span class="sc-hidden">{page.out("مصدر الصورة")}</span>{page.pick("credit")}</p><figcaption><span class="sc-hidden">{page.out("شرح الصورة")}</span><p dir="rtl">{page.pick("caption")}</p></figcaption></figure></div>'


def _embed(page: Page) -> str:
    inner = f'<div class="sc-embed"><p>{page.out("قد يحتوي هذا المحتوى على ملفات تعريف")}</p><blockquote class="twitter-tweet"><p lang="ar" dir="rtl">{page.pick("post")}</p></blockquote></div>'
    return _skip(page, f"embed-{page.random.randint(1, 9)}", inner)


def _head(page: Page) -> str:
    story, outlet = page.the, page.outlet
    desk = {"@type": "NewsMediaOrganization", "name": outlet.title}
    about = [{"@type": "Thing", "name": tag} for tag in story.tags]
    thing = {"@type": "ReportageNewsArticle", "url": outlet.url(story), "headline": story.headline, "publisher": desk, "author": desk, "about": about}  # fmt: skip
    said = {"@context": "http://schema.org", "@graph": [thing]}
    return f'<title>{escape(story.headline)} - {escape(outlet.title)}</title><meta property="og:image" content="{page.image()}"><meta name="author" content="{escape(outlet.title)}">{ld(said)}'


def article(page: Page) -> str:
    story = page.the
    by = "".join(
        f'<li role="listitem"><span class="sc-hidden">{page.out("الكاتب")}، </span><span class="sc-name">{page.out(name)}</span></li><li role="listitem"><span class="sc-hidden">{page.out("الصفة")}، </span><span>{page.pick("job")}</span></li>'
        for name in story.authors
    )
    label = page.out("معلومات المقال") if by else ""
    people = f'<section role="region" aria-labelledby="byline"><strong class="sc-hidden" id="byline">{label}</strong><ul role="list">{by}</ul></section>'
    p = _ROW.format('<p dir="rtl" class="sc-hhl7in e17g058b0">{}</p>')
    first = _ROW.format('<p dir="rtl" class="sc-hhl7in e17g058b0"><b class="sc-1kc8w3e">{}</b></p>')
    parts = {
        "h": _ROW.format('<h2 dir="rtl" tabindex="-1" class="sc-1e2h3j">{}</h2>'),
        "quote": _ROW.format('<p dir="rtl" class="sc-hhl7in e17g058b0">"{}"</p>'),
        "items": '<div dir="rtl" class="sc-ul0"><ul role="list">{}</ul></div>',
        "item": '<li role="listitem"><p dir="rtl">{}</p></li>',
    }
    pieces = [lambda: _picture(page), lambda: _suggested(page), lambda: _podcast(page), lambda: _picture(page), lambda: _embed(page)]  # fmt: skip
    body = text(page, [], 0, story.blocks[:1], p=first) + text(page, pieces, 3, story.blocks[1:], p=p, **parts)
    topics = ""
    if story.tags:
        topics = f'<section aria-labelledby="topics"><h2 id="topics">{page.label("tags")}</h2><ul>{listed("<li><a href=/ar/topics/c{n}x>{text}</a></li>", story.tags)}</ul></section>'
    main = (
        f'<main role="main" class="sc-gpqeib e1p3vdyi0"><div dir="rtl" class="sc-1c8krp"><h1 id="content" tabindex="-1" class="sc-1tb4w1">{escape(story.headline)}</h1></div><div class="sc-1dkbeq4"><figure><img src="{page.image()}" alt=""><p class="sc-credit">{page.pick("credit")}</p><figcaption><p dir="rtl">{page.out(story.caption)}</p></figcaption></figure></div>{people}<div class="sc-o8k0yr"><time class="sc-ts" >{page.date()}</time></div>{body}{topics}</main>'
        f'<div class="sc-1w2jd"><section aria-labelledby="top"><h2 id="top">{page.label("latest")}</h2><ul>{rows(page, 3, "<li><a href={url}>{title}</a></li>")}</ul></section><section><h2>{page.label("most")}</h2><ol>{rows(page, 5, "<li><span>{n}</span><a href={url}>{title}</a></li>")}</ol></section></div>'
    )
    return _frame(page, _head(page), main)


def listing(page: Page) -> str:
    entries = cards(page, '<li class="sc-t44qu" role="listitem"><div class="promo-image"><img src="{image}" alt=""></div><div class="promo-text"><h3><a class="focusIndicatorDisplayBlock" href="{url}">{title}</a></h3><p>{lead}</p><time>{date}</time></div></li>')  # fmt: skip
    plain = cards(page, '<li role="listitem"><h3><a href="{url}">{title}</a></h3></li>')
    pages = pager(page, '<li><a href="{url}">{n}</a></li>')
    others = elsewhere(page, '<section aria-label="{label}"><h2><a href="{url}">{label}</a></h2><ul role="list">{items}</ul></section>', '<li role="listitem"><h3><a href="{url}">{title}</a></h3></li>')  # fmt: skip
    main = f'<main role="main"><h1 class="sc-hidden">{escape(page.section.label if page.section else page.outlet.title)}</h1><section><ul role="list">{"".join(entries[:4])}</ul></section><section><ul role="list">{"".join(plain[4:])}</ul></section><nav aria-label="pagination"><ul>{pages}</ul></nav>{others}</main>'
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", main)


BUILD = Build(
    "styled_rows", article, listing, address("/arabic/articles/c{n}o"), section_address=section_address("/arabic/topics/{s}", "?page={n}"),
    dates=("gulf", "levant-gulf", "before-hours"), zones=("Europe/London",),
    shows=Shows(section=False), habits=Habits(bylines=0.6, agencies=0.0, subtitles=0.0, datelines=0.0, shortest=4, longest=24, extras=0.8, recent=True),
)  # fmt: skip
