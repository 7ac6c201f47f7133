"""A state agency's wire: an item number, datelines with the day, initials and a clock at the end, photographs in a strip."""

from html import escape

from tests.benchmarks.invented.held_out import heads
from tests.benchmarks.invented.held_out.furniture import fixed, menu, now, optional, pager, rows, varied
from tests.benchmarks.invented.pages import Outlet, Page, Shows, text_html
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story


def address(outlet: Outlet, story: Story) -> str:
    return f"/ar/Pages/ItemView.aspx?itemId={story.number}&lang=ar"


def section_address(section: Section, page: int) -> str:
    return f"/ar/Pages/Bulletin.aspx?b={section.slug}" + (f"&pg={page}" if page > 1 else "")


def _frame(page: Page, head: str, main: str) -> str:
    name = page.out(page.outlet.title)
    wire = rows(page, 8, '<div class="wrow"><div class="wtime">{clock}</div><div class="wtext"><a href="{url}">{title}</a></div></div>')  # fmt: skip
    langs = "".join(f'<a href="/{code}/">{label}</a>' for code, label in (("en", "English"), ("fr", "Français"), ("es", "Español")))  # fmt: skip
    return (
        f'<!DOCTYPE html><html dir="rtl" lang="ar-sa"><head><meta charset="utf-8">{head}</head><body><div class="gov-strip">{fixed(page, "موقع رسمي مسجل لدى هيئة الحكومة الرقمية", "الوكالة الرسمية")}</div><div class="langs">{langs}</div><div class="logo"><a href="/ar/"><img src="/logo.svg" alt="{escape(page.outlet.title)}"></a><div class="dd">{now(page, "hijri-before")}</div></div>'
        f'<div class="mnu">{menu(page, "<a class=mi href={url}>{label}</a>")}</div><div class="cols"><div class="c-main">{main}</div><div class="c-wire"><div class="wcap">{fixed(page, "توالي البث", "النشرة الجارية")}</div>{wire}</div></div>'
        f'<div class="ftr"><div>{name}</div><div>{fixed(page, "غرفة البث: هاتف 4623333 تحويلة 210", "يحق للمشتركين وحدهم إعادة البث")}</div></div></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    parts = text_html(
        story.blocks,
        p='<p class="it">{}</p>',
        h='<p class="it"><b>{}</b></p>',
        quote='<p class="it">"{}"</p>',
        item='<p class="it">- {}</p>',
        items="{}",
    )
    signed = f'<p class="it" dir="ltr">{varied(page, "{#10-23}:{#10-59} // {code}", "// {code}//", "--({code})")}</p>'
    number = f"{story.section.slug[:2].upper()} {story.number % 1000:03} / {varied(page, '{code}')}"
    strip = "".join(f'<div class="ph"><img src="/photos/{story.number}_{n}.jpg"><span>{varied(page, "{caption}")}</span></div>' for n in range(page.random.randint(0, 2)))  # fmt: skip
    linked = ""
    if page.chance(0.4):
        linked = f'<div class="rel"><div class="relcap">{varied(page, "برقيات متصلة", "تعقيب على برقية سابقة", "إلحاقاً بخبر")}</div>{rows(page, 2, "<div class=rl><a href={url}>{title}</a></div>")}</div>'
    date = f'<span class="when">{page.date()}</span>' if story.dated else ""
    main = (
        f'<div class="itm"><div class="ihead"><span class="inum">{number}</span> <span class="isec"><a href="{escape(page.outlet.section_url(story.section))}">{page.out(story.section.label)}</a></span> {date}</div><div class="ititle">{escape(story.headline)}</div>{optional("<div class=iover>{}</div>", story.subtitle)}'
        f'<div class="iimg"><img src="{page.image()}"><span>{page.out(story.caption)}</span></div><div class="ibody">{"".join(parts)}{signed}</div>{optional("<div class=isrc>{}</div>", story.agency if not story.dateline else None, page)}<div class="strip">{strip}</div>{linked}<div class="ishare"><span>{fixed(page, "إرسال البرقية")}</span><a>X</a><a>RSS</a></div></div>'
    )
    return _frame(page, heads.titled(page, " - ", site_first=True), main)


def listing(page: Page) -> str:
    items = "".join(
        f'<div class="brow"><div class="btime">{page.date(each)}</div><div class="btitle"><a href="{escape(page.outlet.url(each))}">{escape(each.headline)}</a></div></div>'
        for each in page.shown
    )
    pages = pager(page, '<a class="pg" href="{url}">{n}</a>')
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", f'<div class="bulletin">{items}</div><div class="pgs">{pages}</div>')  # fmt: skip


BUILD = Build(
    "wire_service", article, listing, address, section_address=section_address,
    dates=("hijri-slash", "iso-clock", "clock-first"), zones=("Asia/Riyadh", "Asia/Kuwait", "Asia/Bahrain"),
    shows=Shows(tags=False, authors=False),
    habits=Habits(extras=0.15, longest=8, bylines=0.0, datelines=0.9, agencies=0.5, subtitles=0.2, tags=0.0,
                  openings=("{place} {date} -- ", "{place} {date} ({agency}) -- ")),
)  # fmt: skip
