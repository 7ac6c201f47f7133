"""Utility classes and nothing else, drawers and tabs of Alpine.js, the text in two columns that a promotion parts."""

from html import escape

from tests.benchmarks.invented.held_out import heads
from tests.benchmarks.invented.held_out.furniture import (
    fixed,
    menu,
    now,
    optional,
    pager,
    people,
    rows,
    scattered,
    tags,
    varied,
)
from tests.benchmarks.invented.pages import Outlet, Page, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story

_CARD = '<a href="{url}" class="flex gap-3 py-2 border-b last:border-0"><img src="{image}" class="w-20 h-14 rounded object-cover" alt=""><span class="text-sm font-semibold leading-6 line-clamp-2">{title}</span></a>'


def address(outlet: Outlet, story: Story) -> str:
    return f"/story/{story.number}-{story.section.slug}"


def section_address(section: Section, page: int) -> str:
    return f"/topic/{section.slug}" + (f"?page={page}" if page > 1 else "")


def _frame(page: Page, head: str, main: str) -> str:
    name = page.out(page.outlet.title)
    tabs = "".join(
        f'<button class="px-3 py-1 text-sm" x-on:click="tab={n}">{fixed(page, label)}</button><div x-show="tab=={n}" class="mt-2">{rows(page, 3, _CARD)}</div>'
        for n, label in enumerate(("حديث الناس", "الأحدث نزولاً"))
    )
    foot = "".join(f'<a class="hover:underline" href="/i/{n}">{fixed(page, each)}</a>' for n, each in enumerate(("قصتنا", "راسل المحرر", "خريطة الأبواب")))  # fmt: skip
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{head}</head><body class="bg-stone-50 text-stone-900 antialiased" x-data="{{ open: false }}"><div class="bg-stone-900 text-stone-100 text-xs"><div class="container mx-auto flex justify-between px-4 py-1"><span>{now(page, "weekday-clock")}</span><span>{varied(page, "الدولار {#3-90}.{#10-99} | الذهب {#60-99}", "رطوبة {#20-80}% والعظمى {#18-43}")}</span></div></div>'
        f"""<div class="container mx-auto px-4"><div class="flex items-center justify-between py-4"><a href="/" class="text-3xl font-black">{name}</a><div class="hidden md:flex gap-4">{menu(page, "<a class='font-medium hover:text-red-700' href='{url}'>{label}</a>")}</div></div>"""
        f'<div class="grid grid-cols-12 gap-8"><div class="col-span-12 lg:col-span-8">{main}</div><div class="col-span-12 lg:col-span-4" x-data="{{ tab: 0 }}">{tabs}<div class="mt-6 rounded-xl bg-amber-100 p-4"><p class="font-bold">{fixed(page, "رسالة الجمعة: خمس قصص وفنجان قهوة")}</p><div class="flex mt-2"><input class="flex-1" type="email"><button class="bg-stone-900 text-white px-3">{fixed(page, "وصّلوها لي")}</button></div></div></div></div></div>'
        f'<div class="mt-12 bg-stone-200 py-6"><div class="container mx-auto px-4 flex gap-6 text-sm">{foot}<span>{name} — {fixed(page, "عمارة النخيل، الطابق الثالث، هاتف 4477120")}</span></div></div></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    parts = text_html(
        story.blocks,
        p='<p class="mb-5 leading-9 text-lg">{}</p>',
        h='<p class="mb-3 mt-8 text-2xl font-bold">{}</p>',
        quote='<div class="my-6 border-r-4 border-red-700 pr-4 italic">{}</div>',
        item='<div class="flex gap-2 mb-2"><span>▪</span><span>{}</span></div>',
        items='<div class="my-4">{}</div>',
        cell='<span class="border px-2">{}</span>',
        row='<div class="grid grid-cols-3">{}</div>',
        table='<div class="my-4 text-sm">{}</div>',
    )
    pieces = [
        lambda: f'<div class="my-6 rounded-lg bg-white shadow p-4"><p class="text-xs text-red-700 mb-1">{varied(page, "يكمّل هذه القصة", "صلة", "ملف قديم")}</p>{rows(page, page.random.choice((1, 2)), _CARD)}</div>',
        lambda: f'<div class="my-6 text-center text-xs text-stone-400">{fixed(page, "▼ فاصل إعلاني ▼", "— إعلان —")}</div>',
        lambda: f'<div class="my-6 rounded-lg bg-green-700 text-white p-3 text-center">{varied(page, "انضم إلى قناتنا على واتساب ولا تنتظر النشرة", "أول بأول على تلغرام")}</div>',
        lambda: f'<figure class="my-6"><img src="/m/{story.number}b.jpg" alt=""><figcaption class="text-xs text-stone-500">{varied(page, "{caption}")} {varied(page, "عدسة: {man}", "خاص")}</figcaption></figure>',
    ]  # fmt: skip
    inserts = scattered(page, len(parts), pieces, 3)
    half = len(parts) // 2
    body = (
        f'<div class="max-w-prose mx-auto">{woven(parts[:half], {k: v for k, v in inserts.items() if k <= half})}</div>'
        f'<div class="-mx-4 my-8 bg-stone-100 p-4" x-intersect="load()"><p class="text-center text-sm">{fixed(page, "اشتراكك السنوي يساوي ثمن وجبة، ويبقينا مستقلين")}</p></div><div class="max-w-prose mx-auto">{woven(parts[half:], {k - half: v for k, v in inserts.items() if k > half})}</div>'
    )
    names = people(page, '<span class="font-semibold">{name}</span>', '<span class="mx-1">،</span>')
    by = f'<div class="flex items-center gap-2 text-sm"><span class="text-stone-500">{fixed(page, "تحقيق:", "كتابة:", "تقرير")}</span>{names}</div>' if names else ""  # fmt: skip
    main = (
        f'''<div class="text-sm mb-2"><a class="text-red-700 font-bold" href="{page.outlet.section_url(story.section)}">{page.out(story.section.label)}</a></div><h1 class="text-4xl font-black leading-snug mb-3">{escape(story.headline)}</h1>{optional("<p class='text-xl text-stone-600 mb-4'>{}</p>", story.subtitle)}'''
        f"""<div class="flex flex-wrap justify-between border-y py-3 mb-6">{by}{optional("<span class='text-sm text-stone-500'>{}</span>", story.agency, page)}<div class="text-sm text-stone-500">{page.date() if story.dated else ""}</div><div class="flex gap-2"><button class="rounded-full border px-3 text-xs" x-on:click="copy()">{fixed(page, "انسخ العنوان")}</button><button class="rounded-full border px-3 text-xs">{fixed(page, "أهدِ المقال")}</button></div></div>"""
        f'''<img class="w-full rounded-xl" src="{page.image()}" alt=""><div class="text-xs text-stone-500 mt-1 mb-6">{page.out(story.caption)}</div>{body}<div class="flex flex-wrap gap-2 mt-8">{tags(page, "<a class='rounded bg-stone-200 px-2 py-1 text-xs' href='/label/{n}'>#{tag}</a>")}</div>'''
        f'<div class="mt-10 grid grid-cols-2 gap-4">{rows(page, 4, _CARD)}</div>'
    )
    return _frame(page, heads.others_listed(page), main)


def listing(page: Page) -> str:
    cards = "".join(
        f'<div class="rounded-xl bg-white shadow overflow-hidden"><a href="{page.outlet.url(each)}" class="block"><img class="h-44 w-full object-cover" src="{page.image(each)}" alt=""></a><div class="p-4"><a class="text-xs text-red-700" href="{page.outlet.section_url(each.section)}">{escape(each.section.label)}</a><a href="{page.outlet.url(each)}" class="block text-lg font-bold leading-8">{escape(each.headline)}</a><div class="text-xs text-stone-500">{page.date(each)}</div></div></div>'
        for each in page.shown
    )
    links = pager(page, '<a class="rounded border px-3 py-1" href="{url}">{n}</a>')
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", f'<div class="grid grid-cols-2 gap-6">{cards}</div><div class="flex gap-2 mt-6">{links}</div>')  # fmt: skip


BUILD = Build(
    "tailwind_alpine", article, listing, address, section_address=section_address,
    dates=("gulf", "levant-gulf", "ago-days"), zones=("Africa/Cairo", "Asia/Kuwait"),
    habits=Habits(extras=0.7, longest=15, undated=0.1, recent=True, agencies=0.25),
)  # fmt: skip
