"""A Moroccan portal on a WordPress theme whose blocks have one set of names in text, sidebar and footer; readers' comments."""

from html import escape

from tests.benchmarks.invented.developed_later.furniture import rows, teaser
from tests.benchmarks.invented.developed_latest.frame import cards, menu, section_address
from tests.benchmarks.invented.developed_outlets.fittings import elsewhere, ld, listed, section_url, slugged, text
from tests.benchmarks.invented.pages import Page, Shows
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits

_MODULE = '<div class="td_module_flex td_module_flex_1 td_module_wrap td-animation-stack"><div class="td-module-container td-category-pos-above"><div class="td-image-container"><div class="td-module-thumb"><a href="{url}" class="td-image-wrap"><span class="entry-thumb td-thumb-css"></span></a></div></div><div class="td-module-meta-info"><h3 class="entry-title td-module-title"><a href="{url}" rel="bookmark" title="{title}">{title}</a></h3></div></div></div>'


def _block(number: int, title: str, items: str) -> str:
    return f'<div class="td_block_wrap td_flex_block_1 tdi_{number} td_with_ajax_pagination td-pb-border-top" data-td-block-uid="tdi_{number}"><div class="td-block-title-wrap"><h4 class="td-block-title"><span class="td-pulldown-size">{title}</span></h4></div><div id="tdi_{number}" class="td_block_inner td-mc1-wrap">{items}</div></div>'


def _frame(page: Page, head: str, main: str) -> str:
    lines = menu(page, '<li class="menu-item menu-item-type-taxonomy menu-item-object-category tdb-menu-item-button"><a href="{url}"><div class="tdb-menu-item-text">{label}</div></a></li>')  # fmt: skip
    side = _block(61, page.label("most"), rows(page, 5, _MODULE)) + _block(62, page.label("latest"), rows(page, 4, _MODULE))  # fmt: skip
    return (
        f'<!doctype html ><html dir="rtl" lang="ar"><head><meta charset="UTF-8" />{head}<meta name="generator" content="WordPress 6.6.1" /></head><body class="rtl single single-post td-standard-pack single_template"><div id="td-outer-wrap" class="td-theme-wrap"><div class="td-header-template-wrap"><div class="tdb_header_date">{page.today()}</div><div class="tdb-logo"><a href="/"><span class="tdb-logo-text-title">{page.out(page.outlet.title)}</span></a></div><ul class="tdb-block-menu tdb-menu">{lines}</ul></div>'
        f'<div id="tdb-autoload-article"><div class="td-main-content-wrap td-container-wrap"><div class="tdc-row"><div class="vc_row wpb_row td-pb-row"><div class="vc_column td-pb-span8">{main}</div><div class="vc_column td-pb-span4 td-is-sticky">{side}</div></div></div></div></div><div class="td-footer-template-wrap">{_block(88, page.label("related"), rows(page, 3, _MODULE))}<div class="tdm-descr">{page.label("disclaimer")} {page.label("footer")}</div></div></div></body></html>'
    )


def _head(page: Page) -> str:
    story, outlet = page.the, page.outlet
    url, moment = outlet.url(story), story.when.isoformat()
    graph = [
        {"@type": "NewsArticle", "@id": f"{url}#article", "author": {"@id": "#person"}, "headline": story.headline, "datePublished": moment, "keywords": list(story.tags), "articleSection": [story.section.label], "commentCount": 3},
        {"@type": "WebPage", "@id": url, "name": f"{story.headline} - {outlet.title}", "datePublished": moment},
        {"@type": "Person", "@id": "#person", "name": page.outlet.phrase("account")},
    ]  # fmt: skip
    title = f"{escape(story.headline)} - {escape(outlet.title)}"
    return f'<title>{title}</title><meta property="og:title" content="{title}" /><meta property="article:published_time" content="{moment}" /><meta name="author" content="{escape(page.outlet.phrase("account"))}" /><meta property="og:image" content="{page.image()}" />{ld({"@context": "https://schema.org", "@graph": graph})}'


def _comments(page: Page) -> str:
    said = page.several("comment", page.random.randint(0, 4))
    replies = "".join(
        f'<li class="comment even depth-1"><article><footer><img class="avatar"/><cite class="fn">{page.pick("nick")}</cite> <span class="comment-number">{n}</span></footer><div class="comment-content tagdiv-type"><p>{each}</p></div><div class="comment-meta"><a class="comment-reply-link">{page.out("الرد")}</a></div></article></li>'
        for n, each in enumerate(said, 1)
    )
    return f'<div class="td_block_wrap tdb_single_comments tdi_79"><div class="comments" id="comments"><h4 class="td-block-title"><span>{page.label("comments")}</span></h4><ol class="comment-list">{replies}</ol><div class="comment-respond"><p class="comment-notes">{page.label("write_comment")}</p></div></div></div>'


