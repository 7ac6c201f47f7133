"""A town's paper on a plain theme: all fields in one line of words, parted by bars, with a label before each."""

from html import escape

from tests.benchmarks.invented.developed_later.furniture import rows, scattered, teaser
from tests.benchmarks.invented.developed_latest.frame import address, cards, menu, pager, section_address, titles
from tests.benchmarks.invented.pages import Page, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, head: str, main: str) -> str:
    lines = menu(page, '<a href="{url}">{label}</a> ')
    side = rows(page, 6, '<p class="sb"><a href="{url}">{title}</a></p>')
    return f'<!DOCTYPE html><html lang="ar" dir="rtl"><head>{head}</head><body><div id="hat"><b>{page.out(page.outlet.title)}</b></div><div id="bar">{lines}</div><div id="page"><div id="left">{main}</div><div id="right"><h4>{page.label("most")}</h4>{side}<p>{page.label("follow")}</p></div></div><div id="bottom">{page.label("footer")}</div></body></html>'


def article(page: Page) -> str:
    story = page.the
    fields = [f"{page.out('أضيف يوم')} {page.date()}"]
    if story.authors:
        fields.append(f"{page.out('صاحب المادة')}: {' و '.join(map(escape, story.authors))}")
    fields.append(f"{page.out('الزاوية')}: {page.out(story.section.label)}")
    if story.agency:
        fields.append(f"{page.out('نقلا عن')}: {escape(story.agency)}")
    inserts = scattered(
        page, len(story.blocks), [lambda: teaser(page, '<p class="rm">{label} .. <a href="{url}">{title}</a></p>')], 1
    )
    tags = f'<div class="kw">{page.label("tags")}: {" ، ".join(map(escape, story.tags))}</div>' if story.tags else ""
    sub = f"<h3>{escape(story.subtitle)}</h3>" if story.subtitle else ""
    main = f'<div class="post"><h2>{escape(story.headline)}</h2>{sub}<div class="info">{" | ".join(fields)}</div><img src="{page.image()}"><div class="ph">{page.out(story.caption)}</div><div class="in">{woven(text_html(story.blocks), inserts)}</div>{tags}<div class="ic">{page.label("share")}</div></div><div class="cm"><h4>{page.label("comments")}</h4><p>{page.pick("comment")}</p></div><div class="rl"><h4>{page.label("related")}</h4>{rows(page, 4, "<p><a href={url}>{title}</a></p>")}</div>'
    return _frame(page, titles(page, " » "), main)


def listing(page: Page) -> str:
    cards_html = cards(
        page,
        '<div class="it"><h3><a href="{url}">{title}</a></h3><div class="info">{date} | {section}</div><p>{lead}</p></div>',
    )
    return _frame(
        page,
        f"<title>{escape(page.outlet.title)}</title>",
        f'{"".join(cards_html)}<div class="nx">{pager(page, "<a href={url}>{n}</a> ")}</div>',
    )


BUILD = Build(
    "one_line", article, listing, address("/?p={n}"), section_address=section_address("/?cat={s}", "&paged={n}"),
    dates=("gulf", "levant-gulf", "morocco"), zones=("Asia/Gaza", "Africa/Nouakchott"),
    habits=Habits(bylines=0.6, agencies=0.3, subtitles=0.3),
)  # fmt: skip
