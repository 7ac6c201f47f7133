"""A Gulf business site on Nuxt: prices in strips and boxes between paragraphs, tables in texts, mostly no writers."""

from html import escape

from tests.benchmarks.invented.developed_later.furniture import rows, teaser
from tests.benchmarks.invented.developed_latest.frame import address, cards, menu, section_address
from tests.benchmarks.invented.developed_outlets.fittings import elsewhere, filled, further, listed, section_url, text
from tests.benchmarks.invented.pages import Page
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits

_V, _B = 'data-v-7c1d2e90=""', 'data-v-f3a04b17=""'


def _prices(page: Page, count: int, item: str) -> str:
    return "".join(item.format(each) for each in page.several("ticker", count))


def _frame(page: Page, head: str, main: str, data: str) -> str:
    outlet = page.outlet
    lines = menu(page, f'<a {_V} href="{{url}}" class="nav__link">{{label}}</a><!--]--><!--[-->')
    strip = _prices(page, 4, f'<div {_V} class="ticker__cell"><span {_V}>{{}}</span></div>')
    last = rows(page, 6, f'<div {_V} class="feed__row"><time {_V}>{{clock}}</time><a {_V} href="{{url}}" class="feed__link">{{title}}</a></div>')  # fmt: skip
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl" data-capo=""><head><meta charset="utf-8">{head}<link rel="modulepreload" as="script" href="/_nuxt/entry.b41.js"></head><body><div id="__nuxt"><!--[--><div {_V} class="shell"><div {_V} class="ticker">{strip}</div><header {_V} class="bar"><a {_V} href="/" class="bar__logo">{page.out(outlet.title)}</a><nav {_V}><!--[-->{lines}<!--]--></nav></header>'
        f'<div {_V} class="shell__body">{main}<aside {_V} class="feed"><div {_V} class="feed__head">{page.label("latest")}</div>{last}</aside></div><footer {_V} class="foot"><p {_V}>{page.label("disclaimer")}</p><a {_V} href="/about">{page.label("footer")}</a></footer></div><!--]--></div>{data}</body></html>'
    )


def article(page: Page) -> str:
    story, outlet = page.the, page.outlet
    pieces = [
        lambda: f'<div class="quote-box">{_prices(page, 2, "<div class=quote-box__row>{}</div>")}</div>',
        lambda: f'<table class="prices">{_prices(page, 3, "<tr><td>{}</td></tr>")}</table>',
        lambda: teaser(page, '<div class="also"><span class="also__t">{label}</span><a href="{url}">{title}</a></div>', "<p>{label} <a href='{url}'>{title}</a></p>"),
        lambda: f'<div class="chart"><img src="/charts/{story.number}.png"><p class="chart__note">{page.pick("caption")}</p></div>',
    ]  # fmt: skip
    body = text(
        page, pieces, 2, story.blocks, p='<p style="text-align: justify;">{}</p>', h="<p><strong>{}</strong></p>", quote="<p>&quot;{}&quot;</p>",
        item='<li><p dir="rtl">{}</p></li>', table='<div class="tbl-scroll"><table class="tbl"><tbody>{}</tbody></table></div>', cell="<td><p>{}</p></td>",
    )  # fmt: skip
    who = ""
    if story.authors:
        who = f'<span {_B} class="by">{"، ".join(map(page.out, story.authors))}</span>'
    elif not story.agency:
        who = f'<span {_B} class="by">{page.out(outlet.title + " - خاص")}</span>'
    source = f'<span {_B} class="src">{page.out("المصدر:")} <b {_B}>{page.out(story.agency)}</b></span>' if story.agency else ""  # fmt: skip
    firms = "".join(f'<div {_B} class="co"><a {_B} href="/company/{n}">{each}</a></div>' for n, each in enumerate(page.several("company", 2)))  # fmt: skip
    tags = listed(f'<a {_B} class="tag" href="/topic/{{n}}">{{text}}</a>', story.tags)
    more = rows(page, 4, f'<a {_B} class="card" href="{{url}}"><span {_B} class="card__t">{{title}}</span></a>')
    main = (
        f'<main {_B} class="story"><div {_B} class="crumbs"><a {_B} href="/">{page.label("home")}</a><i {_B}>/</i><a {_B} href="{section_url(page)}">{page.out(story.section.label)}</a></div><h1 {_B} class="story__h">{escape(story.headline)}</h1>{filled(f"<div {_B} class=story__deck>" + "{}</div>", story.subtitle)}<div {_B} class="story__meta"><span {_B} class="when">{page.date()}</span>{who}{source}<span {_B}>{page.pick("views")}</span></div>'
        f'<div {_B} class="story__img"><img {_B} src="{page.image()}"><small {_B}>{page.out(story.caption)}</small></div><div {_B} class="story__tools">{page.label("share")} {page.label("listen")}</div><div {_B} class="story__html"><div>{body}</div></div><div {_B} class="cos"><div {_B}>{page.out("شركات مذكورة")}</div>{firms}</div><div {_B} class="tags">{tags}</div><div {_B} class="comments"><div {_B}>{page.label("comments")}</div><p {_B}>{page.label("write_comment")}</p></div></main><section {_B}><h2 {_B}>{page.label("related")}</h2>{more}</section>'
    )
    title = f"{escape(story.headline)}"
    head = f'<title>{title}</title><meta name="description" content="{escape(outlet.title)}"><meta property="og:title" content="{title}"><meta property="og:image" content="{page.image()}">'
    data = f'<script>window.__NUXT__=(function(a,b){{return {{data:[{{id:{story.number},title:a,views:b}}]}}}}("{title}",77))</script>'
    return _frame(page, head, main, data)


def listing(page: Page) -> str:
    tall = cards(page, f'<a {_B} class="card card--tall" href="{{url}}"><img {_B} src="{{image}}"><span {_B} class="card__k">{{section}}</span><span {_B} class="card__t">{{title}}</span></a>')  # fmt: skip
    line = cards(page, f'<div {_B} class="line"><span {_B} class="line__d">{{date}}</span><a {_B} class="line__t" href="{{url}}">{{title}}</a></div>')  # fmt: skip
    box = f'<section {_B} class="rail"><a {_B} class="rail__h" href="{{url}}">{{label}}</a>{{items}}</section>'
    others = elsewhere(page, box, f'<a {_B} class="card" href="{{url}}"><span {_B} class="card__t">{{title}}</span></a>')  # fmt: skip
    prices = _prices(page, 3, f"<div {_B}>{{}}</div>")
    more = further(page, f'<a {_B} class="more" href="{{url}}">{{label}}</a>')
    main = f'<main {_B}><div {_B} class="duo">{"".join(tall[:2])}</div><div {_B} class="board">{prices}</div><div {_B} class="lines">{"".join(line[2:])}</div>{more}{others}</main>'
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", main, "")


BUILD = Build(
    "nuxt_markets", article, listing, address("/ar/article/articledetail/id/{n}"), section_address=section_address("/ar/news/{s}", "/{n}"),
    dates=("year-slash", "ampm-slash", "hijri-both", "dots"), zones=("Asia/Riyadh", "Asia/Dubai", "Asia/Kuwait"),
    habits=Habits(bylines=0.25, agencies=0.3, subtitles=0.2, datelines=0.1, extras=0.9, longest=14),
)  # fmt: skip
