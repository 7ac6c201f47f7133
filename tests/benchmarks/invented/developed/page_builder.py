"""A WordPress page builder: sections, columns and widgets around everything, the site as the author in its metadata."""

from html import escape
from urllib.parse import quote

from tests.benchmarks.invented.developed import heads
from tests.benchmarks.invented.pages import Outlet, Page, Shows, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story


def address(outlet: Outlet, story: Story) -> str:
    return f"/{quote(story.headline.replace(' ', '-'))}/"


def section_address(section: Section, page: int) -> str:
    return f"/category/{section.slug}/" + (f"page/{page}/" if page > 1 else "")


def _widget(kind: str, html: str) -> str:
    return (
        f'<div class="elementor-element elementor-widget elementor-widget-{kind}" data-widget_type="{kind}.default">'
        f'<div class="elementor-widget-container">{html}</div></div>'
    )


def _column(width: int, *widgets: str) -> str:
    return f'<div class="elementor-column elementor-col-{width}"><div class="elementor-widget-wrap">{"".join(widgets)}</div></div>'


def _section(*columns: str) -> str:
    return f'<section class="elementor-section"><div class="elementor-container">{"".join(columns)}</div></section>'


def _posts(page: Page, count: int) -> str:
    return '<div class="elementor-posts-container">' + "".join(
        f'<article class="elementor-post"><div class="elementor-post__text"><h3 class="elementor-post__title"><a href="{url}">{title}</a></h3></div></article>'
        for url, title in page.others(count)
    ) + "</div>"  # fmt: skip


def _frame(page: Page, head: str, *main: str) -> str:
    outlet = page.outlet
    menu = "".join(
        f'<li class="menu-item"><a class="elementor-item" href="{outlet.section_url(each)}">{page.out(each.label)}</a></li>'
        for each in outlet.sections
    )
    foot = "".join(f"<p>{each}</p>" for each in page.several("footer", 4))
    top = _section(_column(100, _widget("nav-menu", f'<nav><ul class="elementor-nav-menu">{menu}</ul></nav>')))
    side = _column(
        33,
        _widget("heading", f'<h4 class="elementor-heading-title">{page.label("latest")}</h4>'),
        _widget("posts", _posts(page, 5)),
        _widget(
            "form",
            f'<form><h4>{page.label("newsletter")}</h4><input type="email"><button>{page.label("send")}</button></form>',
        ),
    )
    return (
        f'<!DOCTYPE html><html dir="rtl" lang="ar"><head><meta charset="UTF-8">{head}<meta name="generator" content="Elementor 3.24"></head>'
        f'<body class="single elementor-page"><div data-elementor-type="header">{top}</div><div data-elementor-type="single-post">'
        f'{_section(_column(66, *main), side)}</div><div data-elementor-type="footer">{_section(_column(100, _widget("text-editor", foot)))}</div>'
        f'<div id="cookie-notice"><span>{page.label("cookie")}</span><a>{page.label("accept")}</a></div></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    parts = text_html(story.blocks, h='<h3><span style="color:#000">{}</span></h3>')
    url, title = page.others(1)[0]
    inserts = {2: f'<p><strong>{page.pick("also")}: <a href="{url}">{title}</a></strong></p>'}
    if page.chance(0.5):
        inserts[3] = _section(
            _column(100, _widget("heading", f"<h4>{page.pick('related')}</h4>"), _widget("posts", _posts(page, 3)))
        )
    if story.agency:
        inserts[99] = f"<p><strong>المصدر: {page.out(story.agency)}</strong></p>"
    lines = [f'<li><a href="/author/a{n}/">{page.out(name)}</a></li>' for n, name in enumerate(story.authors)]
    lines.append(f"<li><span>{page.date()}</span></li><li><span>{page.pick('min_read')}</span></li>")
    tags = " , ".join(f'<a href="/tag/{quote(tag)}/" rel="tag">{escape(tag)}</a>' for tag in story.tags)
    about = ""
    if story.authors:
        about = _widget(
            "author-box",
            f'<div class="elementor-author-box"><h4>{page.out(story.authors[0])}</h4><div>{page.pick("about_author")}</div></div>',
        )
    sub = (
        _widget("heading", f'<p class="elementor-heading-title">{escape(story.subtitle)}</p>') if story.subtitle else ""
    )
    return _frame(
        page, heads.company(page),
        _widget("post-info", f'<a href="{page.outlet.section_url(story.section)}" rel="category tag">{escape(story.section.label)}</a>'),
        _widget("theme-post-title", f'<h1 class="elementor-heading-title">{escape(story.headline)}</h1>'), sub,
        _widget("post-info", f'<ul class="elementor-inline-items">{"".join(lines)}</ul>'),
        _widget("theme-post-featured-image", f'<figure><img src="{page.image()}"><figcaption>{page.out(story.caption)}</figcaption></figure>'),
        _widget("theme-post-content", woven(parts, inserts)),
        _widget("share-buttons", f"<span>{page.label('share')}</span><div>Facebook</div><div>Telegram</div>"),
        _widget("post-info", f"<span>{page.label('tags')}: {tags}</span>" if story.tags else ""), about,
        _widget("post-comments", f'<h3>{page.label("comments")}</h3><p>{page.label("write_comment")}</p>'),
    )  # fmt: skip


def listing(page: Page) -> str:
    cards = "".join(
        f'<article class="elementor-post elementor-grid-item"><a class="elementor-post__thumbnail__link" href="{page.outlet.url(each)}"><img src="{page.image(each)}"></a>'
        f'<div class="elementor-post__text"><h3 class="elementor-post__title"><a href="{page.outlet.url(each)}">{escape(each.headline)}</a></h3>'
        f'<div class="elementor-post__meta-data"><span>{page.date(each)}</span></div></div></article>'
        for each in page.shown
    )
    pager = ""
    if page.section:
        pager = f'<nav class="elementor-pagination"><span class="page-numbers current">{page.number}</span><a class="page-numbers next" href="{page.outlet.section_url(page.section, page.number + 1)}">{page.label("next")}</a></nav>'
    return _frame(
        page, f"<title>{escape(page.outlet.title)}</title>",
        _widget("archive-posts", f'<div class="elementor-posts-container elementor-grid">{cards}</div>{pager}'),
    )  # fmt: skip


BUILD = Build(
    "page_builder", article, listing, address, section_address=section_address,
    dates=("gulf", "month-first", "ago-days"), zones=("Africa/Cairo", "Asia/Riyadh"),
    shows=Shows(moment="machine"), habits=Habits(extras=0.6, recent=True),
)  # fmt: skip
