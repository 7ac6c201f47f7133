"""A Maghreb daily on WordPress with a page builder: sections, columns and widgets; an icon list for the date; toggles."""

from html import escape

from tests.benchmarks.invented.developed_portals.parts import (  # fmt: skip
    address,
    cards,
    comments,
    menu,
    pager,
    rows,
    section_address,
)
from tests.benchmarks.invented.developed_regions.fittings import about, boxes, head, here, text
from tests.benchmarks.invented.pages import Page
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _widget(kind: str, inner: str, code: str = "5f2a1c") -> str:
    return f'<div class="elementor-element elementor-element-{code} elementor-widget elementor-widget-{kind}" data-element_type="widget" data-widget_type="{kind}.default"><div class="elementor-widget-container">{inner}</div></div>'


def _column(size: int, inner: str) -> str:
    return f'<div class="elementor-column elementor-col-{size} elementor-top-column" data-element_type="column"><div class="elementor-widget-wrap elementor-element-populated">{inner}</div></div>'


def _section(inner: str) -> str:
    return f'<section class="elementor-section elementor-top-section elementor-section-boxed"><div class="elementor-container elementor-column-gap-default">{inner}</div></section>'


def _frame(page: Page, top: str, main: str) -> str:
    lines = menu(page, '<li class="menu-item menu-item-type-taxonomy"><a href="{url}" class="elementor-item">{label}</a></li>', '<li class="menu-item current-post-ancestor"><a href="{url}" class="elementor-item">{label}</a></li>')  # fmt: skip
    logo = _widget("theme-site-logo", f'<a href="/"><img src="/wp-content/uploads/logo.png" alt="{escape(page.outlet.title)}"></a>')  # fmt: skip
    bar = _widget("nav-menu", f'<nav class="elementor-nav-menu--main"><ul class="elementor-nav-menu">{lines}</ul></nav><div class="elementor-menu-toggle"><span class="elementor-screen-only">{page.out("Menu")}</span></div>')  # fmt: skip
    pages = rows(page, 3, '<li><a href="{url}">{title}</a></li>')
    foot = _section(_column(50, _widget("heading", f'<h4 class="elementor-heading-title">{page.label("most")}</h4>') + _widget("wp-widget-recent-posts", f"<ul>{pages}</ul>")) + _column(50, _widget("text-editor", f'<p>{page.label("footer")}</p><p>{about(page, "{text} | ")}</p>')))  # fmt: skip
    return (
        f'<!DOCTYPE html><html dir="rtl" lang="ar"><head><meta charset="UTF-8">{top}</head><body class="rtl single elementor-default"><div data-elementor-type="header" class="elementor elementor-location-header">{_section(_column(33, logo) + _column(66, bar))}</div>'
        f'{main}<div data-elementor-type="footer" class="elementor elementor-location-footer">{foot}</div></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    pieces = [
        lambda: f'<div class="code-block code-block-3"><p>{page.label("ad")}</p></div>',
        lambda: f'<p style="text-align: right;"><span style="color: #ff0000;"><strong>{page.pick("also")} : </strong></span>{rows(page, 1, "<a href={url}>{title}</a>")}</p>',
        lambda: f'<blockquote class="wp-embedded-content"><p>{rows(page, 1, "<a href={url}>{title}</a>")}</p></blockquote>',
        lambda: f'<figure class="wp-caption aligncenter"><img src="/wp-content/uploads/{page.random.randint(1, 99)}.jpg"><figcaption class="wp-caption-text">{page.pick("caption")}</figcaption></figure>',
        lambda: f'<iframe src="https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fp%2Fvideos%2F{page.random.randint(1, 10**6)}" width="560"></iframe>',
    ]  # fmt: skip
    body = text(page, pieces, 3, p='<p style="text-align: right;">{}</p>', h='<p style="text-align: right;"><span style="color: #003366;"><strong>{}</strong></span></p>', quote='<p style="text-align: right;"><strong>«{}»</strong></p>', item='<li style="text-align: right;">{}</li>')  # fmt: skip
    line = '<li class="elementor-icon-list-item elementor-inline-item"><span class="elementor-icon-list-icon"><i class="fas {}"></i></span><span class="elementor-icon-list-text elementor-post-info__item">{}</span></li>'
    infos = line.format("fa-calendar", page.date()) + line.format(
        "fa-eye", page.out(f"{page.random.randint(20, 9000)} مشاهدة")
    )
    if page.chance(0.5):
        infos += line.format("fa-comment", page.out("لا توجد تعليقات"))
    if story.agency:
        infos += line.format("fa-rss", escape(story.agency))
    people = "".join(
        f'<div class="elementor-author-box"><div class="elementor-author-box__avatar"><img src="/avatar/{n}.jpg" alt=""></div><div class="elementor-author-box__text"><div><h4 class="elementor-author-box__name">{escape(each)}</h4></div><div class="elementor-author-box__bio"><p>{page.pick("job")}</p></div></div></div>'
        for n, each in enumerate(story.authors)
    )
    tags = ", ".join(f'<a href="/tag/{n}/" class="elementor-post-info__terms-list-item">{escape(each)}</a>' for n, each in enumerate(story.tags))  # fmt: skip
    sub = _widget("theme-post-excerpt", escape(story.subtitle)) if story.subtitle else ""
    grid = rows(page, 4, '<article class="elementor-post elementor-grid-item"><a class="elementor-post__thumbnail__link" href="{url}"><img src="{image}"></a><div class="elementor-post__text"><h3 class="elementor-post__title"><a href="{url}">{title}</a></h3></div></article>')  # fmt: skip
    replies = comments(page, '<li class="comment"><div class="comment-author"><b class="fn">{nick}</b></div><p>{text}</p></li>')  # fmt: skip
    main_column = [
        _widget("breadcrumbs", f'<p id="breadcrumbs"><span><a href="/">{page.label("home")}</a></span> » <span><a href="{here(page)}">{page.out(story.section.label)}</a></span> » <span class="breadcrumb_last">{escape(story.headline)}</span></p>'),
        _widget("theme-post-title", f'<h1 class="elementor-heading-title elementor-size-default">{escape(story.headline)}</h1>'),
        sub,
        _widget("post-info", f'<ul class="elementor-inline-items elementor-icon-list-items elementor-post-info">{infos}</ul>'),
        _widget("theme-post-featured-image", f'<figure class="wp-caption"><img src="{page.image()}" alt=""><figcaption class="widget-image-caption wp-caption-text">{page.out(story.caption)}</figcaption></figure>'),
        _widget("share-buttons", f'<div class="elementor-grid">{"".join(f"<span class=elementor-share-btn__title>{page.out(each)}</span>" for each in ("Facebook", "X", "WhatsApp"))}</div>'),
        _widget("theme-post-content", body),
        _widget("author-box", people) if people else "",
        _widget("post-info", f'<ul class="elementor-post-info"><li><span class="elementor-post-info__item-prefix">{page.label("tags")}</span> {tags}</li></ul>') if tags else "",
        _widget("post-navigation", f'<div class="elementor-post-navigation">{rows(page, 2, "<a href={url}><span class=post-navigation__title>{title}</span></a>")}</div>'),
        _widget("heading", f'<h2 class="elementor-heading-title">{page.label("related")}</h2>') + _widget("posts", f'<div class="elementor-posts-container">{grid}</div>'),
        _widget("post-comments", f'<section id="comments"><h2>{page.label("comments")}</h2><ol>{replies}</ol></section>'),
    ]  # fmt: skip
    side = _widget("heading", f'<h4 class="elementor-heading-title">{page.label("latest")}</h4>') + _widget("posts", rows(page, 6, '<article class="elementor-post"><h3 class="elementor-post__title"><a href="{url}">{title}</a></h3></article>'))  # fmt: skip
    main = f'<div data-elementor-type="single-post" class="elementor elementor-location-single post type-post">{_section(_column(66, "".join(main_column)) + _column(33, side))}</div>'
    meta = f'<meta property="og:type" content="article"><meta property="og:title" content="{escape(story.headline)}"><meta property="og:image" content="{page.image()}"><meta name="twitter:data1" content="redaction">'
    return _frame(page, head(page, meta), main)


