"""Next.js with styles in scripts: class names that change with each deployment, each paragraph in a box of its own."""

import json
from hashlib import sha256
from html import escape

from tests.benchmarks.invented.developed_later import heads
from tests.benchmarks.invented.developed_later.furniture import poll, rows, scattered, teaser
from tests.benchmarks.invented.pages import Outlet, Page, Shows, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story


def address(outlet: Outlet, story: Story) -> str:
    return f"/{story.section.slug}/story-{story.number}"


def section_address(section: Section, page: int) -> str:
    return f"/{section.slug}" + (f"?p={page}" if page > 1 else "")


def _css(page: Page, name: str) -> str:
    # Pages stay in the cache over several deployments.
    deployment = page.story.number // 45 if page.story else 0
    return f"css-{sha256(f'{page.outlet.key} {deployment} {name}'.encode()).hexdigest()[:7]}"


def _box(page: Page, name: str, inner: str, tag: str = "div") -> str:
    css = _css(page, name)
    style = f'<style data-emotion="css {css[4:]}">.{css}{{margin:0}}</style>' if page.chance(0.2) else ""
    return f'{style}<{tag} class="{css}">{inner}</{tag}>'


def _frame(page: Page, head: str, main: str, state: str) -> str:
    outlet = page.outlet
    menu = "".join(f'<a href="{outlet.section_url(each)}">{page.out(each.label)}</a>' for each in outlet.sections)
    live = rows(page, 5, '<div><span>{clock}</span><a href="{url}">{title}</a></div>')
    top = f"<a href='/'>{page.out(outlet.title)}</a>{_box(page, 'menu', menu)}{_box(page, 'sky', page.today() + ' ' + page.pick('weather'))}"
    foot = "".join(f"<span>{each}</span>" for each in page.several("footer", 5))
    strip = f"<b>{page.label('breaking')}</b>{live}"
    consent = f"<span>{page.label('cookie')}</span><button>{page.label('accept')}</button>"
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charSet="utf-8"/>{head}<meta name="next-head-count" content="9"/></head><body><div id="__next">'
        f"{_box(page, 'top', top)}{_box(page, 'live', strip)}{_box(page, 'grid', main)}"
        f"{_box(page, 'foot', foot)}{_box(page, 'consent', consent)}"
        f'</div><script id="__NEXT_DATA__" type="application/json">{state}</script></body></html>'
    )


def _piece(page: Page, story: Story, inserts: dict[int, str], *, own: bool) -> str:
    out = page.out if own else escape
    parts = [_box(page, "block", each) for each in text_html(story.blocks, h="<h3>{}</h3>", quote="<p><q>{}</q></p>")]
    by = "".join(_box(page, "who", f"<img alt='' src='/a.png'/><div>{out(name)}</div>") for name in story.authors)
    by += _box(page, "wire", f"<div>{out(story.agency)}</div>") if story.agency else ""
    sub = _box(page, "dek", escape(story.subtitle)) if story.subtitle else ""
    date = _box(page, "when", page.date() if own else page.date(story), "span") if story.dated else ""
    picture = f'<img src="{page.image(story)}"/><div>{out(story.caption)}<span>{page.pick("credit")}</span></div>'
    kicker = f'<a href="{page.outlet.section_url(story.section)}">{out(story.section.label)}</a>'
    return (
        f"{_box(page, 'kicker', kicker)}{_box(page, 'title', escape(story.headline), 'h1' if own else 'h2')}{sub}"
        f"{_box(page, 'meta', by + date)}{_box(page, 'shot', picture)}{woven(parts, inserts)}"
    )


def article(page: Page) -> str:
    story = page.the
    pieces = [
        lambda: _box(page, "more", teaser(
            page,
            '<div>{label}</div><a href="{url}"><img src="/t.jpg" alt=""/><div>{title}</div></a>',
            '<p>{label}: <a href="{url}">{title}</a></p>',
            '<div>{label}</div><div><a href="{url}">{title}</a></div><div><a href="{url2}">{title2}</a></div>',
        )),
        lambda: _box(page, "block", f'<div class="tw"><p>{page.pick("post")}</p><a href="https://x.com/d/1">@{story.number}</a></div>'),
        lambda: _box(page, "mail", f"<p>{page.label('newsletter')}</p><button>{page.label('send')}</button>"),
        lambda: _box(page, "poll", poll(page, "<p>{question}</p>{options}", "<button>{}</button>")),
    ]  # fmt: skip
    inserts = scattered(page, len(story.blocks), pieces, 2)
    tags = "".join(f'<a href="/topic/{n}">{escape(tag)}</a>' for n, tag in enumerate(story.tags))
    below = ""
    if page.chance(0.7):
        below = _box(page, "next", f"<span>{page.label('related')}</span>") + _piece(
            page, page.another(), {}, own=False
        )
    rail = f"<h4>{page.label('most')}</h4>" + rows(page, 5, '<a href="{url}"><span>{n}</span><p>{title}</p></a>')
    main = (
        f"{_box(page, 'column', _piece(page, story, inserts, own=True) + _box(page, 'tags', tags) + _box(page, 'share', page.label('share')))}"
        f"{below}{_box(page, 'rail', rail)}"
    )
    return _frame(
        page, heads.template_dates(page), main, json.dumps({"page": "/[section]/[id]", "query": {"id": story.number}})
    )


def listing(page: Page) -> str:
    cards = "".join(
        _box(page, "card", f'<a href="{page.outlet.url(each)}"><img src="{page.image(each)}" alt=""/><p>{escape(each.headline)}</p></a><span>{page.date(each)}</span>')
        for each in page.shown
    )  # fmt: skip
    rail = f"<h4>{page.label('most')}</h4>" + rows(page, 5, '<a href="{url}"><span>{n}</span><p>{title}</p></a>')
    more = (
        f'<a href="{page.outlet.section_url(page.section, page.number + 1)}">{page.label("next")}</a>'
        if page.section
        else ""
    )
    main = f"{_box(page, 'column', cards + more)}{_box(page, 'rail', rail)}"
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", main, "{}")


BUILD = Build(
    "next_styled", article, listing, address, section_address=section_address,
    dates=("ago-days", "ago-two-days", "gulf-clock", "ampm-slash"), zones=("Asia/Dubai", "Asia/Amman"),
    shows=Shows(), habits=Habits(extras=0.7, longest=18, recent=True, undated=0.1, datelines=0.35,
                                 openings=("{place} – ", "{place} – {agency} – ")),
)  # fmt: skip
