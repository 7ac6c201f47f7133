"""A tabloid on Laravel and Bootstrap 5: the article is one card among cards, the writer is the first bold word of it."""

from html import escape

from tests.benchmarks.invented.developed_later import heads
from tests.benchmarks.invented.developed_later.furniture import rows, scattered, teaser
from tests.benchmarks.invented.pages import Outlet, Page, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story


def address(outlet: Outlet, story: Story) -> str:
    return f"/posts/{story.number}/{'-'.join(story.headline.split()[:4])}"


def section_address(section: Section, page: int) -> str:
    return f"/categories/{section.slug}" + (f"?page={page}" if page > 1 else "")


_ROW = '<div class="card border-0 mb-2"><div class="row g-0"><div class="col-4"><img class="img-fluid rounded-start" src="/i/{n}.webp"></div><div class="col-8"><div class="card-body py-0"><a class="text-decoration-none" href="{url}"><h6 class="card-title">{title}</h6></a></div></div></div></div>'


def _frame(page: Page, head: str, main: str) -> str:
    outlet = page.outlet
    menu = "".join(
        f'<li class="nav-item dropdown"><a class="nav-link px-2" href="{outlet.section_url(each)}">{page.out(each.label)}</a></li>'
        for each in outlet.sections
    )
    stories = rows(
        page,
        4,
        '<div class="col"><div class="card text-bg-dark"><div class="card-img-overlay"><a class="stretched-link" href="{url}">{title}</a></div></div></div>',
    )
    side = "".join(
        f'<div class="card mb-3"><div class="card-header bg-danger text-white">{page.label(rule)}</div><div class="card-body">{rows(page, 4, _ROW)}</div></div>'
        for rule in ("most", "latest")
    )
    foot = "".join(
        f'<a class="link-light me-3" href="/p/{n}">{each}</a>' for n, each in enumerate(page.several("footer", 4))
    )
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><meta name="csrf-token" content="q">{head}</head><body class="bg-body-tertiary"><nav class="navbar sticky-top navbar-dark bg-danger"><div class="container-fluid"><a class="navbar-brand" href="/">{page.out(outlet.title)}</a><ul class="navbar-nav flex-row">{menu}</ul></div></nav>'
        f'<div class="marquee bg-warning"><span class="badge text-bg-danger">{page.label("breaking")}</span> {rows(page, 3, "<a href={url}>{clock} {title}</a> ")}</div><div class="row row-cols-4">{stories}</div><div class="container"><div class="row"><div class="col-lg-8">{main}</div><div class="col-lg-4">{side}</div></div></div>'
        f'<div class="bg-dark text-center p-4">{foot}<p class="text-secondary">{page.label("follow")}</p></div></body></html>'
    )


def _more(page: Page) -> str:
    other = page.another(2)
    text = "".join(text_html(other.blocks, p='<p class="card-text">{}</p>', h="<h5>{}</h5>"))
    return (
        f'<div class="card shadow-sm mb-4"><img class="card-img-top" src="{page.image(other)}"><div class="card-body"><h2 class="card-title fw-bold">{escape(other.headline)}</h2>'
        f'{text}<a class="btn btn-outline-danger" href="{page.outlet.url(other)}">{page.label("next")}</a></div></div>'
    )


