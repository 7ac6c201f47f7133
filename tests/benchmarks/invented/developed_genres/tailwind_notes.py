"""A magazine in Tailwind: long explainers with contents, pull quotes and footnotes, translations, corrections, a paywall."""

from html import escape

from tests.benchmarks.invented.developed_desks.fittings import names
from tests.benchmarks.invented.developed_genres.fittings import filled, more_link, read_also, story_text, summary
from tests.benchmarks.invented.developed_genres.genres import corrected, explained, translated
from tests.benchmarks.invented.developed_portals.parts import address, cards, menu, rows, section_address, share
from tests.benchmarks.invented.developed_regions.fittings import about, between, boxes, head, here
from tests.benchmarks.invented.pages import Page, Shows, text_html
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits

P = '<p class="mb-6 text-lg leading-8 text-gray-900">{}</p>'
H = '<h2 class="mt-10 mb-4 text-2xl font-bold" id="x">{}</h2>'


def _frame(page: Page, top: str, main: str) -> str:
    lines = menu(page, '<a class="px-3 py-2 hover:text-rose-600" href="{url}">{label}</a>')
    return (
        f'<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{top}</head><body class="bg-white antialiased"><div class="fixed bottom-0 z-50 w-full bg-black p-4 text-white"><p>{page.label("cookies")}</p></div><header class="sticky top-0 border-b"><a class="text-3xl font-black" href="/">{escape(page.outlet.title)}</a><nav class="flex gap-2">{lines}</nav></header>{main}'
        f'<footer class="mt-20 bg-gray-100 p-10"><div class="grid grid-cols-2">{about(page, "<a class=text-sm>{text}</a>")}</div><p class="text-xs">{page.label("footer")}</p></footer></body></html>'
    )


def _long(page: Page, pieces: list) -> str:  # type: ignore[type-arg]
    first, entries, notes = explained(page)
    contents = "".join(f'<li class="py-1"><a class="underline" href="#s{n}">{escape(each.head)}</a></li>' for n, each in enumerate(entries))  # fmt: skip
    toc = f'<div class="my-8 rounded-lg bg-gray-50 p-6"><p class="mb-2 font-bold">{page.label("contents")}</p><ol class="list-decimal">{contents}</ol></div>'
    parts = [*filled(P, first), toc]
    for n, each in enumerate(entries):
        parts.append(f'<h2 class="mt-10 mb-4 text-2xl font-bold" id="s{n}">{escape(each.head)}</h2>')
        texts = filled(P, each.lines)
        parts += [text.replace(" [", '<sup class="text-xs text-rose-600"> [').replace("]</p>", "]</sup></p>") for text in texts]  # fmt: skip
        if page.chance(0.4):  # a sentence of the chapter again, in large letters
            sentence = each.lines[-1].split(". ")[0]
            parts.append(f'<figure class="my-12 border-y-4 py-6 text-center text-3xl font-black"><p>«{escape(sentence)}»</p></figure>')  # fmt: skip
    foot = "".join(f'<p class="mb-2 text-sm" id="fn{n}">{n}. {escape(note)} <a href="#r{n}">↩</a></p>' for n, note in enumerate(notes, 1))  # fmt: skip
    return between(page, parts, pieces, 3) + f'<div class="mt-12 border-t pt-4"><h4 class="text-sm font-bold">{page.out("الهوامش")}</h4>{foot}</div>'  # fmt: skip