def listing(page: Page) -> str:
    item = cards(page, '<article class="elementor-post elementor-grid-item post"><a class="elementor-post__thumbnail__link" href="{url}"><div class="elementor-post__thumbnail"><img src="{image}"></div></a><div class="elementor-post__text"><h3 class="elementor-post__title"><a href="{url}">{title}</a></h3><div class="elementor-post__meta-data"><span class="elementor-post-date">{date}</span></div><div class="elementor-post__excerpt"><p>{lead}</p></div><a class="elementor-post__read-more" href="{url}">المزيد »</a></div></article>')  # fmt: skip
    title = _widget("theme-archive-title", f'<h1 class="elementor-heading-title">{escape(page.section.label)}</h1>') if page.section else ""  # fmt: skip
    links = pager(page, '<a class="page-numbers" href="{url}">{n}</a>', '<span class="page-numbers current">{n}</span>')
    others = ""
    if page.section is None:
        box = _section(_column(100, _widget("heading", '<h2 class="elementor-heading-title"><a href="{url}">{label}</a></h2>') + _widget("posts", "{items}")))  # fmt: skip
        others = boxes(page, box, '<article class="elementor-post"><h3 class="elementor-post__title"><a href="{url}">{title}</a></h3></article>')  # fmt: skip
    main = f'<div data-elementor-type="archive" class="elementor">{_section(_column(100, title + _widget("archive-posts", f"""<div class="elementor-posts-container">{"".join(item)}</div><nav class="elementor-pagination">{links}</nav>""")))}{others}</div>'
    return _frame(page, head(page), main)


BUILD = Build(
    "builder_widgets", article, listing, address("/{d}/post-{n}/"), section_address=section_address("/category/{s}/", "page/{n}/"),
    dates=("maghreb", "morocco", "maghreb-dash", "morocco-bar"), zones=("Africa/Algiers", "Africa/Casablanca", "Africa/Tunis"),
    habits=Habits(bylines=0.7, agencies=0.25, subtitles=0.25, datelines=0.15, tags=0.6, extras=0.5, shortest=3, longest=14),
)  # fmt: skip
