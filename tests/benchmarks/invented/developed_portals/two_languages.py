"""A Moroccan daily on WordPress: French beside Arabic, coloured section labels, reactions, and very many comments in numbers."""

from html import escape

from tests.benchmarks.invented.developed_outlets.fittings import elsewhere, section_url, slugged, text
from tests.benchmarks.invented.developed_portals.parts import cards, comments, menu, pager, rows, section_address, share
from tests.benchmarks.invented.pages import Page, Shows
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, head: str, main: str, kind: str) -> str:
    name = escape(page.outlet.title)
    lines = menu(page, '<li class="menu-item menu-item-type-taxonomy"><a href="{url}">{label}</a></li>', '<li class="menu-item current-post-parent"><a href="{url}">{label}</a></li>')  # fmt: skip
    french = "".join(f"<li><a href='https://fr.example/{n}' lang='fr'>{each}</a></li>" for n, each in enumerate(page.several("french", 3)))  # fmt: skip
    side = rows(page, 6, '<li class="widget-item"><span class="date-card">{clock}</span><a href="{url}" title="">{title}</a></li>')  # fmt: skip
    return (
        f'<!DOCTYPE html><html dir="rtl" lang="ar"><head><meta charset="UTF-8">{head}<link rel="stylesheet" id="wp-block-library-css" href="/wp-includes/css/style.min.css"></head><body class="rtl {kind}"><div class="top-bar"><ul class="langs">{french}</ul><span>{page.today()}</span><a href="/prayer">{page.out("مواقيت الصلاة")}</a></div><header><div class="logo"><a href="/" title="{name}"></a></div><nav class="main-nav"><ul>{lines}</ul></nav></header>'
        f'<div class="container"><div class="row"><div class="col-lg-8">{main}</div><aside class="col-lg-4"><div class="widget"><h4>{page.label("latest")}</h4><ul>{side}</ul></div><div class="widget ad"><small>{page.label("ad")}</small></div><div class="widget nl"><p>{page.label("newsletter")}</p><button>{page.label("send")}</button></div></aside></div></div><footer><ul><li>{page.label("footer")}</li></ul><p>© {name}</p></footer><div class="cookie-notice"><span>{page.label("cookie")}</span><a>{page.label("accept")}</a></div></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    pieces = [
        lambda: rows(page, 1, f'<div class="read-also"><span>{page.pick("also")}</span><a href="{{url}}">{{title}}</a></div>'),
        lambda: f'<div class="ad-middle" id="div-gpt-ad-{page.random.randint(100, 999)}"><span>{page.label("ad")}</span></div>',
        lambda: f'<div class="wp-caption aligncenter"><img src="/wp-content/uploads/{page.random.randint(1, 99)}.jpg"><p class="wp-caption-text">{page.pick("caption")}</p></div>',
        lambda: f'<div class="fb-post"><blockquote><p>{page.pick("post")}</p>{page.out("Publiée par Facebook")}</blockquote></div>',
        lambda: f'<p class="fr-link"><a href="https://fr.example/a" hreflang="fr">{page.out("Lire aussi : " + page.random.choice(("le gouvernement fixe une date", "ce que dit le rapport", "la saison reprend samedi")))}</a></p>',
    ]  # fmt: skip
    body = text(page, pieces, 3, story.blocks, h="<h3>{}</h3>", quote="<blockquote>{}</blockquote>")
    own = page.out(page.outlet.title)
    if story.authors:
        name = " و".join(
            f'<a href="/author/{n}" rel="author">{escape(each)}</a>' for n, each in enumerate(story.authors)
        )
        by = f'<span class="author"><i>{own}</i> - {name}</span>'
        if page.chance(0.3):
            by = f'<span class="author"><i>{own}</i> - {name} ({page.out("صحافي متدرب")})</span>'
        by += f'<span class="source">({escape(story.agency)})</span>' if story.agency else ""
    else:
        by = f'<span class="author"><i>{own}</i>{" - " + escape(story.agency) if story.agency else ""}</span>'
    tags = "".join(f'<a href="/tag/{n}" rel="tag">{escape(tag)}</a>' for n, tag in enumerate(story.tags))
    below = f'<section class="box-tags"><h5>{page.label("tags")}</h5><div>{tags}</div></section>' if tags else ""
    count = page.random.randint(0, 90)
    said = comments(page, '<li class="comment even depth-1" id="comment-{n}"><div class="comment-body"><div class="comment-head"><span class="fn">{nick}</span><span class="order">{n}</span></div><div class="comment-text"><p>{text}</p></div><div class="comment-reacts"><span>+</span><span>12</span><span>-</span></div></div></li>', 5)  # fmt: skip
    reacts = "".join(f"<button><em>{each}</em><b>{page.random.randint(0, 40)}</b></button>" for each in page.several("react", 4))  # fmt: skip
    tv = f'<div class="tv-strip"><h4>TV</h4>{rows(page, 3, "<a href={url}><img src={image}><span>{title}</span></a>")}</div>'
    main = (
        f'<article class="post type-post status-publish"><header class="post-header"><a class="cat" style="background:#d6213b" href="{section_url(page)}">{page.out(story.section.label)}</a><h1 class="post-title">{escape(story.headline)}</h1><figure class="ratio-medium"><img src="{page.image()}" class="wp-post-image"></figure><div class="post-meta">{by}<span class="date-post">{page.date()}</span></div><div class="share-tools"><span>{page.out(str(count))} {page.out("تعليقا")}</span>{share(page, "<a>{text}</a>")}<a href="#">{page.label("tools")}</a></div></header>'
        f'<div class="article-content">{body}</div><div class="channels"><p>{page.label("follow")}</p></div>{below}</article><div class="reactions"><h5>{page.out("ما رأيك في هذا الموضوع؟")}</h5>{reacts}</div>{tv}<section class="related"><h4>{page.label("related")}</h4>{rows(page, 4, "<div class=card><a href={url} class=stretched-link></a><h3>{title}</h3></div>")}</section><section id="comments"><h4>{page.label("comments")}</h4><ul class="comment-list">{said}</ul><p>{page.label("write_comment")}</p></section>'
    )
    head = f'<title>{escape(story.headline)}</title><meta property="og:title" content="{escape(story.headline)}"><meta property="og:image" content="{page.image()}"><meta property="og:site_name" content="{escape(page.outlet.title)}"><meta name="generator" content="WordPress 6.8">'
    return _frame(page, head, main, "single single-post")