def article(page: Page) -> str:
    story = page.the
    parts = text_html(
        story.blocks,
        p='<p class="card-text">{}</p>',
        h='<p class="card-text"><b>{}</b></p>',
        quote='<figure class="text-center"><blockquote class="blockquote"><p>{}</p></blockquote></figure>',
    )
    pieces = [
        lambda: teaser(
            page,
            '<div class="card mb-3"><div class="row g-0"><div class="col-4"><img src="/x.webp"></div><div class="col-8"><div class="card-body"><small class="text-danger">{label}</small><h6 class="card-title"><a href="{url}">{title}</a></h6></div></div></div></div>',
            '<p class="card-text"><a class="link-danger" href="{url}">{label} | {title}</a></p>',
            '<ul class="list-group mb-3"><li class="list-group-item active">{label}</li><li class="list-group-item"><a href="{url}">{title}</a></li><li class="list-group-item"><a href="{url2}">{title2}</a></li></ul>',
        ),
        lambda: teaser(page, '<p class="card-text"><strong><a href="{url}">{title}</a></strong></p>', '<div class="alert alert-warning">{label} <a class="alert-link" href="{url}">{title}</a></div>'),
        lambda: f'<div class="card text-center mb-3"><div class="card-header"><small>{page.pick("ad")}</small></div><div class="card-body"><p class="card-text">{page.pick("promo")}</p></div></div>',
        lambda: f'<p class="card-text text-center">{page.pick("follow")}</p>',
    ]  # fmt: skip
    body = woven(parts, scattered(page, len(parts), pieces, 3))
    by = f"<strong>{page.out('كتب - ' + ' و '.join(story.authors))}</strong>" if story.authors else ""
    sub = f'<h2 class="h5 text-secondary">{escape(story.subtitle)}</h2>' if story.subtitle else ""
    date = f'<li class="list-inline-item"><i class="bi bi-calendar3"></i> {page.date()}</li>' if story.dated else ""
    source = (
        f'<p class="card-text"><small class="text-body-secondary">{page.out("نقلاً عن " + story.agency)}</small></p>'
        if story.agency
        else ""
    )
    tags = "".join(
        f'<a class="btn btn-sm btn-light" href="/tags/{n}">#{escape(tag)}</a>' for n, tag in enumerate(story.tags)
    )
    replies = "".join(
        f'<div class="d-flex mb-2"><div class="ms-2"><p class="mb-0">{text}</p><small>قبل ساعة</small></div></div>'
        for text in page.several("comment", page.random.randint(0, 4))
    )
    main = (
        f'<div class="card shadow-sm mb-4"><div class="card-body"><span class="badge text-bg-danger"><a class="text-white" href="{page.outlet.section_url(story.section)}">{page.out(story.section.label)}</a></span><h2 class="card-title fw-bold">{escape(story.headline)}</h2>{sub}'
        f'<ul class="list-inline small">{date}<li class="list-inline-item"><i class="bi bi-eye"></i> {page.pick("views")}</li></ul></div><img class="card-img-top" src="{page.image()}"><p class="small bg-light px-2">{page.out(story.caption)} {page.pick("credit")}</p>'
        f'<div class="card-body">{by}{body}{source}<div>{tags}</div></div><div class="card-footer"><span>{page.label("share")}</span><input class="form-control" value="{escape(story.headline)}"></div></div>'
        f'<div class="card mb-4"><div class="card-header">{page.label("comments")}</div><div class="card-body">{replies}<p class="form-text">{page.label("write_comment")}</p></div></div><h4>{page.label("related")}</h4>{_more(page)}{_more(page)}'
    )
    return _frame(page, heads.built_by(page), main)


def listing(page: Page) -> str:
    cards = "".join(
        f'<div class="col"><div class="card shadow-sm mb-4"><a href="{page.outlet.url(each)}"><img class="card-img-top" src="{page.image(each)}"></a><div class="card-body"><h2 class="card-title h6"><a class="text-decoration-none" href="{page.outlet.url(each)}">{escape(each.headline)}</a></h2><small>{page.date(each)}</small></div></div></div>'
        for each in page.shown
    )
    pager = ""
    if page.section:
        pager = "".join(
            f'<li class="page-item"><a class="page-link" href="{page.outlet.section_url(page.section, n)}">{n}</a></li>'
            for n in range(1, page.pages + 1)
        )
    return _frame(
        page,
        f"<title>{escape(page.outlet.title)}</title>",
        f'<div class="row row-cols-2">{cards}</div><ul class="pagination">{pager}</ul>',
    )


BUILD = Build(
    "tabloid_cards", article, listing, address, section_address=section_address,
    dates=("ampm-slash", "clock-first", "numeric"), zones=("Africa/Cairo", "Asia/Aden"),
    habits=Habits(extras=0.3, longest=9, undated=0.15, agencies=0.2, datelines=0.1),
)  # fmt: skip