def article(page: Page) -> str:
    story = page.the
    who = " و".join(story.authors) if len(story.authors) < 2 else " - ".join(story.authors)
    line = " - ".join(filter(None, (page.outlet.title, who, story.agency)))
    inline = '<div class="td_block_wrap td_block_related_posts tdi_33"><h4 class="td-related-title"><span>{label}</span></h4>' + _MODULE + "</div>"  # fmt: skip
    pieces = [
        lambda: teaser(page, inline, '<p><strong>{label}: <a href="{url}">{title}</a></strong></p>'),
        lambda: (
            f'<div class="td-a-rec td-a-rec-id-content_inline tdi_2"><div class="td-adspot-title">{page.pick("ad")}</div></div>'
        ),
        lambda: (
            f'<figure class="wp-block-embed is-type-video"><div class="wp-block-embed__wrapper"><iframe src="https://video.example/v"></iframe></div><figcaption>{page.pick("video")}</figcaption></figure>'
        ),
    ]
    body = text(page, pieces, 2, story.blocks, h="<h2><strong>{}</strong></h2>", quote='<blockquote class="td_pull_quote td_pull_right"><p>{}</p></blockquote>')  # fmt: skip
    tags = listed('<li><a href="/tag/{n}">{text}</a></li>', story.tags)
    tags = f'<ul class="tdb-tags"><li><span>{page.label("tags")}</span></li>{tags}</ul>' if tags else ""
    (before, one), (after, two) = page.others(2)
    turn = f'<div class="td_block_wrap tdb_single_next_prev"><div class="tdb-next-post"><span>{page.out("المقال السابق")}</span><a href="{before}">{one}</a></div><div class="tdb-next-post"><span>{page.out("المقال التالي")}</span><a href="{after}">{two}</a></div></div>'
    sub = (
        f'<div class="td_block_wrap tdb_single_subtitle"><p>{escape(story.subtitle)}</p></div>'
        if story.subtitle
        else ""
    )
    main = (
        f'<div class="td_block_wrap tdb_single_categories tdi_51"><a class="tdb-entry-category" href="{section_url(page)}">{page.out(story.section.label)}</a></div><div class="td_block_wrap tdb_title tdi_52 tdb-single-title"><div class="tdb-block-inner td-fix-index"><h1 class="tdb-title-text">{escape(story.headline)}</h1></div></div>{sub}<div class="td_block_wrap tdb_single_featured_image"><figure><img class="entry-thumb" src="{page.image()}"/><figcaption class="tdb-caption-text">{page.out(story.caption)}</figcaption></figure></div>'
        f'<div class="td_block_wrap tdb_single_author"><div class="tdb-block-inner">{page.out(line)}</div></div><div class="td_block_wrap tdb_single_date"><time class="entry-date updated td-module-date">{page.date()}</time></div><div class="td_block_wrap tdb_single_post_share"><span>{page.label("share")}</span></div><div class="td_block_wrap tdb_single_content tdi_60 td-post-content tagdiv-type"><div class="tdb-block-inner td-fix-index">{body}</div></div>{tags}{turn}{_block(70, page.label("related"), rows(page, 3, _MODULE))}{_comments(page)}'
    )
    return _frame(page, _head(page), main)


def listing(page: Page) -> str:
    entries = cards(page, _MODULE.replace("</h3>", '</h3><div class="td-editor-date"><time class="entry-date">{date}</time></div><div class="td-excerpt">{lead}</div>'))  # fmt: skip
    box = _block(45, '<a href="{url}">{label}</a>', "{items}")
    pages = "" if page.section is None else f'<div class="page-nav td-pb-padding-side">{"".join(f"<a href={escape(page.outlet.section_url(page.section, n))} class=page>{n}</a>" for n in range(1, page.pages + 1))}</div>'  # fmt: skip
    main = f'<div class="td_block_wrap td_block_big_grid_flex_1 tdi_40">{"".join(entries[:3])}</div>{_block(41, page.label("latest"), "".join(entries[3:]))}{pages}{elsewhere(page, box, _MODULE, 2)}'
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", main)


BUILD = Build(
    "tagdiv_maghreb", article, listing, slugged("/{t}-{n}.html"), section_address=section_address("/category/{s}", "/page/{n}"),
    dates=("morocco-bar", "morocco-clock", "morocco", "maghreb"), zones=("Africa/Casablanca", "Africa/Tunis"),
    shows=Shows(moment="machine"), habits=Habits(bylines=0.6, agencies=0.3, subtitles=0.15, datelines=0.1, extras=0.4, longest=16),
)  # fmt: skip
