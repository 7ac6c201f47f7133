"""A hand-made Bootstrap site: rows and columns, cards, JSON-LD that no parser takes."""

from html import escape

from tests.benchmarks.invented.developed import heads
from tests.benchmarks.invented.pages import Outlet, Page, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story


def address(outlet: Outlet, story: Story) -> str:
    return f"/news/{story.number}"


def section_address(section: Section, page: int) -> str:
    return f"/category/{section.slug}" + (f"/{page}" if page > 1 else "")


def _frame(page: Page, head: str, main: str) -> str:
    outlet = page.outlet
    menu = "".join(
        f'<li class="nav-item"><a class="nav-link" href="{outlet.section_url(each)}">{page.out(each.label)}</a></li>'
        for each in outlet.sections
    )
    side = "".join(
        f'<li class="list-group-item d-flex"><span class="badge">{n}</span><a href="{url}">{title}</a></li>'
        for n, (url, title) in enumerate(page.others(6), 1)
    )
    foot = "".join(f'<li><a href="/page/{n}">{each}</a></li>' for n, each in enumerate(page.several("footer", 4)))
    return (
        f'<!doctype html><html dir="rtl" lang="ar"><head><meta charset="utf-8">{head}</head><body>'
        f'<div class="bg-dark text-white"><div class="container d-flex"><small>{page.today()}</small>'
        f'<small class="ms-auto">{page.label("follow")}</small></div></div>'
        f'<nav class="navbar navbar-expand-lg"><div class="container"><a class="navbar-brand" href="/">{escape(outlet.title)}</a>'
        f'<ul class="navbar-nav">{menu}</ul></div></nav><div class="container mt-3"><div class="row">'
        f'<div class="col-md-8">{main}</div><div class="col-md-4"><div class="card"><div class="card-header">{page.label("most")}</div>'
        f'<ul class="list-group">{side}</ul></div><div class="card text-center p-3 mt-2"><small>{page.label("ad")}</small></div></div>'
        f'</div></div><div class="bg-light py-4"><div class="container"><ul class="list-inline">{foot}</ul>'
        f"<p>{page.label('footer')} © {page.out(outlet.title)}</p></div></div></body></html>"
    )


def article(page: Page) -> str:
    story = page.the
    parts = text_html(story.blocks, p='<p dir="rtl" style="text-align:justify">{}</p>', h="<p><strong>{}</strong></p>")
    box = "".join(
        f'<div class="col-6"><div class="card"><a href="{url}"><img class="card-img-top" src="/i.jpg"></a><div class="card-body p-2">'
        f'<a href="{url}">{title}</a></div></div></div>'
        for url, title in page.others(2)
    )
    inserts = {page.random.randint(1, 3): f'<div class="row bg-light my-3"><h6>{page.pick("related")}</h6>{box}</div>'}
    if page.chance(0.4):
        inserts[5] = (
            f'<blockquote class="twitter-tweet"><p lang="ar" dir="rtl">{page.out(page.writer.say("tweet"))}</p>&mdash; '
            f'{page.out(page.outlet.title)} (@x{story.number}) <a href="https://twitter.com/x">{escape(page.date(page.outlet.stories[0]))}</a></blockquote>'
        )
    badges = "".join(
        f'<a class="badge bg-secondary" href="/tags/{n}">{escape(tag)}</a> ' for n, tag in enumerate(story.tags)
    )
    tags = f'<div class="mt-2"><strong>{page.label("tags")}:</strong> {badges}</div>' if story.tags else ""
    by = (
        f'<span class="me-2"><i class="fa fa-user"></i> {page.out("، ".join(story.authors))}</span>'
        if story.authors
        else ""
    )
    source = f'<p class="text-muted small">المصدر: {page.out(story.agency)}</p>' if story.agency else ""
    pages = "".join(
        f'<div class="media"><img src="/u.png"><div class="media-body"><h6>زائر</h6><p>{text}</p></div></div>'
        for text in page.several("comment", page.random.randint(0, 3))
    )
    form = (
        f'<form class="mt-4"><h5>{page.label("comments")}</h5>{pages}<textarea class="form-control"></textarea>'
        f'<p class="form-text">{page.label("write_comment")}</p></form>'
    )
    sub = f'<h5 class="text-danger">{escape(story.subtitle)}</h5>' if story.subtitle else ""
    main = (
        f'<nav><ol class="breadcrumb"><li class="breadcrumb-item"><a href="/">{page.label("home")}</a></li><li class="breadcrumb-item active">'
        f'<a href="{page.outlet.section_url(story.section)}">{page.out(story.section.label)}</a></li></ol></nav>{sub}'
        f'<h2 class="fw-bold">{escape(story.headline)}</h2><div class="text-muted small">{by}<span><i class="fa fa-clock"></i> {page.date()}</span> '
        f'<span>{page.pick("views")}</span></div><img class="img-fluid" src="{page.image()}"><div class="small text-muted">{page.out(story.caption)}</div>'
        f'<div class="mt-3 lh-lg">{woven(parts, inserts)}{source}</div>{tags}'
        f'<div class="btn-group my-3"><span>{page.label("share")}</span><a class="btn btn-primary" href="#"><i class="fa fa-facebook"></i></a></div>{form}'
    )
    return _frame(page, heads.broken(page), main)


def listing(page: Page) -> str:
    cards = "".join(
        f'<div class="col-md-6 mb-3"><div class="card h-100"><img class="card-img-top" src="{page.image(each)}"><div class="card-body">'
        f'<h5 class="card-title"><a href="{escape(page.outlet.url(each))}" class="stretched-link">{escape(each.headline)}</a></h5>'
        f'<p class="card-text">{escape(each.paragraphs[0][:90])}</p><small>{page.date(each)}</small></div></div></div>'
        for each in page.shown
    )
    pager = ""
    if page.section:
        pager = "".join(
            f'<li class="page-item{" active" if n == page.number else ""}"><a class="page-link" href="{page.outlet.section_url(page.section, n)}">{n}</a></li>'
            for n in range(1, page.pages + 1)
        )
    main = f'<div class="row">{cards}</div><ul class="pagination justify-content-center">{pager}</ul>'
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", main)


BUILD = Build(
    "bootstrap", article, listing, address, section_address=section_address,
    dates=("levant", "dual", "levant-clock"), zones=("Asia/Damascus", "Asia/Beirut"),
    habits=Habits(extras=0.5),
)  # fmt: skip