def listing(page: Page) -> str:
    over = cards(page, '<div class="cover"><div class="overlay card"><a href="{url}" class="stretched-link" title="{title}"></a><img src="{image}"><span class="cat">{section}</span><div class="card-body"><h3 class="card-title">{title}</h3></div></div></div>')  # fmt: skip
    grid = cards(page, '<div class="col-6"><div class="card"><a href="{url}" class="stretched-link" title="{title}"></a><div class="card-img-top"><img data-lazy-src="{image}"></div><div class="card-body"><small class="time">{date}</small><h3 class="card-title">{title}</h3></div></div></div>')  # fmt: skip
    others = elsewhere(page, '<section class="home-cat"><h2><a href="{url}">{label}</a></h2><div class="row">{items}</div></section>', '<div class="col-4"><a href="{url}"><img src="{image}"></a><h4><a href="{url}">{title}</a></h4></div>')  # fmt: skip
    pages = pager(page, '<a class="page-numbers" href="{url}">{n}</a>', '<span class="page-numbers current">{n}</span>')
    tv = f'<div class="partners"><a href="https://fr.example/">{page.pick("french")}</a></div>'
    label = f'<h1 class="archive-title">{escape(page.section.label)}</h1>' if page.section else ""
    main = f'{label}{over[0]}<div class="row">{"".join(grid[1:5])}</div>{tv}<div class="row posts-grid">{"".join(grid[5:])}</div><div class="nav-links">{pages}</div>{others}'
    return _frame(
        page, f"<title>{escape(page.outlet.title)}</title>", main, "home" if page.section is None else "archive"
    )


BUILD = Build(
    "two_languages", article, listing, slugged("/{t}-{n}.html"), section_address=section_address("/{s}", "/page/{n}"),
    dates=("morocco", "morocco-clock", "morocco-bar"), zones=("Africa/Casablanca",),
    habits=Habits(bylines=0.75, agencies=0.25, subtitles=0.0, datelines=0.0, tags=0.6, extras=0.2, shortest=4, longest=14),
    shows=Shows(subtitle=False),
)  # fmt: skip
