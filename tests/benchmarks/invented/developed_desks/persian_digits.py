"""A channel of the eastern shore: its dates and counts in Persian digits, short news, tables for the layout, a clip on top."""

from html import escape

from tests.benchmarks.invented.developed_desks.fittings import chips, clock, persian
from tests.benchmarks.invented.developed_portals.parts import address, cards, menu, rows, section_address
from tests.benchmarks.invented.developed_regions.fittings import about, boxes, head, here, text
from tests.benchmarks.invented.pages import Page, Shows
from tests.benchmarks.invented.printed_dates import printed
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, top: str, main: str) -> str:
    lines = menu(page, '<td class="m"><a href="{url}">{label}</a></td>')
    side = rows(page, 7, '<tr><td class="num">{n}</td><td><a class="lnk" href="{url}">{title}</a></td></tr>')
    return (
        f'<html dir="rtl"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">{top}</head><body><table width="1000" align="center"><tr><td colspan="2"><a href="/"><img src="/banner.gif" alt="{escape(page.outlet.title)}"></a></td></tr><tr><td colspan="2"><table class="menu"><tr>{lines}<td>{persian(page.today())}</td><td class="clk">{persian(clock(page))}</td></tr></table></td></tr><tr><td valign="top" width="700">{main}</td><td valign="top" width="300"><div class="bx">{page.label("most")}</div><table class="lst">{side}</table></td></tr>'
        f'<tr><td colspan="2" class="ftr">{about(page, "<a>{text}</a> | ")}<br>{page.label("footer")}</td></tr></table></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    pieces = [
        lambda: (
            f'<table class="rel"><tr><td>{page.pick("also")}:</td></tr><tr><td>{rows(page, 2, "<a class=lnk href={url}>{title}</a><br>")}</td></tr></table>'
        ),
        lambda: f'<center><img src="/pics/{page.random.randint(1, 90)}.jpg"><br><i>{page.pick("caption")}</i></center>',
    ]
    body = text(page, pieces, 2, p='<p align="justify"><font size="3">{}</font></p>', h='<p><b><font color="#900">{}</font></b></p>', quote='<p align="center"><font size="4">"{}"</font></p>')  # fmt: skip
    code = persian(f"{page.random.randint(100000, 999999)}")
    day = page.out(persian(printed(page.outlet.date_form, story.when)))
    agency = f'<tr><td class="k">{page.out("المصدر:")}</td><td>{escape(story.agency)}</td></tr>' if story.agency else ""
    tags = (
        f'<table class="kw"><tr><td>{page.label("tags")}</td><td>{chips(page, "<a href=/kw/{n}>{text}</a>", " - ")}</td></tr></table>'
        if story.tags
        else ""
    )
    sub = f'<div class="rotitr2">{escape(story.subtitle)}</div>' if story.subtitle else ""
    kicker = f'<div class="rotitr">{page.pick("kicker")}</div>' if page.chance(0.4) else ""
    main = (
        f'<div class="path"><a href="/">{page.label("home")}</a> &gt; <a href="{here(page)}">{page.out(story.section.label)}</a></div><table class="info"><tr><td class="k">{page.out("رمز الخبر:")}</td><td>{page.out(code)}</td></tr><tr><td class="k">{page.out("التاريخ:")}</td><td>{day}</td></tr>{agency}</table>{kicker}<div class="titr">{escape(story.headline)}</div>{sub}<div class="vid"><img src="{page.image()}"><span>{page.out(story.caption)}</span></div><div class="matn">{body}<p align="left">{page.out(page.outlet.phrase("initials"))}</p></div><div class="fb">{page.pick("help")}</div>{tags}'
        f'<div class="bx">{page.label("related")}</div><table class="lst">{rows(page, 4, "<tr><td><img src={image}></td><td><a class=lnk href={url}>{title}</a></td></tr>")}</table>'
    )
    return _frame(page, head(page, f'<meta name="description" content="{escape(page.outlet.title)}"><meta property="og:image" content="{page.image()}">', title="{outlet} - {title}"), main)  # fmt: skip


def listing(page: Page) -> str:
    lines = cards(page, '<tr><td><a href="{url}"><img src="{image}"></a></td><td><a class="lnk" href="{url}">{title}</a><div class="ld">{lead}...</div></td></tr>')  # fmt: skip
    wide = cards(
        page,
        '<table class="big"><tr><td><a href="{url}"><img src="{image}"></a></td></tr><tr><td><a class="titr" href="{url}">{title}</a></td></tr></table>',
    )
    title = f'<div class="bx">{escape(page.section.label)}</div>' if page.section else ""
    more = f'<a href="{escape(page.outlet.section_url(page.section, page.number + 1))}">{page.label("next")}</a>' if page.section else ""  # fmt: skip
    others = boxes(page, '<div class="bx"><a href="{url}">{label}</a></div><table class="lst">{items}</table>', '<tr><td><a class="lnk" href="{url}">{title}</a></td></tr>') if page.section else ""  # fmt: skip
    return _frame(page, head(page), f'{title}{wide[0]}<table class="lst">{"".join(lines[1:])}</table>{more}{others}')


BUILD = Build(
    "persian_digits", article, listing, address("/ar/news/{n}"), section_address=section_address("/ar/service/{s}", "/{n}"),
    dates=("weekday-clock", "clock-first", "year-slash"), zones=("Asia/Tehran", "Asia/Baghdad"),
    shows=Shows(authors=False),
    habits=Habits(bylines=0.0, agencies=0.35, subtitles=0.4, datelines=0.2, tags=0.6, extras=0.3, longest=9),
)  # fmt: skip
