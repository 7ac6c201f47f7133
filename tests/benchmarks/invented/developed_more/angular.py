"""Angular with server rendering: unknown elements, scoped attributes, the lead far from the rest of the text."""

import json
from html import escape

from tests.benchmarks.invented.developed_more import heads
from tests.benchmarks.invented.pages import Outlet, Page, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story

_S = "_ngcontent-serverapp-c"


def address(outlet: Outlet, story: Story) -> str:
    return f"/details/{story.section.slug}/{story.number}"


def section_address(section: Section, page: int) -> str:
    return f"/topics/{section.slug}" + (f";p={page}" if page > 1 else "")


def _row(url: str, title: str) -> str:
    return (
        f'<app-item-row {_S}91=""><a {_S}92="" href="{url}"><span {_S}92="" class="t">{title}</span></a></app-item-row>'
    )


def _frame(page: Page, head: str, main: str) -> str:
    outlet = page.outlet
    menu = "".join(
        f'<a {_S}11="" routerlinkactive="on" href="{outlet.section_url(each)}">{page.out(each.label)}</a>'
        for each in outlet.sections
    )
    now = "".join(_row(url, title) for url, title in page.others(3))
    foot = "".join(f'<span {_S}13="">{each}</span>' for each in page.several("footer", 4))
    state = json.dumps({"G.json.https://api/x?": {"body": {"ok": True}}})
    return (
        f'<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><base href="/">{head}</head><body dir="rtl"><app-root ng-version="17.3.0" ng-server-context="ssr">'
        f'<app-shell _nghost-serverapp-c10=""><app-top {_S}10=""><div {_S}11="" class="brand">{escape(outlet.title)}</div><div {_S}11="" class="links">{menu}</div>'
        f'<div {_S}11="" class="now"><em>{page.label("breaking")}</em>{now}</div><div {_S}11="" class="sky">{page.today()} {page.pick("weather")} 29°</div></app-top>'
        f'<router-outlet {_S}10=""></router-outlet>{main}<app-bottom {_S}13="">{foot}<i>{page.out(outlet.title)}</i></app-bottom>'
        f'<app-consent {_S}77="">{page.label("cookie")}<button>{page.label("accept")}</button></app-consent></app-shell></app-root>'
        f'<script id="ng-state" type="application/json">{state}</script></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    lead, *parts = text_html(
        story.blocks, p='<p class="ng-star-inserted">{}</p>', h='<p class="ng-star-inserted"><b>{}</b></p>'
    )
    inserts = {}
    for place in (1, 4):
        url, title = page.others(1)[0]
        inserts[place] = (
            f'<app-teaser class="ng-star-inserted"><a href="{url}"><small>{page.pick("also")}</small><strong>{title}</strong></a></app-teaser>'
        )
    inserts[3] = (
        f"<app-newsletter><p>{page.label('newsletter')}</p><button>{page.label('send')}</button></app-newsletter>"
    )
    by = "".join(
        f'<a {_S}41="" class="w" href="/writer/{n}">{page.out(name)}</a>' for n, name in enumerate(story.authors)
    )
    if story.agency:
        by += f'<span {_S}41="" class="o">{page.out(story.agency)}</span>'
    tags = "".join(f'<a {_S}55="" class="g" href="/t/{n}">{escape(tag)}</a>' for n, tag in enumerate(story.tags))
    rail = "".join(_row(url, title) + f"<p>{page.pick('blurb')}</p>" for url, title in page.others(4))
    sub = f'<div {_S}40="" class="s2">{escape(story.subtitle)}</div>' if story.subtitle else ""
    main = (
        f'<app-details class="ng-star-inserted"><div {_S}40="" class="k"><a href="{page.outlet.section_url(story.section)}">{page.out(story.section.label)}</a></div>{sub}'
        f'<div {_S}40="" class="s1" role="heading">{escape(story.headline)}</div><app-lead>{lead}</app-lead>'
        f'<div {_S}41="" class="m">{by}<span {_S}41="">{page.date()}</span><span {_S}41="">{page.pick("views")}</span></div>'
        f'<app-media><img src="{page.image()}"><span>{page.out(story.caption)}</span><span>{page.pick("credit")}</span></app-media>'
        f"<app-tools><button>{page.label('share')}</button><button>{page.label('listen')}</button></app-tools>"
        f'<app-body><div {_S}44="">{woven(parts, inserts)}</div></app-body><app-labels><b>{page.label("tags")}</b>{tags}</app-labels>'
        f"<app-rail><h3>{page.label('most')}</h3>{rail}</app-rail></app-details>"
    )
    return _frame(page, heads.neighbour_canonical(page), main)


def listing(page: Page) -> str:
    cards = "".join(
        f'<app-card class="ng-star-inserted"><a href="{page.outlet.url(each)}"><img src="{page.image(each)}"></a><a href="{page.outlet.url(each)}"><span class="t">{escape(each.headline)}</span></a>'
        f"<span>{page.date(each)}</span></app-card>"
        for each in page.shown
    )
    rail = "".join(_row(url, title) for url, title in page.others(4))
    more = (
        f'<a href="{page.outlet.section_url(page.section, page.number + 1)}">{page.label("next")}</a>'
        if page.section
        else ""
    )
    return _frame(
        page,
        f"<title>{escape(page.outlet.title)}</title>",
        f"<app-list>{cards}{more}</app-list><app-rail><h3>{page.label('most')}</h3>{rail}</app-rail>",
    )


BUILD = Build(
    "angular", article, listing, address, section_address=section_address,
    dates=("zone-clock", "ago-days", "maghreb-clock"), zones=("Africa/Tunis", "Africa/Algiers"),
    habits=Habits(longest=16, extras=0.5, recent=True, agencies=0.4),
)  # fmt: skip
