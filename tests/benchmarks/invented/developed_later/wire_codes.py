"""A wire agency: telegrams with codes at both ends, lines instead of paragraphs, the day in the dateline, more telegrams below."""

from html import escape

from tests.benchmarks.invented.developed_later import heads
from tests.benchmarks.invented.developed_later.furniture import rows, teaser
from tests.benchmarks.invented.pages import Outlet, Page, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Block, Habits, Section, Story


def address(outlet: Outlet, story: Story) -> str:
    return f"/ArticleDetails.aspx?id={story.number}&language=ar"


def section_address(section: Section, page: int) -> str:
    return f"/CategoryPage.aspx?cat={section.slug}" + (f"&pageno={page}" if page > 1 else "")


def _lines(blocks: tuple[Block, ...]) -> list[str]:
    return text_html(
        blocks,
        p="&nbsp;&nbsp; {}<br>\n",
        h="<u>{}</u><br>\n",
        quote='&nbsp;&nbsp; "{}"<br>\n',
        item="&nbsp; - {}<br>\n",
        items="{}",
        cell="{} &nbsp; ",
        row="{}<br>\n",
        table="{}",
    )


def _frame(page: Page, head: str, main: str) -> str:
    outlet = page.outlet
    menu = "".join(
        f'<td><a href="{escape(outlet.section_url(each))}">{page.out(each.label)}</a></td>' for each in outlet.sections
    )
    live = rows(page, 10, '<div class="tick"><span class="tm">{clock}</span> <a href="{url}">{title}</a></div>')
    return (
        f'<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8">{head}</head><body dir="rtl"><form id="form1"><table id="top"><tr>{menu}</tr></table><div id="clock">{page.today()} / {page.pick("weather")}</div>'
        f'<div id="live"><div class="cap">{page.label("breaking")}</div><marquee>{live}</marquee></div><div id="mid">{main}</div><div id="end">{page.out(outlet.title)} - {page.label("disclaimer")}</div></form></body></html>'
    )


def _telegram(page: Page, story: Story, inserts: dict[int, str], *, own: bool) -> str:
    out = page.out if own else escape
    code = f"{story.section.slug.upper()[:3]}/{story.number % 10000:04}/{page.writer.say('code')}"
    by = f'<div class="fm">{out("من " + " و ".join(story.authors))}</div>' if story.authors else ""
    sub = f'<div class="st">{escape(story.subtitle)}</div>' if story.subtitle else ""
    picture = f'<div class="pc"><img src="{page.image(story)}"> {out(story.caption)}</div>' if own else ""
    date = page.date() if own else page.date(story)
    return (
        f'<div class="tel"><div class="tc">{out(code)} &nbsp; {out(story.section.label)} &nbsp; {date}</div><div class="tt">{escape(story.headline)}</div>{sub}{by}{picture}'
        f'<div class="tx">{woven(_lines(story.blocks), inserts)}<span>{page.pick("end_code")}</span></div></div>'
    )


def article(page: Page) -> str:
    inserts = {}
    if page.chance(0.5):
        inserts[page.random.randint(1, 4)] = teaser(
            page,
            '&nbsp;&nbsp; <a href="{url}">({label}: {title})</a><br>\n',
            '<div class="inset"><div>{label}</div><a href="{url}">{title}</a><br><a href="{url2}">{title2}</a></div>',
        )
    tags = " / ".join(f'<a href="/Tag.aspx?t={n}">{escape(tag)}</a>' for n, tag in enumerate(page.the.tags))
    below = "".join(_telegram(page, page.another(2), {}, own=False) for _ in range(page.random.randint(1, 3)))
    source = f'<div class="sr">{page.out(page.the.agency)}</div>' if page.the.agency else ""
    main = (
        f'{_telegram(page, page.the, inserts, own=True)}{source}<div class="kw">{page.label("tags")} {tags}</div><div class="tools">{page.label("listen")} {page.label("share")}</div>'
        f'<div class="cap">{page.label("latest")}</div>{below}'
    )
    return _frame(page, heads.headline_alone(page), main)


def listing(page: Page) -> str:
    lines = "".join(
        f'<div class="tel"><div class="tc">{page.date(each)} {escape(each.section.label)}</div><div class="tt"><a href="{escape(page.outlet.url(each))}">{escape(each.headline)}</a></div></div>'
        for each in page.shown
    )
    pager = ""
    if page.section:
        pager = " ".join(
            f'<a href="{escape(page.outlet.section_url(page.section, n))}">[{n}]</a>' for n in range(1, page.pages + 1)
        )
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", f'{lines}<div class="pg">{pager}</div>')


BUILD = Build(
    "wire_codes", article, listing, address, section_address=section_address,
    dates=("zone-clock", "iso-clock", "weekday-slash"), zones=("Asia/Kuwait", "Asia/Amman", "Africa/Khartoum"),
    habits=Habits(extras=0.2, longest=8, datelines=0.95, agencies=0.6, bylines=0.3,
                  openings=("{place} في {date} -- ", "{place} في {date} /{agency}/ ")),
)  # fmt: skip
