"""An Egyptian portal on Nuxt: prices in tables, lists of things, the next article below, JSON-LD that is no JSON."""

from html import escape

from tests.benchmarks.invented.developed_desks.fittings import chips, names
from tests.benchmarks.invented.developed_genres.fittings import (
    entries_html,
    filled,
    more_link,
    og,
    read_also,
    story_text,
)
from tests.benchmarks.invented.developed_genres.genres import figures, picks, table_html
from tests.benchmarks.invented.developed_portals.parts import address, cards, menu, rows, section_address, share
from tests.benchmarks.invented.developed_regions.fittings import about, between, boxes, head, here
from tests.benchmarks.invented.pages import Page, text_html
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits

P = "<p data-v-1c20>{}</p>"
ALSO = '<p data-v-1c20><span class="in-read">{label}</span>{items}</p>'


def _frame(page: Page, top: str, main: str) -> str:
    lines = menu(page, '<a data-v-8d21 class="nav-a" href="{url}">{label}</a>')
    tick = rows(page, 5, '<a data-v-8d22 class="urgent-a" href="{url}">{title}</a>')
    return (
        f'<!doctype html><html lang="ar-EG" dir="rtl"><head><meta charset="utf-8">{top}</head><body><div id="__nuxt"><div id="__layout"><div data-v-8d21 class="top-strip"><span>{page.today()}</span></div><div data-v-8d21 class="bar">{lines}</div><div data-v-8d22 class="urgent"><i>{page.label("breaking")}</i>{tick}</div>{main}<div data-v-8d29 class="bottom-app"><span>{page.label("app")}</span></div>'
        f'<div data-v-8d28 class="ending">{about(page, "<a>{text}</a>")}<span>{page.label("footer")}</span></div></div></div><script>window.__NUXT__=(function(a){{return a}})(1)</script></body></html>'
    )


def _next(page: Page) -> str:
    other = page.another(3)
    texts = "".join(text_html(other.blocks, p=P))
    return f'<div data-v-1c00 class="story-wrap"><div data-v-1c00 class="next-line">{page.label("next_story")}</div><h1 data-v-1c00 class="story-h">{escape(other.headline)}</h1><div data-v-1c00 class="story-t"><span>{page.date(other)}</span></div><div data-v-1c20 class="story-text">{texts}</div></div>'


