"""A Gulf agency whose pages are AMP throughout: accordions, carousels, Hijri dates, an end mark, no writers, right JSON-LD."""

from html import escape

from tests.benchmarks.invented.developed_desks.fittings import hashtags
from tests.benchmarks.invented.developed_outlets.fittings import ld
from tests.benchmarks.invented.developed_portals.parts import address, cards, menu, pager, rows, section_address
from tests.benchmarks.invented.developed_regions.fittings import about, boxes, head, here, text
from tests.benchmarks.invented.pages import Page, Shows
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, top: str, main: str) -> str:
    lines = menu(page, '<li><a href="{url}">{label}</a></li>', '<li class="on"><a href="{url}">{label}</a></li>')
    return (
        f'<!doctype html><html ⚡ lang="ar" dir="rtl"><head><meta charset="utf-8">{top}<style amp-custom>h1{{font-size:2rem}}</style></head><body><amp-sidebar id="sb" layout="nodisplay"><ul>{lines}</ul></amp-sidebar><header class="hd"><button on="tap:sb.toggle">☰</button><amp-img src="/logo.png" width="120" height="40" alt="{escape(page.outlet.title)}"></amp-img><span>{page.today()}</span></header>{main}'
        f'<amp-user-notification id="n" layout="nodisplay"><p>{page.label("cookies")}</p></amp-user-notification><footer class="ft">{about(page, "<a>{text}</a>")}<p>{page.label("footer")}</p></footer></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    pieces = [
        lambda: f'<amp-ad width="300" height="250" type="doubleclick"><div placeholder>{page.label("ad")}</div></amp-ad>',
        lambda: f'<amp-carousel width="400" height="300" type="slides"><figure><amp-img src="/s/1.jpg" width="4" height="3"></amp-img><figcaption>{page.pick("caption")}</figcaption></figure><div>{page.pick("gallery")}</div></amp-carousel>',
        lambda: f'<amp-accordion><section><h4>{page.label("related")}</h4><div>{rows(page, 2, "<a href={url}>{title}</a>")}</div></section></amp-accordion>',
    ]  # fmt: skip
    body = text(page, pieces, 2, quote="<blockquote>{}</blockquote>")
    end = page.out("-- انتهى --" if page.chance(0.7) else "// انتهى //")
    codes = page.out(
        f"{page.random.randint(10, 23)}:{page.random.randint(10, 59)} ت م {page.random.randint(100, 399):04}"
    )
    tags = f'<div class="hash">{hashtags(page, "<a href=/hash/{n}>{text}</a> ")}</div>' if story.tags else ""
    sub = f'<h2 class="sh">{escape(story.subtitle)}</h2>' if story.subtitle else ""
    main = (
        f'<main><article><div class="bc"><a href="/">{page.label("home")}</a> » <a href="{here(page)}">{page.out(story.section.label)}</a></div><p class="dt">{page.date()}</p><h1>{escape(story.headline)}</h1>{sub}<amp-img class="mi" src="{page.image()}" width="800" height="500" layout="responsive"></amp-img><p class="cp">{page.out(story.caption)}</p><amp-audio src="/tts.mp3"><div fallback>{page.label("listen")}</div></amp-audio><div class="tx">{body}<p>{end}</p><p>{codes}</p></div>{tags}<amp-social-share type="twitter"></amp-social-share></article>'
        f'<section class="ls"><h3>{page.label("latest")}</h3>{rows(page, 4, "<div class=it><amp-img src={image} width=90 height=60></amp-img><h2><a href={url}>{title}</a></h2></div>")}</section></main>'
    )
    said = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": story.headline, "datePublished": story.when.isoformat(), "image": [page.image()], "author": {"@type": "Organization", "name": page.outlet.title}}  # fmt: skip
    return _frame(page, head(page, f'<link rel="canonical" href="{escape(page.outlet.url(story))}">', ld(said), title="{outlet} : {title}"), main)  # fmt: skip


def listing(page: Page) -> str:
    items = cards(page, '<div class="it"><amp-img src="{image}" width="90" height="60"></amp-img><h2><a href="{url}">{title}</a></h2><p class="dt">{date}</p></div>')  # fmt: skip
    top = cards(
        page,
        '<div class="slide"><a href="{url}"><amp-img src="{image}" width="800" height="500"></amp-img><h2>{title}</h2></a></div>',
    )
    pages = pager(page, '<a href="{url}">{n}</a>', "<b>{n}</b>")
    if page.section is None:
        return _frame(page, head(page), f'<main><amp-carousel type="slides" width="8" height="5">{"".join(top[:4])}</amp-carousel><div class="ls">{"".join(items[4:])}</div></main>')  # fmt: skip
    others = boxes(
        page,
        '<section class="ls"><h3><a href="{url}">{label}</a></h3>{items}</section>',
        '<div class="it"><h2><a href="{url}">{title}</a></h2></div>',
        2,
    )
    return _frame(page, head(page), f'<main><h1>{escape(page.section.label)}</h1><div class="ls">{"".join(items)}</div><div class="pg">{pages}</div>{others}</main>')  # fmt: skip


BUILD = Build(
    "amp_hijri", article, listing, address("/ar/{s}/amp/{n}"), section_address=section_address("/ar/{s}", "/{n}"),
    dates=("hijri-line", "hijri-numbers", "clock-hijri"), zones=("Asia/Riyadh", "Asia/Qatar"),
    shows=Shows(authors=False, moment="machine"),
    habits=Habits(bylines=0.0, agencies=0.0, subtitles=0.15, datelines=0.9, tags=0.5, extras=0.3, longest=9,
                  openings=("{place}، {date}: ", "{place} - {agency}: ")),
)  # fmt: skip
