"""A magazine of essays: the first paragraph stands in the head, initials and pull quotes in the text, long biographies."""

from html import escape

from tests.benchmarks.invented.developed_later import heads
from tests.benchmarks.invented.developed_later.furniture import rows, scattered, teaser
from tests.benchmarks.invented.pages import Outlet, Page, Shows, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story


def address(outlet: Outlet, story: Story) -> str:
    return f"/essays/{'-'.join(story.headline.replace(':', '').replace('؟', '').split())}-{story.number}"


def section_address(section: Section, page: int) -> str:
    return f"/shelf/{section.slug}" + (f"/{page}/" if page > 1 else "/")


def _frame(page: Page, head: str, main: str) -> str:
    outlet = page.outlet
    menu = "".join(
        f'<li><a href="{outlet.section_url(each)}">{page.out(each.label)}</a></li>' for each in outlet.sections
    )
    foot = "".join(f"<dd>{each}</dd>" for each in page.several("footer", 4))
    return (
        f'<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{head}</head><body class="paper"><div class="cover"><p class="issue">{page.out(f"العدد {page.outlet.stories[0].number % 300}")}</p><p class="nameplate"><a href="/">{page.out(outlet.title)}</a></p><ul class="shelves">{menu}</ul></div>'
        f'{main}<div class="subscribe"><p>{page.label("newsletter")}</p><a>{page.label("send")}</a></div><dl class="colophon"><dt>{page.out(outlet.title)}</dt>{foot}</dl></body></html>'
    )


def _initial(part: str) -> str:
    first, rest = part.removeprefix("<p>").split(" ", 1)
    return f'<p class="opening"><span class="initial">{first}</span> {rest}'


def article(page: Page) -> str:
    story = page.the
    lead, *parts = text_html(
        story.blocks,
        h='<p class="interhead">* * *<br></p><p class="interhead">{}</p>',
        quote='<blockquote class="verse">{}</blockquote>',
    )
    if parts and parts[0].startswith("<p>"):
        parts[0] = _initial(parts[0])
    texts = [block.lines[0] for block in story.blocks if block.kind == "p"]
    pieces = [
        lambda: f'<div class="pull"><p>{page.out(page.random.choice(texts).split(". ")[0].strip("."))}</p></div>',
        lambda: teaser(
            page,
            '<div class="margin-note"><span>{label}</span><p><a href="{url}">{title}</a></p><p>{blurb}</p></div>',
            '<p class="see">[{label}: <a href="{url}">{title}</a>]</p>',
            '<div class="margin-note"><p><a href="{url}">{title}</a></p><p><a href="{url2}">{title2}</a></p></div>',
        ),
        lambda: (
            f'<div class="illus"><img src="/d/{story.number}.png"><p>{page.pick("caption")}</p><p>{page.pick("credit")}</p></div>'
        ),
    ]
    body = woven(parts, scattered(page, len(parts), pieces, 3))
    names = "".join(f"<p>{page.out(name)}</p>" for name in story.authors)
    lives = "".join(
        f'<div class="life"><img src="/p/{n}.jpg"><p><strong>{page.out(name)}</strong> {page.pick("about_author")}</p></div>'
        for n, name in enumerate(story.authors)
    )
    lives += f'<div class="life"><p>{page.label("disclaimer")}</p></div>'
    date = f'<p class="dated">{page.date()}</p>' if story.dated else ""
    sub = f'<p class="under">{escape(story.subtitle)}</p>' if story.subtitle else ""
    tags = "، ".join(f'<a href="/w/{n}">{escape(tag)}</a>' for n, tag in enumerate(story.tags))
    main = (
        f'<div class="opening-spread"><p class="shelf"><a href="{page.outlet.section_url(story.section)}">{page.out(story.section.label)}</a></p><p class="heading">{escape(story.headline)}</p>{sub}<div class="hands">{names}</div>{date}'
        f'<img src="{page.image()}"><p class="plate">{page.out(story.caption)}</p><div class="standfirst">{lead}</div></div><div class="essay"><div class="measure">{body}</div></div>'
        f'<div class="after">{lives}<p class="words">{page.label("tags")}: {tags}</p><p>{page.pick("min_read")} · {page.label("share")}</p></div><div class="others"><p class="heading">{page.label("related")}</p>{rows(page, 4, "<div class=essay-card><p class=heading><a href={url}>{title}</a></p></div>")}</div>'
    )
    return _frame(page, heads.headline_alone(page), main)


def listing(page: Page) -> str:
    cards = "".join(
        f'<div class="essay-card"><p class="hands">{escape("، ".join(each.authors))}</p><p class="heading"><a href="{page.outlet.url(each)}">{escape(each.headline)}</a></p><p>{escape(each.paragraphs[0])}</p></div>'
        for each in page.shown
    )
    more = (
        f'<p class="turn"><a href="{page.outlet.section_url(page.section, page.number + 1)}">{page.label("next")}</a></p>'
        if page.section
        else ""
    )
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", f'<div class="contents">{cards}{more}</div>')


BUILD = Build(
    "opinion_magazine", article, listing, address, section_address=section_address,
    dates=("of", "gulf", "dual"), zones=("Asia/Beirut", "Africa/Tunis"),
    shows=Shows(agency=False), habits=Habits(extras=0.9, shortest=4, longest=22, bylines=0.95, agencies=0.0, datelines=0.0, undated=0.2),
)  # fmt: skip
