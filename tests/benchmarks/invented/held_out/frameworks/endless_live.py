"""A live page and an endless one: entries with their times, and the next articles appended in the markup of the first."""

from html import escape

from tests.benchmarks.invented.held_out import heads
from tests.benchmarks.invented.held_out.furniture import fixed, menu, older, people, rows, tags, varied
from tests.benchmarks.invented.pages import Outlet, Page, Shows, text_html
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story


def address(outlet: Outlet, story: Story) -> str:
    return f"/live/{story.section.slug}/{story.number}"


def section_address(section: Section, page: int) -> str:
    return f"/channel/{section.slug}/" + (f"{page}/" if page > 1 else "")


def _frame(page: Page, head: str, main: str) -> str:
    name = page.out(page.outlet.title)
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{head}</head><body class="is-rtl"><div class="masthead"><a class="masthead-brand" href="/">{name}</a><ul class="masthead-menu">{menu(page, "<li><a href={url}>{label}</a></li>")}</ul><a class="masthead-tv" href="/tv">{fixed(page, "البث المرئي", "شاشتنا الآن")}</a></div>'
        f'<div class="ticker" data-speed="3"><span class="ticker-cap">{fixed(page, "قيد المتابعة", "خبر طارئ")}</span>{rows(page, 4, "<a class=ticker-a href={url}>{title}</a>")}</div>{main}<div class="colophon"><p>{fixed(page, "شارع الصحافة 14، ص.ب 3301")}</p><p>{fixed(page, "برمجة وتنفيذ: ستوديو مدار")}</p><p>{name} 2026</p></div></body></html>'
    )


def _entries(page: Page, story: Story) -> str:
    hour, minute, entries = story.when.hour, story.when.minute, ""
    for n, html in enumerate(text_html(story.blocks, h="<h3>{}</h3>")):
        clock = f"{(hour + (minute + n * 7) // 60) % 24:02}:{(minute + n * 7) % 60:02}"
        entries += f'<li class="entry" id="e{n}"><span class="entry-at">{clock}</span><div class="entry-in">{html}</div><div class="entry-sh"><a href="#e{n}">{fixed(page, "رابط المستجد")}</a></div></li>'
    return f'<ol class="entries">{entries}</ol>'


def _flow(page: Page, story: Story) -> str:
    promo = rows(page, 1, f'<div class="flow-card"><span>{varied(page, "ننصح بـ", "وفي الملف ذاته", "توقف هنا لحظة")}</span> <a href="{{url}}">{{title}}</a></div>')  # fmt: skip
    parts = text_html(story.blocks, h="<h3>{}</h3>")
    parts.insert(min(2, len(parts)), promo)
    return f'<div class="flow">{"".join(parts)}</div>'


def _unit(page: Page, story: Story, body: str, *, own: bool) -> str:
    out = page.out if own else escape
    by = people(page, '<a class="unit-by" href="/desk/{n}">{name}</a>') if own else "".join(f'<a class="unit-by" href="/desk/9">{escape(each)}</a>' for each in story.authors)  # fmt: skip
    wire = f'<span class="unit-src">{out(story.agency)}</span>' if story.agency else ""
    sub = f'<p class="unit-deck">{escape(story.subtitle)}</p>' if story.subtitle else ""
    date = page.date() if own else page.date(story)
    hashtags = tags(page, '<a class="unit-tag" href="/hash/{n}">{tag}</a>') if own else ""
    return (
        f'<section class="unit" data-url="{page.outlet.url(story)}" data-title="{escape(story.headline)}"><a class="unit-sec" href="{page.outlet.section_url(story.section)}">{out(story.section.label)}</a><h1 class="unit-title">{escape(story.headline)}</h1>{sub}'
        f'<div class="unit-meta">{by}{wire}<span class="unit-date">{date}</span></div><figure class="unit-pic"><img src="{page.image(story)}"><figcaption>{out(story.caption)}</figcaption></figure>{body}<div class="unit-tags">{hashtags}</div><div class="unit-share"><b>{fixed(page, "أطلع غيرك")}</b><i data-n="fb"></i><i data-n="x"></i></div></section>'
    )


def article(page: Page) -> str:
    story = page.the
    live = story.number // 3 % 3 == 0  # numbers go by three
    units = _unit(page, story, _entries(page, story) if live else _flow(page, story), own=True)
    if not live:
        for _ in range(page.random.randint(1, 2)):
            other = page.another()
            units += f'<div class="gap">{fixed(page, "واصل التمرير لما يليه")}</div>' + _unit(page, other, f'<div class="flow">{"".join(text_html(other.blocks))}</div>', own=False)  # fmt: skip
    main = f'<div class="stream">{units}</div><div class="dock"><h4>{fixed(page, "أرقام المشاهدة تقول")}</h4>{rows(page, 5, "<p><em>{n}</em><a href={url}>{title}</a></p>")}</div>'
    return _frame(page, heads.social(page), main)


def listing(page: Page) -> str:
    tiles = "".join(
        f'<div class="tile"><a class="tile-a" href="{page.outlet.url(each)}"><img src="{page.image(each)}" alt="{escape(each.headline)}"><h3>{escape(each.headline)}</h3></a><span class="tile-d">{page.date(each)}</span></div>'
        for each in page.shown
    )
    more = older(page, f'<a class="more-tiles" href="{{url}}">{fixed(page, "حمّل دفعة")}</a>')
    main = f'<div class="stream">{tiles}{more}</div><div class="dock"><h4>{fixed(page, "أرقام المشاهدة تقول")}</h4>{rows(page, 5, "<p><em>{n}</em><a href={url}>{title}</a></p>")}</div>'
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", main)


BUILD = Build(
    "endless_live", article, listing, address, section_address=section_address,
    dates=("weekday-slash", "zone-clock", "ago-hours"), zones=("Asia/Qatar", "Europe/London"),
    shows=Shows(moment="machine"), habits=Habits(extras=0.3, longest=12, recent=True, datelines=0.2),
)  # fmt: skip
