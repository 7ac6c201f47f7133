"""Nuxt: the section as words above the headline that lead nowhere, writers with what they do in one sentence."""

from html import escape

from tests.benchmarks.invented.developed_later.furniture import rows, scattered, teaser
from tests.benchmarks.invented.developed_latest.frame import address, cards, menu, pager, section_address, titles
from tests.benchmarks.invented.pages import Page, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, head: str, main: str) -> str:
    lines = menu(page, '<NuxtLink><a href="{url}" class="u-lnk">{label}</a></NuxtLink>')
    return f'<!DOCTYPE html><html lang="ar" dir="rtl"><head>{head}</head><body><div id="__nuxt"><div class="u-top"><a href="/" class="u-logo">{page.out(page.outlet.title)}</a>{lines}</div><div class="u-view">{main}</div><div class="u-end"><span>{page.label("footer")}</span></div></div><script type="application/json" id="__NUXT_DATA__">[]</script></body></html>'


def article(page: Page) -> str:
    story = page.the
    role = page.random.choice(("مراسلة الشأن المحلي", "محرر الاقتصاد", "كاتبة", "مراسل الجريدة"))
    if len(story.authors) > 1:
        line = f"{page.out('تقرير')} {' و '.join(map(escape, story.authors))}"
    elif story.authors:
        line = f"{page.out('تقرير')} {escape(story.authors[0])}، {page.out(role)}"
    else:
        line = page.out("هيئة التحرير")
    source = f'<span class="u-src">{page.out("بالتعاون مع")} {page.out(story.agency)}</span>' if story.agency else ""
    shape = '<div class="u-box"><div class="u-box-h">{label}</div><a href="{url}">{title}</a><p>{blurb}</p></div>'
    inserts = scattered(
        page,
        len(story.blocks),
        [lambda: teaser(page, shape), lambda: f'<div class="u-box">{page.pick("blurb")}</div>'],
        2,
    )
    tags = "، ".join(f'<a href="/about/{n}">{escape(tag)}</a>' for n, tag in enumerate(story.tags))
    about = f'<div class="u-about">{page.out("في هذا التقرير عن")}: {tags}</div>' if tags else ""
    sub = f'<div class="u-dek">{escape(story.subtitle)}</div>' if story.subtitle else ""
    main = (
        f'<div class="u-hd"><div class="u-kick">{page.out(story.section.label)}</div><div class="u-ttl">{escape(story.headline)}</div>{sub}<div class="u-by">{line}</div><div class="u-meta"><span>{page.date()}</span>{source}</div></div><div class="u-img"><img src="{page.image()}"><div>{page.out(story.caption)}</div></div>'
        f'<div class="u-txt">{woven(text_html(story.blocks, p="<div class=u-p>{}</div>"), inserts)}</div>{about}<div class="u-sh">{page.label("share")}</div><div class="u-next"><div>{page.label("related")}</div>{rows(page, 3, "<a class=u-card href={url}><div>{title}</div></a>")}</div>'
    )
    return _frame(page, titles(page), main)


def listing(page: Page) -> str:
    cards_html = cards(
        page,
        '<a class="u-card" href="{url}"><div class="u-card-i"><img src="{image}"></div><div class="u-card-k">{section}</div><div class="u-card-t">{title}</div><div class="u-card-d">{date}</div></a>',
    )
    lists = f'<div class="u-lead">{cards_html[0]}</div><div class="u-two">{"".join(cards_html[1:3])}</div><div class="u-rest">{"".join(cards_html[3:])}</div>'
    return _frame(
        page,
        f"<title>{escape(page.outlet.title)}</title>",
        f'{lists}<div class="u-pg">{pager(page, "<a href={url}>{n}</a>")}</div>',
    )


BUILD = Build(
    "kicker_story", article, listing, address("/{d}/{n}"), section_address=section_address("/in/{s}", "/page/{n}"),
    dates=("gulf", "bracketed", "maghreb-clock"), zones=("Africa/Casablanca", "Asia/Beirut"),
    habits=Habits(bylines=0.7, agencies=0.2, subtitles=0.5),
)  # fmt: skip
