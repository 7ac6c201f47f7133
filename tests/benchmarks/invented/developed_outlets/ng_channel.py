"""A channel's Angular pages, rendered on a server: the site's name as title, the text as foreign HTML in a div, a live strip."""

from html import escape

from tests.benchmarks.invented.developed_later.furniture import rows, teaser
from tests.benchmarks.invented.developed_latest.frame import cards, menu, section_address
from tests.benchmarks.invented.developed_outlets.fittings import (
    changed,
    elsewhere,
    filled,
    further,
    ld,
    listed,
    section_url,
    slugged,
    state,
    text,
)
from tests.benchmarks.invented.pages import Page
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits

_C = '_ngcontent-serverapp-c{}=""'.format
_NEW = "ng-star-inserted"


def _frame(page: Page, main: str, data: str = "") -> str:
    c, outlet = _C(102), page.outlet
    lines = menu(page, f'<li {c} class="nav-item {_NEW}"><a {c} class="nav-link" routerlinkactive="active" href="{{url}}">{{label}}</a></li><!---->')  # fmt: skip
    live = rows(page, 5, f'<div {c} class="news-item {_NEW}"><span {c} class="time">{{clock}}</span><a {c} href="{{url}}"><span {c}>{{title}}</span></a></div><!---->')  # fmt: skip
    site = ld({"@context": "https://schema.org", "@type": "WebSite", "name": outlet.title, "url": f"https://{outlet.host}/"})  # fmt: skip
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><base href="/"><title>{escape(outlet.title)}</title><meta property="og:site_name" content="{escape(outlet.title)}"><meta property="og:image" content="https://{outlet.host}/assets/share.jpg">{site}<style ng-transition="serverApp">.row[{_C(102)[:-3]}]{{display:flex}}</style></head>'
        f'<body><app-root _nghost-serverapp-c101="" ng-version="15.2.9"><app-header {_C(101)} _nghost-serverapp-c102=""><div {c} class="top-bar"><span {c}>{page.today()}</span><span {c}>{page.pick("weather")}</span></div><ul {c} class="navbar-nav"><li {c}><a {c} href="/"><img {c} src="/assets/logo.svg" alt="{escape(outlet.title)}"></a></li>{lines}</ul><div {c} class="breaking"><b {c}>{page.label("breaking")}</b>{rows(page, 2, f"<a {c} href={{url}}>{{title}}</a>")}</div></app-header><router-outlet></router-outlet>'
        f"{main}<app-timeline {_C(101)}><h4 {c}>{page.label('latest')}</h4>{live}</app-timeline><app-footer {_C(101)}><div {c}>{page.label('follow')}</div><div {c}>{page.label('footer')}</div></app-footer></app-root>{data}</body></html>"
    )


