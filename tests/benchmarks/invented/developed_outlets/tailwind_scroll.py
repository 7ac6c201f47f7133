"""Laravel with utility classes only: the next articles follow in the same markup; city, writer and age of the story in one line."""

from collections.abc import Callable
from html import escape

from tests.benchmarks.invented.developed_later.furniture import rows, teaser
from tests.benchmarks.invented.developed_latest.frame import cards, menu, section_address
from tests.benchmarks.invented.developed_outlets.fittings import elsewhere, further, listed, slugged, text
from tests.benchmarks.invented.pages import Page, text_html
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Story

_P = '<p class="mb-5 text-lg leading-8">{}</p>'
_H = '<h3 class="mt-8 mb-3 text-2xl font-bold">{}</h3>'
_QUOTE = '<figure class="my-8 border-s-4 ps-4 text-xl"><blockquote>{}</blockquote></figure>'


def _frame(page: Page, head: str, main: str) -> str:
    lines = menu(page, '<a class="px-3 py-2 text-sm hover:text-red-700" href="{url}">{label}</a>')
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl" class="scroll-smooth"><head><meta charset="utf-8"><meta name="csrf-token" content="t{page.random.randint(1, 10**6)}">{head}<link rel="stylesheet" href="/build/assets/app-4ed993c7.css"></head><body class="font-sans antialiased bg-white"><div class="border-b" x-data="{{ open: false }}"><div class="max-w-7xl mx-auto flex items-center justify-between h-16"><a class="text-2xl font-black" href="/">{page.out(page.outlet.title)}</a><div class="hidden md:flex gap-2">{lines}</div></div></div>{main}'
        f'<div class="bg-gray-900 text-gray-300 py-10"><div class="max-w-7xl mx-auto grid grid-cols-3 gap-6"><div>{page.label("footer")}</div><div>{page.label("follow")}</div><div class="text-xs">{page.label("disclaimer")}</div></div></div></body></html>'
    )


def _piece(page: Page, story: Story, body: str, *, own: bool) -> str:
    """One article in the endless column."""
    place = page.writer.say("place")
    who = " و".join(story.authors) if len(story.authors) < 2 else " - ".join(story.authors)
    line = page.out(" - ".join(filter(None, (place, who, story.agency))))
    date = page.date() if own else page.date(story)
    sub = f'<h2 class="mt-3 text-xl text-gray-600">{escape(story.subtitle) if own else page.out(story.subtitle)}</h2>' if story.subtitle else ""  # fmt: skip
    tags = listed('<a class="text-blue-700" href="/tags/{n}">#{text}</a>', (each.replace(" ", "_") for each in story.tags), " ")  # fmt: skip
    url = escape(page.outlet.section_url(story.section))
    return (
        f'<div class="max-w-3xl mx-auto px-4 pt-8 pb-12" x-intersect="seen({story.number})"><a class="inline-block text-sm font-semibold text-red-700" href="{url}">{page.out(story.section.label)}</a><h1 class="mt-2 text-4xl font-extrabold leading-tight">{escape(story.headline)}</h1>{sub}<div class="mt-4 flex items-center gap-2 text-sm text-gray-500"><span>{line}</span><span>•</span><span>{date}</span><span>•</span><span>{page.pick("min_read")}</span></div>'
        f'<div class="mt-6"><img class="w-full rounded-xl" src="{page.image(story)}"><div class="mt-2 text-xs text-gray-500">{page.out(story.caption)}</div></div><div class="mt-6">{body}</div><p class="mt-6">{tags}</p><div class="mt-4 flex gap-3"><button class="rounded-full border px-4 py-1">{page.label("share")}</button></div></div>'
    )


