"""A Vue site in utility classes: no name means anything, side texts are longer than the article, headings are div."""

from html import escape
from urllib.parse import quote

from tests.benchmarks.invented.developed_more import heads
from tests.benchmarks.invented.pages import Outlet, Page, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story


def address(outlet: Outlet, story: Story) -> str:
    return f"/{story.section.slug}/{quote('-'.join(story.headline.split()[:6]))}_{story.number}"


def section_address(section: Section, page: int) -> str:
    return f"/{section.slug}" + (f"/all/{page}" if page > 1 else "")


def _frame(page: Page, head: str, main: str) -> str:
    outlet = page.outlet
    menu = "".join(
        f'<a class="px-3 py-2 text-sm" href="{outlet.section_url(each)}">{page.out(each.label)}</a>'
        for each in outlet.sections
    )
    side = "".join(
        f'<div class="flex flex-col gap-2 mb-4"><a class="font-bold" href="{url}">{title}</a><p class="text-gray-600 leading-7">{page.out(" ".join((page.writer.say("blurb"), page.writer.say("blurb"))))}</p></div>'
        for url, title in page.others(6)
    )
    foot = "".join(f'<div class="text-xs">{each}</div>' for each in page.several("footer", 5))
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{head}</head><body class="antialiased bg-white"><div id="app" data-server-rendered="true"><div class="flex justify-between bg-black text-white">'
        f'<div class="text-2xl">{escape(outlet.title)}</div><div class="flex">{menu}</div><div class="text-xs">{page.today()}</div></div><div class="grid grid-cols-12 gap-6"><div class="col-span-7">{main}</div>'
        f'<div class="col-span-5 p-4"><div class="text-xl">{page.label("most")}</div>{side}<div class="rounded bg-gray-100">{page.label("newsletter")}<button class="btn">{page.label("send")}</button></div></div></div>'
        f'<div class="bg-gray-900 flex">{foot}</div><div class="fixed bottom-0">{page.label("cookie")}<button>{page.label("accept")}</button></div></div></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    parts = text_html(
        story.blocks, p='<div class="mb-4 leading-8">{}</div>', h='<div class="text-lg font-bold mb-2">{}</div>', quote='<div class="border-r-4 pr-4 mb-4">{}</div>',
        item='<div class="flex"><span>{}</span></div>', items='<div class="mb-4">{}</div>',
        cell='<div class="w-1/3">{}</div>', row='<div class="flex">{}</div>', table='<div class="mb-4">{}</div>',
    )  # fmt: skip
    url, title = page.others(1)[0]
    inserts = {
        1: f'<div class="mb-4 leading-8 bg-yellow-50"><span>{page.pick("also")}</span> <a class="underline" href="{url}">{title}</a></div>',
        4: f'<div class="mb-4 text-center text-xs">{page.label("ad")}</div>',
    }
    if page.chance(0.4):
        inserts[2] = f'<div class="mb-4 rounded p-4"><p>{page.pick("blurb")}</p></div>'
    by = "".join(f'<a class="text-blue-700" href="/u/{n}">{page.out(name)}</a>' for n, name in enumerate(story.authors))
    source = f'<span class="text-gray-500">{page.out(story.agency)}</span>' if story.agency else ""
    tags = "".join(f'<a class="rounded-full px-2" href="/tag/{quote(tag)}">{escape(tag)}</a>' for tag in story.tags)
    replies = "".join(
        f'<div class="flex gap-2"><div class="w-8 rounded-full"></div><div><div class="text-xs">زائر {n}</div><p>{text}</p></div></div>'
        for n, text in enumerate(page.several("comment", 3))
    )
    sub = f'<div class="text-xl text-gray-700">{escape(story.subtitle)}</div>' if story.subtitle else ""
    related = "".join(f'<a class="block mb-2" href="{link}">{name}</a>' for link, name in page.others(4))
    main = (
        f'<div class="text-sm text-red-700"><a href="{page.outlet.section_url(story.section)}">{page.out(story.section.label)}</a></div><div class="text-4xl font-extrabold">{escape(story.headline)}</div>{sub}'
        f'<div class="flex gap-3 text-sm"><div>{by}{source}</div><div>{page.date()}</div><div>{page.pick("min_read")}</div></div><div class="relative"><img class="w-full" src="{page.image()}">'
        f'<div class="absolute bottom-0 text-xs">{page.out(story.caption)}</div></div><div class="flex gap-2"><span>{page.label("share")}</span><span>X</span></div>'
        f'<div class="mt-6">{woven(parts, inserts)}</div><div class="flex gap-1"><div>{page.label("tags")}</div>{tags}</div>'
        f'<div class="mt-6"><div class="text-lg font-bold mb-2">{page.label("related")}</div>{related}</div><div class="mt-6"><div>{page.label("comments")}</div>{replies}<p>{page.label("write_comment")}</p></div>'
    )
    return _frame(page, heads.truncated(page), main)


def listing(page: Page) -> str:
    cards = "".join(
        f'<div class="flex gap-4 mb-6"><a class="w-1/3" href="{page.outlet.url(each)}"><img src="{page.image(each)}"></a><div class="w-2/3"><a class="text-xl font-bold" href="{page.outlet.url(each)}">{escape(each.headline)}</a>'
        f'<div class="text-xs">{page.date(each)}</div></div></div>'
        for each in page.shown
    )
    more = (
        f'<a class="btn block" href="{page.outlet.section_url(page.section, page.number + 1)}">{page.label("next")}</a>'
        if page.section
        else ""
    )
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", f"{cards}{more}")


BUILD = Build(
    "vue_magazine", article, listing, address, section_address=section_address,
    dates=("ago-days", "gulf", "weekday-clock"), zones=("Asia/Dubai", "Asia/Baghdad"),
    habits=Habits(longest=9, recent=True, extras=0.7, agencies=0.3),
)  # fmt: skip
