"""A Bootstrap paper: fields in one list, told apart by icons alone; which of them stand there differs from page to page."""

from html import escape

from tests.benchmarks.invented.developed_later.furniture import rows, scattered, teaser
from tests.benchmarks.invented.developed_latest.frame import address, cards, menu, pager, section_address, titles
from tests.benchmarks.invented.pages import Page, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, head: str, main: str) -> str:
    lines = menu(page, '<li class="nav-item"><a class="nav-link" href="{url}">{label}</a></li>')
    tick = rows(page, 5, '<a class="dropdown-item" href="{url}">{title}</a>')
    side = rows(
        page,
        6,
        '<div class="media"><img src="/t/{n}.jpg"><div class="media-body"><a href="{url}">{title}</a></div></div>',
    )
    return (
        f'<!doctype html><html dir="rtl" lang="ar"><head>{head}<meta name="viewport" content="width=device-width"></head><body><div class="navbar navbar-dark"><a class="navbar-brand" href="/">{page.out(page.outlet.title)}</a><ul class="navbar-nav">{lines}</ul><small>{page.today()}</small></div><div class="bg-danger text-white">{page.label("breaking")} {tick}</div>'
        f'<div class="container"><div class="row"><div class="col-md-8">{main}</div><div class="col-md-4"><h5>{page.label("most")}</h5>{side}</div></div></div><div class="bg-dark text-muted">{page.label("disclaimer")}</div></body></html>'
    )


def article(page: Page) -> str:
    story, outlet = page.the, page.outlet
    fields = [f'<li class="list-inline-item"><i class="fa fa-pen"></i> {escape(name)}</li>' for name in story.authors]
    fields.append(f'<li class="list-inline-item"><i class="fa fa-calendar"></i> {page.date()}</li>')
    if story.agency:
        fields.append(f'<li class="list-inline-item"><i class="fa fa-globe"></i> {escape(story.agency)}</li>')
    fields.append(
        f'<li class="list-inline-item"><i class="fa fa-folder"></i> <a href="{outlet.section_url(story.section)}">{page.out(story.section.label)}</a></li>'
    )
    fields.append(f'<li class="list-inline-item"><i class="fa fa-eye"></i> {page.pick("views")}</li>')
    shape = '<div class="alert alert-secondary"><b>{label}</b><br><a href="{url}">{title}</a><br><a href="{url2}">{title2}</a></div>'
    inserts = scattered(
        page,
        len(story.blocks),
        [lambda: teaser(page, shape), lambda: f'<div class="text-center small">{page.label("ad")}</div>'],
        2,
    )
    tags = "".join(
        f'<a class="badge badge-light" href="/search?q={n}">{escape(tag)}</a> ' for n, tag in enumerate(story.tags)
    )
    sub = f'<p class="lead">{escape(story.subtitle)}</p>' if story.subtitle else ""
    main = (
        f'<div class="card"><div class="card-body"><h1 class="h3">{escape(story.headline)}</h1>{sub}<ul class="list-inline small">{"".join(fields)}</ul><img class="img-fluid" src="{page.image()}"><div class="small text-muted">{page.out(story.caption)}</div>'
        f'<div class="mt-3">{woven(text_html(story.blocks, h="<h4>{}</h4>"), inserts)}</div><div class="mt-2">{tags}</div><div class="btn-group"><button>{page.label("share")}</button></div></div></div>'
        f'<h5>{page.label("related")}</h5><div class="row">{rows(page, 4, "<div class=col-6><div class=card><a href={url}>{title}</a></div></div>")}</div>'
    )
    return _frame(page, titles(page), main)


def listing(page: Page) -> str:
    card = '<div class="col-md-6"><div class="card"><a href="{url}"><img src="{image}"></a><div class="card-body"><span class="badge">{section}</span><a class="card-title" href="{url}">{title}</a><small>{date}</small></div></div></div>'
    cards_html = cards(page, card)
    grid = "".join(
        f'<div class="row">{"".join(cards_html[start : start + 2])}</div>' for start in range(0, len(cards_html), 2)
    )
    pages = pager(page, '<li class="page-item"><a class="page-link" href="{url}">{n}</a></li>')
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", f'{grid}<ul class="pagination">{pages}</ul>')


BUILD = Build(
    "icon_line", article, listing, address("/details/{n}"), section_address=section_address("/cat/{s}", "?page={n}"),
    dates=("gulf-clock", "weekday-clock", "year-slash"), zones=("Asia/Riyadh", "Africa/Cairo"),
    habits=Habits(bylines=0.6, agencies=0.3, subtitles=0.3),
)  # fmt: skip
