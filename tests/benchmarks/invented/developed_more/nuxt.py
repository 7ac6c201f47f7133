"""A Nuxt magazine: the text in several boxes with advertisements, pictures and their captions between them."""

from html import escape

from tests.benchmarks.invented.developed_more import heads
from tests.benchmarks.invented.pages import Outlet, Page, Shows, text_html
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story

_V = 'data-v-5f1c2a9e=""'


def address(outlet: Outlet, story: Story) -> str:
    return f"/{story.when:%Y/%m}/{story.number:x}-{story.section.slug}"


def section_address(section: Section, page: int) -> str:
    return f"/s/{section.slug}" + (f"/p{page}" if page > 1 else "")


def _frame(page: Page, head: str, main: str) -> str:
    outlet = page.outlet
    menu = "".join(
        f'<li {_V}><a href="{outlet.section_url(each)}" class="nuxt-link">{page.out(each.label)}</a></li>'
        for each in outlet.sections
    )
    stream = "".join(
        f'<li {_V}><span>{page.today()[-5:]}</span><a href="{url}">{title}</a></li>' for url, title in page.others(6)
    )
    foot = " · ".join(page.several("footer", 5))
    return (
        f'<!doctype html><html data-n-head-ssr lang="ar" dir="rtl"><head>{head}<meta charset="utf-8"></head><body><div id="__nuxt"><div id="__layout"><div {_V} class="v-app">'
        f'<div {_V} class="v-drawer"><ul>{menu}</ul><p>{page.label("follow")}</p></div><h1 {_V} class="logo">{page.out(outlet.title)}</h1>{main}'
        f'<div {_V} class="stream"><div {_V}>{page.label("latest")}</div><ul>{stream}</ul></div><div {_V} class="v-foot">{foot}</div></div></div></div>'
        '<script>window.__NUXT__=(function(a,b){return {layout:a,state:{b:b}}}("default",null));</script></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    parts = text_html(
        story.blocks, p='<div class="v-p">{}</div>', h='<div class="v-sub"><b>{}</b></div>', quote='<div class="v-q">❝{}❞</div>',
        item='<div class="v-dot">{}</div>', items='<div class="v-dots">{}</div>',
    )  # fmt: skip
    boxes = []
    size = page.random.choice((2, 3))
    for start in range(0, len(parts), size):
        boxes.append(f'<div {_V} class="piece">{"".join(parts[start : start + size])}</div>')
        between = page.random.choice(("ad", "picture", "teaser", "blurb"))
        if between == "ad":
            boxes.append(f'<div {_V} class="promo"><span>{page.label("ad")}</span></div>')
        elif between == "picture":
            boxes.append(
                f'<div {_V} class="shot"><img src="{page.image()}?{start}"><div>{page.pick("caption")}</div><div>{page.pick("credit")}</div></div>'
            )
        elif between == "teaser":
            url, title = page.others(1)[0]
            boxes.append(
                f'<div {_V} class="piece jump"><a href="{url}"><div>{page.pick("also")}</div><div>{title}</div></a></div>'
            )
        else:
            boxes.append(f'<div {_V} class="house"><div class="v-p">{page.pick("blurb")}</div></div>')
    by = "".join(
        f'<div {_V} class="pen"><img src="/f{n}.jpg"><div>{page.out(name)}</div><div>{page.pick("about_author")}</div></div>'
        for n, name in enumerate(story.authors)
    )
    tags = "".join(f'<a href="/k/{n}" class="chip">{escape(tag)}</a>' for n, tag in enumerate(story.tags))
    source = f'<div {_V} class="origin">{page.out(story.agency)}</div>' if story.agency else ""
    related = "".join(
        f'<div {_V} class="tile"><a href="{url}">{title}</a><p>{page.pick("blurb")}</p></div>'
        for url, title in page.others(3)
    )
    sub = f"<h3 {_V}>{escape(story.subtitle)}</h3>" if story.subtitle else ""
    main = (
        f'<div {_V} class="sheet"><div {_V} class="top"><a href="{page.outlet.section_url(story.section)}" class="chip">{page.out(story.section.label)}</a><h2 {_V}>{escape(story.headline)}</h2>{sub}'
        f'<div {_V} class="line">{source}<span {_V}>{page.date()}</span><span {_V}>{page.pick("min_read")}</span></div></div>{by}'
        f'<div {_V} class="shot"><img src="{page.image()}"><div>{page.out(story.caption)}</div></div>{"".join(boxes)}'
        f'<div {_V} class="chips">{page.label("tags")} {tags}</div><div {_V} class="mail"><div>{page.label("newsletter")}</div><button>{page.label("send")}</button></div>'
        f'<div {_V} class="tiles"><div>{page.label("related")}</div>{related}</div></div>'
    )
    return _frame(page, heads.array_of_things(page), main)


def listing(page: Page) -> str:
    tiles = "".join(
        f'<div {_V} class="tile"><a href="{page.outlet.url(each)}"><img src="{page.image(each)}"><h4>{escape(each.headline)}</h4></a><p>{escape(each.paragraphs[0])}</p></div>'
        for each in page.shown
    )
    pager = ""
    if page.section:
        pager = "".join(
            f'<a class="dot" href="{page.outlet.section_url(page.section, n)}">{n}</a>'
            for n in range(1, page.pages + 1)
        )
    return _frame(
        page,
        f"<title>{escape(page.outlet.title)}</title>",
        f'<div {_V} class="sheet"><div class="tiles">{tiles}</div><div class="dots">{pager}</div></div>',
    )


BUILD = Build(
    "nuxt", article, listing, address, section_address=section_address,
    dates=("morocco", "weekday-clock", "month-first"), zones=("Africa/Casablanca",),
    shows=Shows(moment="machine"), habits=Habits(longest=20, extras=0.7, bylines=0.8),
)  # fmt: skip
