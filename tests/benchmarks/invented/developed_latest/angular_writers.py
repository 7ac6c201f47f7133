"""Angular rendered on a server: writers with pictures and pages of their own, comment markers, a breadcrumb of spans."""

from html import escape

from tests.benchmarks.invented.developed_later.furniture import rows, scattered, teaser
from tests.benchmarks.invented.developed_latest.frame import address, cards, menu, pager, section_address, titles
from tests.benchmarks.invented.pages import Page, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits

_C = '_ngcontent-sc72=""'


def _frame(page: Page, head: str, main: str) -> str:
    lines = menu(page, f'<li {_C}><a {_C} href="{{url}}">{{label}}</a></li>')
    side = rows(page, 5, f'<li {_C}><a {_C} href="{{url}}"><span {_C}>{{n}}</span><h6 {_C}>{{title}}</h6></a></li>')
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head>{head}<base href="/"></head><body><app-root _nghost-sc1="" ng-version="17.1.0"><app-top {_C}><ul {_C}>{lines}</ul></app-top><router-outlet></router-outlet><app-details><!--bindings-->{main}</app-details>'
        f"<app-side {_C}><h5 {_C}>{page.label('most')}</h5><ol {_C}>{side}</ol></app-side><app-bottom {_C}>{page.label('footer')}</app-bottom></app-root></body></html>"
    )


def article(page: Page) -> str:
    story, outlet = page.the, page.outlet
    people = "".join(
        f'<a {_C} class="who" href="/writers/{len(name) * 37}"><img {_C} src="/w.png"><b {_C}>{escape(name)}</b></a>'
        for name in story.authors
    )
    source = (
        f'<div {_C} class="src"><img {_C} src="/s.png"><b {_C}>{escape(story.agency)}</b></div>' if story.agency else ""
    )
    shape = f'<div {_C} class="also"><b {_C}>{{label}}</b><a {_C} href="{{url}}">{{title}}</a></div>'
    inserts = scattered(page, len(story.blocks), [lambda: teaser(page, shape)], 1)
    tags = "".join(f'<a {_C} class="tg" href="/topic/{n}">{escape(tag)}</a>' for n, tag in enumerate(story.tags))
    sub = f'<p {_C} class="sub">{escape(story.subtitle)}</p>' if story.subtitle else ""
    main = (
        f'<div {_C} class="path"><span {_C}><a {_C} href="/">{page.out("الرئيسة")}</a></span><span {_C}>‹</span><span {_C}><a {_C} href="{outlet.section_url(story.section)}">{page.out(story.section.label)}</a></span></div><h2 {_C} class="ttl">{escape(story.headline)}</h2>{sub}<!----><div {_C} class="people">{people}{source}<span {_C}>{page.date()}</span></div>'
        f'<div {_C} class="pic"><img {_C} src="{page.image()}"><span {_C}>{page.out(story.caption)}</span></div><div {_C} class="txt"><div>{woven(text_html(story.blocks), inserts)}</div></div><div {_C} class="tgs">{tags}</div><div {_C} class="sh">{page.label("share")}</div><app-related {_C}><h5>{page.label("related")}</h5>{rows(page, 4, "<div><a href={url}>{title}</a></div>")}</app-related>'
    )
    return _frame(page, titles(page) + '<meta name="author" content="' + escape(page.outlet.title) + '">', main)


def listing(page: Page) -> str:
    cards_html = cards(
        page,
        f'<app-card {_C}><a {_C} href="{{url}}"><img {_C} src="{{image}}"></a><a {_C} href="{{url}}"><h4 {_C}>{{title}}</h4></a><span {_C}>{{date}}</span></app-card>',
    )
    first = cards(
        page,
        f'<app-slide {_C}><a {_C} href="{{url}}"><img {_C} src="{{image}}"><h3 {_C}>{{title}}</h3></a></app-slide>',
    )
    pages = pager(page, f'<li {_C}><a {_C} href="{{url}}">{{n}}</a></li>')
    return _frame(
        page,
        f"<title>{escape(page.outlet.title)}</title>",
        f'<app-slider {_C}>{"".join(first[:3])}</app-slider><div {_C} class="list">{"".join(cards_html[3:])}</div><ul {_C}>{pages}</ul>',
    )


BUILD = Build(
    "angular_writers", article, listing, address("/details/{s}/{n}"), section_address=section_address("/list/{s}", "/{n}"),
    dates=("weekday-clock", "dots", "iso-clock"), zones=("Africa/Cairo", "Asia/Kuwait"),
    habits=Habits(bylines=0.7, agencies=0.3, subtitles=0.4),
)  # fmt: skip