def article(page: Page) -> str:
    choice = page.random.random()
    pieces = [
        lambda: read_also(page, '<div class="my-8 border-r-4 border-rose-600 pr-4"><span class="text-sm font-bold text-rose-600">{label}</span>{items}</div>', '<a class="block py-1 text-lg font-semibold" href="{url}">{title}</a>', 1),
        lambda: f'<div class="my-10 flex h-64 items-center justify-center bg-gray-100 text-xs text-gray-400">{page.label("ad")}</div>',
        lambda: f'<div class="my-10 rounded-2xl bg-rose-50 p-8"><p class="text-xl font-bold">{page.pick("newsletter")}</p><button class="rounded bg-rose-600">{page.label("subscribe")}</button></div>',
        lambda: f'<div class="my-10 rounded-2xl border p-8 text-center"><p class="text-lg">{page.pick("wall")}</p></div>',
    ]  # fmt: skip
    by, lead, end = "", "", ""
    if choice < 0.35:
        body = _long(page, pieces)
        lead = summary(page, "summary", '<div class="mb-8 rounded-lg border p-6"><h3 class="text-lg font-bold">{label}</h3><ul class="list-disc">{items}</ul></div>', '<li class="py-1">{text}</li>') if page.chance(0.5) else ""  # fmt: skip
    else:
        if choice < 0.55:
            by = f'<span class="text-sm text-gray-500">{page.out("نقله إلى العربية")} <a class="underline" href="/t/1">{translated(page)}</a></span>'
        if choice > 0.8:
            note = corrected(page)
            parts = text_html(page.the.blocks[:-1], p=P, h=H, quote='<blockquote class="border-r-2 pr-6 italic">{}</blockquote>')  # fmt: skip
            body = between(page, parts, pieces, 2)
            end = f'<div class="mt-10 border-t pt-4 text-sm italic text-gray-600">{escape(note)}</div>'
        else:
            body = story_text(page, pieces, 2, p=P, h=H, quote='<blockquote class="border-r-2 pr-6 italic">{}</blockquote>')  # fmt: skip
    story = page.the
    who = names(page, '<a class="font-semibold underline" href="/author/{n}">{text}</a>', " ") if story.authors else ""
    card = ""
    if story.authors and not by:
        card = f'<div class="mt-12 flex gap-4 rounded-xl bg-gray-50 p-6"><img class="h-16 w-16 rounded-full" src="/a.jpg"><div><p class="font-bold">{names(page, "{text}", " و")}</p><p class="text-sm text-gray-600">{page.pick("bio")}</p></div></div>'
    sub = f'<p class="mt-4 text-xl text-gray-600">{escape(story.subtitle)}</p>' if story.subtitle else ""
    tags = "".join(f'<span class="rounded-full bg-gray-100 px-4 py-1 text-sm">{escape(each)}</span>' for each in story.tags)  # fmt: skip
    chips = f'<div class="mt-8 flex flex-wrap gap-2">{tags}</div>' if tags else ""
    cells = rows(page, 3, '<a class="group block" href="{url}"><img class="rounded-lg" src="{image}"><h3 class="mt-2 text-lg font-bold group-hover:underline">{title}</h3></a>')  # fmt: skip
    main = f'<main class="mx-auto max-w-3xl px-4"><a class="text-sm font-bold text-rose-600" href="{here(page)}">{escape(story.section.label)}</a><h1 class="mt-2 text-5xl font-black">{escape(story.headline)}</h1>{sub}<div class="mt-6 flex items-center gap-3 text-sm">{who}{by}<span class="text-gray-500">{page.date()}</span><span class="text-gray-500">{page.pick("minutes")}</span></div><div class="mt-4 flex gap-2 text-xs">{share(page, "<button class=rounded>{text}</button>")}</div><figure class="my-8"><img class="w-full" src="{page.image()}"><figcaption class="text-sm text-gray-500">{page.out(story.caption)}</figcaption></figure>{lead}<div class="mt-8">{body}{end}</div>{chips}{card}<section class="mt-16"><h2 class="mb-6 text-2xl font-bold">{page.label("related")}</h2><div class="grid grid-cols-3 gap-6">{cells}</div></section></main>'
    author = f'<meta name="author" content="{escape("، ".join(story.authors))}">' if story.authors else ""
    meta = f'<meta property="og:title" content="{escape(story.headline)}"><meta property="og:image" content="{page.image()}"><meta property="article:published_time" content="{story.when.isoformat()}">{author}'
    return _frame(page, head(page, meta), main)


def listing(page: Page) -> str:
    items = cards(page, '<a class="group block" href="{url}"><img class="rounded-lg" src="{image}"><span class="text-xs font-bold text-rose-600">{section}</span><h2 class="mt-2 text-xl font-bold group-hover:underline">{title}</h2><p class="text-gray-600">{lead}</p><span class="text-xs">{writer}</span></a>')  # fmt: skip
    more = more_link(page, '<a class="mx-auto rounded-full border px-8 py-3" href="{url}">{label}</a>')
    others = boxes(page, '<section class="mt-16"><a class="text-2xl font-bold" href="{url}">{label}</a><div class="grid grid-cols-3 gap-6">{items}</div></section>', '<a class="group block" href="{url}"><h3 class="mt-2 text-lg font-bold group-hover:underline">{title}</h3></a>') if page.section else ""  # fmt: skip
    box = f'<div class="my-10 rounded-2xl bg-rose-50 p-8"><p class="text-xl font-bold">{page.label("newsletter")}</p></div>'
    return _frame(page, head(page), f'<main class="mx-auto max-w-6xl px-4"><div class="grid grid-cols-3 gap-8">{"".join(items)}</div>{more}{box}{others}</main>')  # fmt: skip


BUILD = Build(
    "tailwind_notes", article, listing, address("/{n}-{s}"), section_address=section_address("/category/{s}", "/{n}"),
    dates=("levant", "weekday-plain", "gulf"), zones=("Asia/Beirut", "Africa/Cairo"),
    shows=Shows(moment="machine", agency=False),
    habits=Habits(bylines=0.8, agencies=0.0, subtitles=0.6, datelines=0.05, tags=0.6, extras=0.6, shortest=4),
)  # fmt: skip
