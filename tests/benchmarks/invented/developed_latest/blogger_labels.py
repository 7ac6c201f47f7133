"""Blogger: the account as author of all posts, the writer in the text's first or last line, section and tags as labels."""

from html import escape

from tests.benchmarks.invented.developed_later.furniture import rows, scattered, teaser
from tests.benchmarks.invented.developed_latest.frame import address, cards, menu, section_address
from tests.benchmarks.invented.pages import Page, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, head: str, main: str) -> str:
    lines = menu(page, '<li><a href="{url}">{label}</a></li>')
    side = rows(
        page, 5, '<article class="FeaturedPost"><h3 class="post-title"><a href="{url}">{title}</a></h3></article>'
    )
    return (
        f'<!DOCTYPE html><html dir="rtl" lang="ar"><head>{head}<meta content="blogger" name="generator"></head><body class="item-view"><div class="widget PageList"><ul>{lines}</ul></div><div class="widget Header"><h1><a href="/">{page.out(page.outlet.title)}</a></h1></div><div class="widget Blog">{main}</div>'
        f'<div class="widget PopularPosts"><h3 class="title">{page.label("most")}</h3>{side}</div><div class="widget Attribution">{page.label("footer")}</div></body></html>'
    )


def article(page: Page) -> str:
    story, outlet = page.the, page.outlet
    parts = text_html(
        story.blocks,
        p='<div style="text-align: justify;"><span style="font-size: large;">{}</span></div><br>',
        h="<h2>{}</h2>",
        quote="<blockquote>{}</blockquote>",
    )
    inserts = scattered(
        page, len(parts), [lambda: teaser(page, "<div><b>{label}: <a href='{url}'>{title}</a></b></div>")], 1
    )
    if story.authors:
        first = page.outlet.key[-1] in "13579"
        line = f'<div style="text-align: right;"><b>{page.out("بقلم " + " و ".join(story.authors))}</b></div>'
        inserts[0 if first else 99] = line
    if story.agency:
        inserts[99] = (
            inserts.get(99, "") + f'<div style="text-align: left;"><i>{page.out("المصدر: " + story.agency)}</i></div>'
        )
    labels = [
        (outlet.section_url(story.section), story.section.label),
        *((f"/search/label/{n}", tag) for n, tag in enumerate(story.tags)),
    ]
    links = ", ".join(f'<a href="{escape(url)}" rel="tag">{escape(label)}</a>' for url, label in labels)
    main = (
        f'<div class="post"><h3 class="post-title entry-title">{escape(story.headline)}</h3><div class="post-header"><span class="post-author vcard">{page.out("نشر بواسطة")} <span class="fn"><a href="https://www.blogger.com/profile/1" rel="author">{page.out("غرفة الاخبار المركزية")}</a></span></span> <a class="timestamp-link" href="{escape(outlet.url(story))}">{page.date()}</a></div><div class="post-body entry-content"><div class="separator"><img src="{page.image()}"></div>{woven(parts, inserts)}</div>'
        f'<div class="post-footer"><span class="post-labels">{page.label("tags")} {links}</span><div class="share">{page.label("share")}</div></div></div><div class="related-posts"><h4>{page.label("related")}</h4>{rows(page, 3, "<div class=rp><a href={url}>{title}</a></div>")}</div>'
    )
    return _frame(page, f"<title>{escape(page.outlet.title)}: {escape(story.headline)}</title>", main)


def listing(page: Page) -> str:
    cards_html = cards(
        page,
        '<div class="post-outer"><div class="post hentry"><h3 class="post-title"><a href="{url}">{title}</a></h3><div class="snippet-thumbnail"><img src="{image}"></div><div class="post-snippet">{lead}</div><div class="jump-link"><a href="{url}">اقرأ أكثر</a></div></div></div>',
    )
    more = (
        f'<a class="blog-pager-older-link" href="{page.outlet.section_url(page.section, page.number + 1)}">{page.label("next")}</a>'
        if page.section
        else ""
    )
    return _frame(
        page,
        f"<title>{escape(page.outlet.title)}</title>",
        f'<div class="blog-posts">{"".join(cards_html)}</div>{more}',
    )


BUILD = Build(
    "blogger_labels", article, listing, address("/{d}/post-{n}.html"), section_address=section_address("/search/label/{s}", "?max={n}"),
    dates=("weekday-plain", "of", "month-first"), zones=("Africa/Khartoum", "Africa/Tripoli"),
    habits=Habits(bylines=0.5, agencies=0.3, subtitles=0.0, datelines=0.2),
)  # fmt: skip