def article(page: Page) -> str:
    choice = page.random.random()
    pieces = [
        lambda: read_also(page, ALSO, '<a href="{url}">{title}</a>', 1),
        lambda: read_also(page, '<div data-v-1c31 class="more-in"><b>{label}</b>{items}</div>', '<div><a href="{url}"><img src="{image}">{title}</a></div>', 3),
        lambda: f'<div data-v-1c32 class="slot">{page.label("ad")}</div>',
        lambda: f'<p data-v-1c20 style="color:red">{page.pick("follow")}</p>',
    ]  # fmt: skip
    if choice < 0.35:
        first, table, last = figures(page, page.random.choice(("العملة في {place}|شراء|بيع", "السلعة في {place}|سعر الجملة|سعر القطاعي|التغير")), "coin", low=12, high=4900)  # fmt: skip
        parts = [*filled(P, first), f'<div data-v-1c33 class="tbl"><table border="1"><tbody>{table_html(table, "<td><p>{}</p></td>")}</tbody></table></div>', *filled(P, last)]  # fmt: skip
        body = between(page, parts, pieces, 1)
    elif choice < 0.55:
        first, entries = picks(page, "{n}- {}")
        form = '{head}<img data-v-1c20 src="/i/{n}.jpg">{body}'
        body = "".join(filled(P, first)) + between(page, entries_html(entries, form, '<p data-v-1c20><strong>{}</strong></p>', P), pieces, 2)  # fmt: skip
    else:
        body = story_text(page, pieces, 3, p=P, h="<p data-v-1c20><strong>{}</strong></p>", quote='<p data-v-1c20 class="q">{}</p>', items="<ul>{}</ul>")  # fmt: skip
    story = page.the
    who = f'<div data-v-1c00 class="story-by">كتب: {names(page, "<b>{text}</b>", " - ")}</div>' if story.authors else f'<div data-v-1c00 class="story-by">{page.pick("desk")}</div>'  # fmt: skip
    agency = f'<div data-v-1c00 class="story-src">{escape(story.agency)}</div>' if story.agency else ""
    sub = f'<h3 data-v-1c00 class="story-sub">{escape(story.subtitle)}</h3>' if story.subtitle else ""
    tags = f'<div data-v-1c40 class="kw">{chips(page, "<a href=/keyword/{n}>{text}</a>")}</div>' if story.tags else ""
    after = _next(page) if page.chance(0.5) else ""
    main = (
        f'<div class="wrap-2"><div data-v-1c00 class="story-wrap"><div data-v-1c00 class="path"><a href="/">{page.label("home")}</a> » <a href="{here(page)}">{escape(story.section.label)}</a></div><h1 data-v-1c00 class="story-h">{escape(story.headline)}</h1>{sub}<div data-v-1c00 class="story-t"><span>{page.date()}</span></div>{who}{agency}<div data-v-1c00 class="story-img"><img src="{page.image()}"><span>{page.out(story.caption)}</span></div><div data-v-1c41 class="sh">{share(page, "<a>{text}</a>")}</div><div data-v-1c20 class="story-text">{body}</div>{tags}<div data-v-1c42 class="rel"><div>{page.label("related")}</div>{rows(page, 4, "<a class=rel-a href={url}><img src={image}><span>{title}</span></a>")}</div></div>{after}'
        f'<div data-v-1c50 class="left-col"><div>{page.label("latest")}</div>{rows(page, 6, "<div class=lc><time>{clock}</time><a href={url}>{title}</a></div>")}</div></div>'
    )
    # Quotation marks of the headline and line breaks are not escaped, and a comma is too many.
    broken = f'<script type="application/ld+json">{{"@context":"http://schema.org","@type":"NewsArticle","headline":"{story.headline}\n","description":"{story.paragraphs[0][:80]}"\n"datePublished":"{story.when:%d/%m/%Y}",,"author":{{"name":"{page.outlet.title}"}},}}</script>'
    words = '<meta name="keywords" content="اخبار مصر, اخبار, اسعار, رياضة">'
    return _frame(page, head(page, og(page), broken, words, title="{title} - {outlet}"), main)


def listing(page: Page) -> str:
    items = cards(page, '<div data-v-2a10 class="row-n"><a href="{url}"><img src="{image}"></a><div class="row-x"><h3><a href="{url}">{title}</a></h3><span class="row-d">{date}</span><p>{lead}</p></div></div>')  # fmt: skip
    more = more_link(page, '<a data-v-2a11 class="nx" href="{url}">{label}</a>')
    others = boxes(page, '<div data-v-2a20 class="bx"><div class="bx-h"><a href="{url}">{label}</a></div>{items}</div>', '<div class="lc"><a href="{url}">{title}</a></div>') if page.section else ""  # fmt: skip
    side = rows(page, 6, '<div class="lc"><time>{clock}</time><a href="{url}">{title}</a></div>')
    return _frame(page, head(page), f'<div class="wrap-2"><div data-v-2a00 class="list-n">{"".join(items)}{more}</div>{others}<div data-v-1c50 class="left-col"><div>{page.label("latest")}</div>{side}</div></div>')  # fmt: skip


BUILD = Build(
    "nuxt_prices", article, listing, address("/{s}/{d}/{n}.html"), section_address=section_address("/{s}.html", "?p={n}"),
    dates=("weekday-ampm", "ampm-words", "named-slash"), zones=("Africa/Cairo",),
    habits=Habits(bylines=0.6, agencies=0.2, subtitles=0.3, datelines=0.05, tags=0.6, extras=0.4, longest=9),
)  # fmt: skip
