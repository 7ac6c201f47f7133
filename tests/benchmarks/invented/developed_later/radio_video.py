"""A broadcaster: a player on top, a few lines of text, then a wall of other clips, the schedule and the presenters."""

from html import escape

from tests.benchmarks.invented.developed_later import heads
from tests.benchmarks.invented.developed_later.furniture import clock, rows, teaser
from tests.benchmarks.invented.pages import Outlet, Page, Shows, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story


def address(outlet: Outlet, story: Story) -> str:
    return f"/watch/{story.section.slug}/{story.number}"


def section_address(section: Section, page: int) -> str:
    return f"/channel/{section.slug}" + (f"/page:{page}" if page > 1 else "")


_CLIP = '<li class="clip"><a href="{url}"><span class="thumb"><img src="/c/{n}.jpg"><i>{clock}</i></span><span class="clip-t">{title}</span></a></li>'


def _frame(page: Page, head: str, main: str) -> str:
    outlet = page.outlet
    menu = "".join(f'<a href="{outlet.section_url(each)}">{page.out(each.label)}</a>' for each in outlet.sections)
    schedule = "".join(f"<tr><td>{clock(page)}</td><td>{each}</td></tr>" for each in page.several("programme", 5))
    hosts = "".join(
        f'<div class="host"><img src="/h/{n}.png"><b>{page.out(name)}</b><p>{page.pick("about_author")}</p></div>'
        for n, name in enumerate(page.writer.several("man", 2))
    )
    return (
        f'<!DOCTYPE html><html lang="ar"><head><meta charset="UTF-8">{head}</head><body class="rtl tv"><div class="masthead"><a class="brand" href="/">{page.out(outlet.title)}</a><div class="onair"><em>{page.label("breaking")}</em> <span>{page.pick("programme")}</span> <span>98.{page.random.randint(1, 9)} FM</span></div><div class="links">{menu}</div></div>'
        f'<div class="stage">{main}</div><div class="below"><div class="guide"><h3>{page.today()}</h3><table>{schedule}</table></div><div class="hosts">{hosts}</div><ul class="wall"><li>{page.label("most")}</li>{rows(page, 6, _CLIP)}</ul></div>'
        f'<div class="legal"><span>{page.label("footer")}</span><span>{page.label("follow")}</span></div></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    parts = text_html(story.blocks, h="<p><strong>{}</strong></p>", quote="<p>- {}</p>")
    inserts = {}
    if page.chance(0.5):
        inserts[page.random.randint(1, 2)] = teaser(
            page,
            '<p><a href="{url}">▶ {title}</a></p>',
            '<div class="mini"><span>{label}</span><a href="{url}"><img src="/v.jpg"><b>{title}</b></a></div>',
            "<p>{blurb}</p><p><a href='{url}'>{title}</a></p>",
        )
    inserts[99] = f'<p>{page.pick("follow")}</p><iframe src="https://t.me/embed"></iframe>'
    credits = [f"تقرير: {name}" for name in story.authors] + ["مونتاج: وحدة الإنتاج"]
    line = "".join(f"<span>{page.out(each)}</span>" for each in credits)
    source = f"<span>{page.out(story.agency)}</span>" if story.agency else ""
    date = f'<span class="cal">{page.date()}</span>' if story.dated else ""
    tags = "".join(f'<a class="hash" href="/hash/{n}">{escape(tag)}</a>' for n, tag in enumerate(story.tags))
    transcript = "".join(
        f"<p><b>{page.pick('man')}:</b> {page.pick('comment')}</p>" for _ in range(page.random.randint(0, 4))
    )
    replies = "".join(
        f'<div class="msg"><span>{clock(page)}</span> {text}</div>' for text in page.several("comment", 2)
    )
    main = (
        f'<div class="player"><video poster="{page.image()}" controls></video><div class="hint">{page.label("listen")} <i>{clock(page)}</i></div></div><div class="about"><div class="bar"><a href="{page.outlet.section_url(story.section)}">{page.out(story.section.label)}</a>{date}<span>{page.pick("views")}</span></div>'
        f'<h2 class="name">{escape(story.headline)}</h2><div class="crew">{line}{source}</div><div class="desc">{woven(parts, inserts)}</div><div class="hashes">{tags}</div><div class="btns">{page.label("share")}</div></div>'
        f'<div class="chat"><h4>{page.label("comments")}</h4>{transcript}{replies}</div><ul class="upnext"><li>{page.label("related")}</li>{rows(page, 5, _CLIP)}</ul>'
    )
    return _frame(page, heads.escaped_ld(page), main)


def listing(page: Page) -> str:
    clips = "".join(
        f'<li class="clip"><a href="{page.outlet.url(each)}"><span class="thumb"><img src="{page.image(each)}"><i>{clock(page)}</i></span><span class="clip-t">{escape(each.headline)}</span></a><span class="cal">{page.date(each)}</span></li>'
        for each in page.shown
    )
    more = (
        f'<a class="load" href="{page.outlet.section_url(page.section, page.number + 1)}">{page.label("next")}</a>'
        if page.section
        else ""
    )
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", f'<ul class="reel">{clips}</ul>{more}')


BUILD = Build(
    "radio_video", article, listing, address, section_address=section_address,
    dates=("levant-clock", "clock-first", "ago-days"), zones=("Asia/Damascus", "Africa/Khartoum"),
    shows=Shows(subtitle=False), habits=Habits(extras=0.2, shortest=1, longest=4, recent=True, subtitles=0.0, undated=0.1),
)  # fmt: skip