def article(page: Page) -> str:
    story, c = page.the, _C(184)
    also = '<div class="related-inside-body"><div class="rib-head">{label}</div><div class="rib-item"><a href="{url}" target="_blank"><img src="/t.jpg"></a><a href="{url}" target="_blank">{title}</a></div></div>'
    second = '</div><div class="rib-item"><a href="{url2}">{title2}</a></div></div>'
    pieces = [
        lambda: teaser(page, also, also.replace("</div></div>", second)),
        lambda: (
            f'<div class="media-embed"><iframe src="https://video.example/{page.random.randint(1, 999)}"></iframe><div class="media-caption">{page.pick("video")}</div></div>'
        ),
        lambda: (
            f'<div class="in-gallery"><img src="/g/1.jpg"><p class="img-desc">{page.pick("caption")}</p><img src="/g/2.jpg"><p class="img-desc">{page.pick("caption")}</p></div>'
        ),
    ]
    body = text(page, pieces, 2, story.blocks, h="<h3><strong>{}</strong></h3>", quote="<blockquote>{}</blockquote>")
    who = "".join(f'<a {c} class="author {_NEW}" href="/author/{len(each) * 17}"><span {c}>{page.out(each)}</span></a><!---->' for each in story.authors)  # fmt: skip
    place = page.out(page.writer.fill("{place} - خاص")) if page.chance(0.6) else ""
    source = f'<div {c} class="source {_NEW}">{page.out("المصدر :")} <span {c}>{page.out(story.agency)}</span></div>' if story.agency else ""  # fmt: skip
    head = f'<a {c} class="cat {_NEW}" href="{section_url(page)}">{page.out(story.section.label)}</a><!----><h1 {c} class="title">{escape(story.headline)}</h1><!---->{filled(f"<h2 {c} class={_NEW}>" + "{}</h2>", story.subtitle)}<!---->'
    dates = f'<div {c} class="dates"><span {c} class="pub">{page.out("نشر في")} {page.date()}</span><span {c} class="upd">{page.label("updated")} {changed(page)}</span></div>'
    main_picture = f'<div {c} class="main-image"><img {c} src="{page.image()}" alt="{escape(story.caption)}"><p {c} class="caption {_NEW}">{page.out(story.caption)}</p><!----></div>'
    tools = f'<div {c} class="tools"><button {c}>{page.label("listen")}</button><button {c}>{page.label("share")}</button><span {c}>{page.pick("min_read")}</span></div>'
    tags = ""
    if story.tags:
        tags = f'<div {c} class="tags {_NEW}"><span {c}>{page.label("tags")}</span>{listed(f"<a {c} href=/tag/{{n}}>{{text}}</a>", story.tags)}</div><!---->'
    more = rows(page, 4, f'<div {c} class="card {_NEW}"><a {c} href="{{url}}"><h4 {c}>{{title}}</h4></a></div>')
    main = (
        f'<app-article-details {_C(101)} _nghost-serverapp-c184=""><!----><div {c} class="container"><div {c} class="row"><div {c} class="col-lg-8">{head}<div {c} class="by"><span {c}>{place}</span>{who}<!----></div>{dates}{main_picture}{tools}<div {c} class="article-content"><div>{body}</div></div>{source}{tags}</div></div></div>'
        f"<app-more {c}><h4 {c}>{page.label('related')}</h4>{more}</app-more></app-article-details>"
    )
    return _frame(page, main, state(page, 'id="serverApp-state" type="application/json"'))


def listing(page: Page) -> str:
    c = _C(177)
    lead = cards(page, f'<div {c} class="hero {_NEW}"><a {c} href="{{url}}"><img {c} src="{{image}}"></a><div {c} class="over"><a {c} class="cat" href="/x">{{section}}</a><a {c} href="{{url}}"><h2 {c}>{{title}}</h2></a></div></div>')  # fmt: skip
    entries = cards(page, f'<div {c} class="col-md-4 {_NEW}"><div {c} class="card"><a {c} href="{{url}}"><img {c} src="{{image}}"></a><a {c} href="{{url}}"><h5 {c}>{{title}}</h5></a><span {c}>{{date}}</span></div></div><!---->')  # fmt: skip
    others = elsewhere(page, f'<app-section-box {c}><a {c} href="{{url}}"><h4 {c}>{{label}}</h4></a>{{items}}</app-section-box>', f'<div {c} class="mini"><a {c} href="{{url}}">{{title}}</a></div>')  # fmt: skip
    more = further(page, f'<div {c} class="load-more"><a {c} href="{{url}}">{{label}}</a></div>')
    side = "".join(lead[1:3])
    main = f'<app-category {_C(101)} _nghost-serverapp-c177=""><div {c} class="row"><div {c} class="big">{lead[0]}</div><div {c} class="small">{side}</div></div><div {c} class="row list">{"".join(entries[3:])}</div>{more}{others}</app-category>'
    return _frame(page, main)


BUILD = Build(
    "ng_channel", article, listing, slugged("/{s}/{n}/{t}"), section_address=section_address("/category/{s}", "/{n}"),
    dates=("numbers-bar", "levant-clock", "year-slash"), zones=("Africa/Cairo", "Asia/Amman"),
    habits=Habits(bylines=0.5, agencies=0.4, subtitles=0.4, datelines=0.15, longest=18),
)  # fmt: skip
