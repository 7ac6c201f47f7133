"""A big newspaper in custom PHP: two next articles below, newsletter and app lines as paragraphs, long writer boxes."""

from html import escape
from urllib.parse import quote

from tests.benchmarks.invented.developed_more import heads
from tests.benchmarks.invented.pages import Outlet, Page, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story


def address(outlet: Outlet, story: Story) -> str:
    return f"/{story.section.slug}/{story.when:%Y/%m/%d}/{quote('-'.join(story.headline.split()))}"


def section_address(section: Section, page: int) -> str:
    return f"/{section.slug}" + (f"/page-{page}" if page > 1 else "")


def _frame(page: Page, head: str, main: str) -> str:
    outlet = page.outlet
    menu = "".join(
        f'<li><a href="{outlet.section_url(each)}">{page.out(each.label)}</a></li>' for each in outlet.sections
    )
    top = "".join(
        f'<li data-rank="{n}"><a href="{url}">{title}</a></li>' for n, (url, title) in enumerate(page.others(5), 1)
    )
    return (
        f'<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8">{head}</head><body class="desk"><section class="strip"><time datetime="{page.fetched:%Y-%m-%d}">{page.today()}</time><span>{page.pick("weather")}</span></section>'
        f'<header><h1><a href="/">{page.out(outlet.title)}</a></h1><nav><ul>{menu}</ul></nav></header><main>{main}</main><aside><h2>{page.label("most")}</h2><ol>{top}</ol><p>{page.pick("blurb")}</p></aside>'
        f"<footer><p>{page.label('footer')}</p><p>{page.label('follow')}</p></footer></body></html>"
    )


def _piece(page: Page, story: Story, inserts: dict[int, str], *, own: bool) -> str:
    out = page.out if own else escape
    parts = text_html(story.blocks, h="<h3>{}</h3>")
    by = "".join(f'<a rel="author" href="/w/{n}">{out(name)}</a> ' for n, name in enumerate(story.authors))
    sub = f'<p class="deck">{escape(story.subtitle)}</p>' if story.subtitle else ""
    date = page.date() if own else page.date(story)
    return (
        f'<article class="piece"><p class="tick"><a href="{page.outlet.section_url(story.section)}">{out(story.section.label)}</a></p><h2>{escape(story.headline)}</h2>{sub}'
        f'<div class="sig">{by}<span class="upd">{page.label("updated")} {page.today()}</span> <span class="pub">{date}</span></div><figure><img src="{page.image(story)}"><figcaption>{out(story.caption)}</figcaption></figure>'
        f'<div class="copy">{woven(parts, inserts)}</div></article>'
    )


def article(page: Page) -> str:
    story = page.the
    inserts = {2: f"<p>{page.pick('newsletter')}</p>", 5: f"<p><strong>{page.pick('follow')}</strong></p>"}
    if page.chance(0.7):
        url, title = page.others(1)[0]
        inserts[3] = (
            f'<aside><h4>{page.pick("also")}</h4><p><a href="{url}">{title}</a></p><p>{page.pick("blurb")}</p></aside>'
        )
    if story.agency:
        inserts[99] = f'<p class="from">{page.out("المصدر / " + story.agency)}</p>'
    box = "".join(
        f'<section class="writer"><h4>{page.out(name)}</h4><p>{page.pick("about_author")}</p></section>'
        for name in story.authors
    )
    tags = "".join(f'<li><a href="/tag/{quote(tag)}">{escape(tag)}</a></li>' for tag in story.tags)
    more = ""
    for _ in range(page.random.choice((0, 1, 2))):
        other = page.another()
        if other.headline not in more:
            more += _piece(page, other, {}, own=False)
    replies = "".join(f"<li><b>قارئ</b><p>{text}</p></li>" for text in page.several("comment", 3))
    main = (
        f'{_piece(page, story, inserts, own=True)}<ul class="subjects"><li>{page.label("tags")}</li>{tags}</ul><div class="act">{page.label("share")} {page.label("listen")}</div>{box}'
        f'<section class="voices"><h4>{page.label("comments")}</h4><ul>{replies}</ul><p>{page.label("write_comment")}</p></section>{more}'
    )
    return _frame(page, heads.one_for_all(page), main)


def listing(page: Page) -> str:
    pieces = "".join(
        f'<article class="piece"><a href="{page.outlet.url(each)}"><img src="{page.image(each)}"></a><h3><a href="{page.outlet.url(each)}">{escape(each.headline)}</a></h3><p>{escape(each.paragraphs[0][:110])}</p></article>'
        for each in page.shown
    )
    more = (
        f'<p class="older"><a href="{page.outlet.section_url(page.section, page.number + 1)}">{page.label("next")}</a></p>'
        if page.section
        else ""
    )
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", f"{pieces}{more}")


BUILD = Build(
    "endless_paper", article, listing, address, section_address=section_address,
    dates=("levant-clock", "maghreb-clock", "gulf-clock"), zones=("Africa/Algiers", "Asia/Kuwait"),
    habits=Habits(longest=25, extras=0.5, bylines=0.8, agencies=0.25),
)  # fmt: skip
