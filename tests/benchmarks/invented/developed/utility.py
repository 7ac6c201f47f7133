"""A Svelte feed in utility classes: further items in full below in the same boxes, side texts longer than the article."""

from html import escape

from tests.benchmarks.invented.developed import heads
from tests.benchmarks.invented.pages import Outlet, Page, Shows, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story


def address(outlet: Outlet, story: Story) -> str:
    return f"/p/{story.number * 7919:x}"


def section_address(section: Section, page: int) -> str:
    return f"/feed/{section.slug}" + (f"?after={page * 10}" if page > 1 else "")


def _frame(page: Page, head: str, main: str) -> str:
    outlet = page.outlet
    menu = "".join(
        f'<a class="pl2 f6" href="{outlet.section_url(each)}">{page.out(each.label)}</a>' for each in outlet.sections
    )
    side = "".join(
        f'<div class="mb3"><div class="b"><a href="{url}">{title}</a></div><div class="lh-copy">{page.pick("blurb")}</div></div>'
        for url, title in page.others(6)
    )
    return (
        f'<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{head}</head><body><div style="display: contents"><div class="flex bg-navy"><div class="f3">{escape(outlet.title)}</div>{menu}<div class="f7">{page.today()}</div></div>'
        f'<div class="flex"><div class="w-60">{main}</div><div class="w-40"><div class="f4">{page.label("most")}</div>{side}</div></div><div class="pa3 f7">{page.label("footer")}</div></div></body></html>'
    )


def _item(page: Page, story: Story, inserts: dict[int, str], *, own: bool) -> str:
    out = page.out if own else escape
    parts = text_html(
        story.blocks, p='<div class="lh-copy mb3">{}</div>', h='<div class="b mb2">{}</div>', quote='<div class="pr3 mb3">{}</div>',
        item='<div class="mb1">{}</div>', items="<div>{}</div>",
    )  # fmt: skip
    by = "، ".join(story.authors)
    sub = f'<div class="f4 gray">{escape(story.subtitle)}</div>' if story.subtitle else ""
    line = "".join(f'<span class="pl2">{out(each)}</span>' for each in (by, story.agency or "") if each)
    tags = (
        "".join(f'<a class="br3 pa1" href="/k/{n}">{escape(tag)}</a>' for n, tag in enumerate(story.tags))
        if own
        else ""
    )
    date = page.date() if own else page.date(story)
    return (
        f'<div class="pa3 ba"><div class="f6 red"><a href="{page.outlet.section_url(story.section)}">{out(story.section.label)}</a></div><div class="f2 b">{escape(story.headline)}</div>{sub}'
        f'<div class="f6 gray">{line}<span class="pl2">{date}</span></div><div class="pb2"><img src="{page.image(story)}"><div class="f7">{out(story.caption)}</div></div><div>{woven(parts, inserts)}</div><div class="flex">{tags}</div></div>'
    )


def article(page: Page) -> str:
    url, title = page.others(1)[0]
    inserts = {
        1: f'<div class="lh-copy mb3 bg-light"><span>{page.pick("also")}</span> <a href="{url}">{title}</a></div>',
        3: f'<div class="mb3 f7">{page.label("ad")}</div>',
    }
    replies = "".join(
        f'<div class="flex"><div class="f7">ضيف</div><div class="lh-copy">{text}</div></div>'
        for text in page.several("comment", 3)
    )
    below = "".join(_item(page, page.another(), {}, own=False) for _ in range(page.random.choice((0, 1, 1))))
    main = (
        f'{_item(page, page.the, inserts, own=True)}<div class="flex"><span>{page.label("share")}</span></div><div class="f4">{page.label("comments")}</div>{replies}'
        f'<div class="f4">{page.label("related")}</div>{below}'
    )
    return _frame(page, heads.bare(page), main)


def listing(page: Page) -> str:
    items = "".join(
        f'<div class="pa3 ba"><div class="f2 b"><a href="{page.outlet.url(each)}">{escape(each.headline)}</a></div><div class="f6 gray">{page.date(each)}</div><div class="lh-copy mb3">{escape(each.paragraphs[0])}</div></div>'
        for each in page.shown
    )
    more = (
        f'<a class="db tc" href="{page.outlet.section_url(page.section, page.number + 1)}">{page.label("next")}</a>'
        if page.section
        else ""
    )
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", items + more)


BUILD = Build(
    "utility", article, listing, address, section_address=section_address,
    dates=("levant", "gulf", "ago-days"), zones=("Asia/Beirut", "Asia/Baghdad"),
    shows=Shows(), habits=Habits(longest=8, recent=True, agencies=0.3),
)  # fmt: skip
