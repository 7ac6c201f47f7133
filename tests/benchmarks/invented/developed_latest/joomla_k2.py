"""Joomla with K2: the account that posted stands where no writer is, labels before fields, "read also" as a module."""

from html import escape

from tests.benchmarks.invented.developed_later.furniture import rows, scattered, teaser
from tests.benchmarks.invented.developed_latest.frame import address, cards, menu, pager, section_address, titles
from tests.benchmarks.invented.pages import Page, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, head: str, main: str) -> str:
    lines = menu(page, '<li class="item-1"><a href="{url}">{label}</a></li>')
    latest = rows(page, 6, '<li class="even"><a class="moduleItemTitle" href="{url}">{title}</a></li>')
    return (
        f'<!DOCTYPE html><html lang="ar-aa" dir="rtl"><head>{head}<meta name="generator" content="Joomla!"></head><body class="com_k2"><div id="t3-mainnav"><ul class="nav">{lines}</ul><span>{page.today()}</span></div>'
        f'<div class="row"><div id="t3-content">{main}</div><div class="t3-sidebar"><div class="k2ItemsBlock"><h3>{page.label("latest")}</h3><ul>{latest}</ul></div></div></div><div id="t3-footer">{page.label("footer")} {page.out(page.outlet.title)}</div></body></html>'
    )


def article(page: Page) -> str:
    story, outlet = page.the, page.outlet
    who = " - ".join(map(escape, story.authors)) or page.out("Super User")
    by = f'<span class="itemAuthor">{page.out("كُتب من")} <a rel="author" href="/itemlist/user/62">{who}</a></span>'
    module = '<div class="itemModule"><h4>{label}</h4><a href="{url}">{title}</a></div>'
    inserts = scattered(
        page,
        len(story.blocks),
        [lambda: teaser(page, module, "<p><em>{label}</em> <a href='{url}'>{title}</a></p>")],
        1,
    )
    tags = "".join(f'<li><a href="/itemlist/tag/{n}">{escape(tag)}</a></li>' for n, tag in enumerate(story.tags))
    tagged = (
        f'<div class="itemTagsBlock"><span>{page.out("موسومة تحت")}</span><ul class="itemTags">{tags}</ul></div>'
        if tags
        else ""
    )
    source = (
        f'<div class="itemExtraFields"><ul><li><span class="k2l">{page.out("المصدر")}:</span> <span class="k2v">{escape(story.agency)}</span></li></ul></div>'
        if story.agency
        else ""
    )
    sub = f'<div class="itemIntroText"><p>{escape(story.subtitle)}</p></div>' if story.subtitle else ""
    main = (
        f'<div id="k2Container" class="itemView"><div class="itemHeader"><span class="itemDateCreated">{page.date()}</span><h2 class="itemTitle">{escape(story.headline)}</h2>{by}</div>'
        f'<div class="itemToolbar"><ul><li>{page.label("share")}</li><li>{page.pick("views")}</li></ul></div><div class="itemBody"><span class="itemImage"><img src="{page.image()}"></span><span class="itemImageCaption">{page.out(story.caption)}</span>{sub}<div class="itemFullText">{woven(text_html(story.blocks), inserts)}</div>{source}</div>'
        f'<div class="itemLinks"><div class="itemCategory"><span>{page.out("نشر في")}</span> <a href="{outlet.section_url(story.section)}">{escape(story.section.label)}</a></div>{tagged}</div>'
        f'<div class="itemAuthorLatest"><h3>{page.label("related")}</h3><ul>{rows(page, 4, "<li><a href={url}>{title}</a></li>")}</ul></div></div>'
    )
    return _frame(page, titles(page, " - ") + '<meta name="author" content="Super User">', main)


def listing(page: Page) -> str:
    cards_html = cards(
        page,
        '<div class="catItemView"><div class="catItemHeader"><span class="catItemDateCreated">{date}</span><h3 class="catItemTitle"><a href="{url}">{title}</a></h3></div><div class="catItemIntroText"><p>{lead}</p></div><a class="k2ReadMore" href="{url}">المزيد...</a></div>',
    )
    # K2 lists "leading", "primary" and "link" items in boxes of their own.
    lists = f'<div id="itemListLeading">{cards_html[0]}</div><div id="itemListPrimary">{"".join(cards_html[1:7])}</div><div id="itemListLinks">{"".join(cards_html[7:])}</div>'
    return _frame(
        page,
        f"<title>{escape(page.outlet.title)}</title>",
        f'<div class="itemList">{lists}</div><div class="k2Pagination">{pager(page, "<a href={url}>{n}</a>")}</div>',
    )


BUILD = Build(
    "joomla_k2", article, listing, address("/{s}/item/{n}"), section_address=section_address("/{s}", "?start={n}0"),
    dates=("levant-clock", "weekday-plain"), zones=("Asia/Baghdad", "Asia/Damascus"),
    habits=Habits(bylines=0.5, agencies=0.3, subtitles=0.5),
)  # fmt: skip
