"""A Cairo daily on Laravel: "the economy desk" or several writers, a translator, one card for the head and for all boxes."""

from html import escape

from tests.benchmarks.invented.developed_desks.fittings import chips, names
from tests.benchmarks.invented.developed_outlets.fittings import ld
from tests.benchmarks.invented.developed_portals.parts import address, cards, menu, pager, poll, rows, section_address
from tests.benchmarks.invented.developed_regions.fittings import about, boxes, head, here, later, text
from tests.benchmarks.invented.pages import Page
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits

_CARD = '<div class="card news-card"><a href="{url}"><img class="card-img-top" src="{image}"></a><div class="card-body"><h3 class="card-title"><a href="{url}">{title}</a></h3></div></div>'


def _frame(page: Page, top: str, main: str) -> str:
    lines = menu(page, '<li class="nav-item"><a class="nav-link" href="{url}">{label}</a></li>', '<li class="nav-item active"><a class="nav-link" href="{url}">{label}</a></li>')  # fmt: skip
    most = rows(page, 5, _CARD)
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><meta name="csrf-token" content="x8a">{top}</head><body class="rtl"><div class="top-bar"><span class="date">{page.today()}</span><span class="edition">{page.pick("edition")}</span></div><nav class="navbar"><a class="navbar-brand" href="/">{escape(page.outlet.title)}</a><ul class="navbar-nav">{lines}</ul></nav><div class="container"><div class="row"><div class="col-lg-8">{main}</div><div class="col-lg-4"><div class="block-head">{page.label("most")}</div>{most}</div></div></div>'
        f"<footer><ul>{about(page, '<li>{text}</li>')}</ul><p>{page.label('footer')}</p></footer></body></html>"
    )


def article(page: Page) -> str:
    story = page.the
    pieces = [
        lambda: f'<div class="card news-card inner"><div class="card-header">{page.pick("also")}</div><div class="card-body">{rows(page, 1, "<h3 class=card-title><a href={url}>{title}</a></h3>")}</div></div>',
        lambda: f'<p class="text-center"><a href="#"><strong>{page.pick("follow")}</strong></a></p>',
        lambda: f'<div class="ads-box"><small>{page.label("ad")}</small></div>',
        lambda: f'<p>{rows(page, 1, "<strong><a href={url}>{title}</a></strong>")}</p>',
    ]  # fmt: skip
    body = text(page, pieces, 4, h="<p><strong>{}</strong></p>", quote="<p class='quote'>«{}»</p>")
    who = names(page, '<a class="author" href="/author/{n}">{text}</a>', " - ")
    if who:
        by = f'<div class="card-by"><i class="fa fa-pen"></i> {page.out("كتب:")} {who}</div>'
    else:
        by = f'<div class="card-by"><i class="fa fa-pen"></i> {page.pick("desk")}</div>'
    if page.chance(0.15):
        by += f'<div class="card-by">{page.out("ترجمة وتحرير القسم الخارجي")}</div>'
    agency = f'<div class="card-src"><i class="fa fa-rss"></i> {escape(story.agency)}</div>' if story.agency else ""
    sub = f'<p class="card-sub">{escape(story.subtitle)}</p>' if story.subtitle else ""
    tags = f'<div class="card-tags">{page.label("tags")}: {chips(page, "{text}", "، ")}</div>' if story.tags else ""
    vote = poll(page, '<div class="card vote"><div class="card-header">{question}</div>{answers}</div>', '<label><input type="radio"> {text}</label>') if page.chance(0.3) else ""  # fmt: skip
    main = (
        f'<ol class="breadcrumb"><li><a href="/">{page.label("home")}</a></li><li><a href="{here(page)}">{page.out(story.section.label)}</a></li></ol><div class="card news-card"><div class="card-body"><h1 class="card-title">{escape(story.headline)}</h1>{sub}{by}{agency}<div class="card-date"><i class="fa fa-clock"></i> {page.date()}</div><div class="card-date">{page.out("تحديث")} {later(page)}</div></div><img class="card-img-top" src="{page.image()}"><div class="card-caption">{page.out(story.caption)}</div><div class="share-row"><span>{page.label("share")}</span><span>{page.pick("views")}</span></div><div class="card-text">{body}</div>{tags}</div>{vote}'
        f'<div class="block-head">{page.label("related")}</div><div class="row">{rows(page, 3, _CARD)}</div>'
    )
    said = {"@context": "http://schema.org", "@type": "NewsArticle", "headline": story.headline, "datePublished": f"{page.fetched:%Y-%m-%d}", "author": {"@type": "Person", "name": page.outlet.title}}  # fmt: skip
    return _frame(page, head(page, f'<meta property="og:title" content="{escape(page.outlet.title)}: {escape(story.headline)}"><meta property="og:image" content="{page.image()}">', ld(said), title="{outlet}: {title}"), main)  # fmt: skip


def listing(page: Page) -> str:
    items = cards(page, '<div class="card news-card"><a href="{url}"><img class="card-img-top" src="{image}"></a><div class="card-body"><span class="badge">{section}</span><h3 class="card-title"><a href="{url}">{title}</a></h3><div class="card-date">{date}</div></div></div>')  # fmt: skip
    if page.section is None:
        slides = cards(
            page,
            '<div class="carousel-item"><a href="{url}"><img src="{image}"><div class="carousel-caption"><h2>{title}</h2></div></a></div>',
        )
        return _frame(
            page,
            head(page),
            f'<div class="carousel">{"".join(slides[:5])}</div><div class="row">{"".join(items[5:])}</div>',
        )
    pages = pager(
        page,
        '<li class="page-item"><a class="page-link" href="{url}">{n}</a></li>',
        '<li class="page-item active"><span>{n}</span></li>',
    )
    others = boxes(
        page, '<div class="block-head"><a href="{url}">{label}</a></div><div class="row">{items}</div>', _CARD, 2
    )
    return _frame(page, head(page), f'<h1 class="block-head">{escape(page.section.label)}</h1><div class="row">{"".join(items)}</div><ul class="pagination">{pages}</ul>{others}')  # fmt: skip


BUILD = Build(
    "egypt_sections", article, listing, address("/{s}/article/{n}"), section_address=section_address("/section/{s}", "?page={n}"),
    dates=("weekday-ampm", "weekday-slash", "named-slash"), zones=("Africa/Cairo",),
    habits=Habits(bylines=0.6, agencies=0.25, subtitles=0.3, datelines=0.1, tags=0.6, extras=0.5, shortest=3, longest=12),
)  # fmt: skip
