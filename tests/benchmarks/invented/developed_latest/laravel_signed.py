"""Laravel: the writer signs below the text, hashtags stand in a line, the section is a badge on the picture."""

from html import escape

from tests.benchmarks.invented.developed_later.furniture import rows, scattered, teaser
from tests.benchmarks.invented.developed_latest.frame import address, cards, menu, section_address, titles
from tests.benchmarks.invented.pages import Page, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, head: str, main: str) -> str:
    lines = menu(page, '<a class="px-3 py-2" href="{url}">{label}</a>')
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head>{head}<meta name="csrf-token" content="x{page.random.randint(1, 9999)}"></head><body class="antialiased"><div class="border-b"><div class="flex justify-between">{lines}</div></div><div class="max-w-4xl mx-auto">{main}</div>'
        f'<div class="bg-gray-100"><div class="grid">{rows(page, 4, "<div class=rounded><a href={url}>{title}</a></div>")}</div><div class="text-xs">{page.label("footer")}</div></div></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    signed = "".join(
        f'<div class="text-left font-bold"><div>{page.out(name)}</div><div class="text-xs">{page.out(page.random.choice(("كاتب وصحفي", "مراسلة", "باحثة")))}</div></div>'
        for name in story.authors
    )
    source = f'<div class="text-left italic">{page.out("عن")} {page.out(story.agency)}</div>' if story.agency else ""
    shape = '<div class="border-r-4 pr-2"><div class="text-sm">{label}</div><a href="{url}">{title}</a></div>'
    inserts = scattered(page, len(story.blocks), [lambda: teaser(page, shape)], 1)
    tags = " ".join(f'<a href="/hashtag/{n}">#{escape(tag.replace(" ", "_"))}</a>' for n, tag in enumerate(story.tags))
    sub = f'<h2 class="text-xl">{escape(story.subtitle)}</h2>' if story.subtitle else ""
    main = (
        f'<div class="relative"><img src="{page.image()}"><span class="absolute top-2">{page.out(story.section.label)}</span></div><h1 class="text-3xl">{escape(story.headline)}</h1>{sub}<div class="flex text-xs"><span>{page.date()}</span><span>{page.pick("min_read")}</span></div>'
        f'<div class="prose">{woven(text_html(story.blocks), inserts)}{signed}{source}</div><p class="text-blue-600">{tags}</p><div class="flex gap-2"><button>{page.label("share")}</button></div>'
    )
    return _frame(page, titles(page, " – "), main)


def listing(page: Page) -> str:
    cards_html = cards(
        page,
        '<div class="flex gap-4 py-4"><div class="w-1/3"><a href="{url}"><img src="{image}"></a></div><div class="w-2/3"><span class="text-xs">{section}</span><a class="block font-bold" href="{url}">{title}</a><p>{lead}</p></div></div>',
    )
    wide = cards(
        page, '<div class="rounded shadow"><a href="{url}"><img src="{image}"><div class="p-2">{title}</div></a></div>'
    )
    more = (
        f'<a class="btn" href="{page.outlet.section_url(page.section, page.number + 1)}">{page.label("next")}</a>'
        if page.section
        else ""
    )
    return _frame(
        page,
        f"<title>{escape(page.outlet.title)}</title>",
        f'<div class="grid grid-cols-2">{"".join(wide[:4])}</div><div class="divide-y">{"".join(cards_html[4:])}</div>{more}',
    )


BUILD = Build(
    "laravel_signed", article, listing, address("/posts/{n}"), section_address=section_address("/categories/{s}", "?page={n}"),
    dates=("ago-days", "levant", "maghreb-dash"), zones=("Africa/Algiers", "Asia/Beirut"),
    habits=Habits(bylines=0.5, agencies=0.3, subtitles=0.3, datelines=0.1),
)  # fmt: skip