def article(page: Page) -> str:
    story = page.the
    card = '<div class="my-6 flex gap-3 rounded-lg bg-gray-100 p-3"><img class="w-20" src="/t.webp"><div><div class="text-xs text-gray-500">{label}</div><a class="font-bold" href="{url}">{title}</a></div></div>'
    points = '<div class="my-6 rounded-lg bg-amber-50 p-4"><div class="font-bold">{}</div>{}</div>'
    pieces: list[Callable[[], str]] = [
        lambda: teaser(page, card, '<div class="my-6 text-red-700 font-bold"><a href="{url}">{title}</a></div>'),
        lambda: f'<div class="my-6 text-center text-xs text-gray-400">{page.pick("ad")}</div>',
        lambda: points.format(page.out("أبرز ما في الخبر"), listed('<div class="flex gap-2"><span>◂</span><span>{text}</span></div>', page.several("point", 2))),
        lambda: f'<div class="my-6 border rounded-2xl p-4"><div class="text-sm">{page.pick("post")}</div><a class="text-xs" href="https://social.example/p">{page.out("عرض المنشور")}</a></div>',
    ]  # fmt: skip
    body = text(
        page, pieces, 2, story.blocks, p=_P, h=_H, quote=_QUOTE, items='<ul class="list-disc ps-6 mb-5">{}</ul>'
    )
    main = _piece(page, story, body, own=True)
    main += f'<div class="max-w-7xl mx-auto"><div class="text-2xl font-bold">{page.label("related")}</div><div class="grid grid-cols-4 gap-4">{rows(page, 4, "<a class=block href={url}><div class=font-bold>{title}</div></a>")}</div></div>'
    appended: set[int] = set()
    for _ in range(page.random.choice((0, 1, 2))):
        other = page.another()
        if other.number not in appended:
            main += _piece(page, other, "".join(text_html(other.blocks, p=_P, h=_H, quote=_QUOTE)), own=False)
        appended.add(other.number)
    head = f'<title>{escape(story.headline)} — {escape(page.outlet.title)}</title><meta property="og:title" content="{escape(story.headline)}"><meta property="og:image" content="{page.image()}"><meta property="og:type" content="article">'
    return _frame(page, head, main)


def listing(page: Page) -> str:
    lead = cards(page, '<div class="grid md:grid-cols-2 gap-6"><a href="{url}"><img class="w-full rounded-xl" src="{image}"></a><div><span class="text-sm text-red-700">{section}</span><a class="block text-3xl font-black" href="{url}">{title}</a><p class="mt-3 text-gray-600">{lead}</p></div></div>')[0]  # fmt: skip
    tile = cards(page, '<div class="rounded-xl overflow-hidden shadow"><a href="{url}"><img src="{image}"></a><div class="p-3"><a class="font-bold" href="{url}">{title}</a><div class="mt-2 text-xs text-gray-500">{date}</div></div></div>')  # fmt: skip
    bare = cards(page, '<a class="block py-3 font-semibold" href="{url}">{title}</a>')
    box = '<div class="mt-10"><a class="text-xl font-black" href="{url}">{label}</a><div class="divide-y">{items}</div></div>'
    others = elsewhere(page, box, '<a class="block py-3 font-semibold" href="{url}">{title}</a>', 2)
    more = further(page, '<div class="text-center my-8"><a class="rounded-full border px-6 py-2" href="{url}">{label}</a></div>')  # fmt: skip
    top = f'<div class="bg-gray-50 p-4"><div class="text-lg font-bold">{page.label("most")}</div>{rows(page, 5, "<a class=block href={url}><span>{n}</span><span>{title}</span></a>")}</div>'
    main = f'<div class="max-w-7xl mx-auto py-8">{lead}<div class="mt-8 grid grid-cols-3 gap-6">{"".join(tile[1:7])}</div><div class="divide-y">{"".join(bare[7:])}</div>{more}{top}{others}</div>'
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", main)


BUILD = Build(
    "tailwind_scroll", article, listing, slugged("/{s}/{n}/{t}"), section_address=section_address("/{s}", "?page={n}"),
    dates=("before-hours", "ago-hours", "gulf-clock"), zones=("Asia/Beirut", "Asia/Amman", "Europe/Istanbul"),
    habits=Habits(bylines=0.6, agencies=0.3, subtitles=0.5, datelines=0.0, recent=True, longest=14),
)  # fmt: skip
