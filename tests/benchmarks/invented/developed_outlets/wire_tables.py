"""A news agency in tables: a dateline of city and day, the source and the editors' initials under the text, no writers, no tags."""

from html import escape

from tests.benchmarks.invented.developed_later.furniture import rows
from tests.benchmarks.invented.developed_latest.frame import address, cards, menu, section_address
from tests.benchmarks.invented.developed_outlets.fittings import elsewhere, further, section_url, text
from tests.benchmarks.invented.pages import Page
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits

_LETTERS = "سعمنرهفقط"


def _frame(page: Page, title: str, main: str) -> str:
    outlet = page.outlet
    lines = menu(page, '<tr><td class="nav"><a href="{url}">{label}</a></td></tr>')
    last = rows(page, 8, '<tr class="r"><td class="h" width="38">{clock}</td><td class="t"><a href="{url}">{title}</a></td></tr>')  # fmt: skip
    return (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>{title}</title><link rel="stylesheet" href="/agency.css"></head><body bgcolor="#ffffff" dir="rtl"><center><table width="1000" cellpadding="0" cellspacing="0"><tr><td><a href="/"><img src="/img/head.png" border="0" alt="{escape(outlet.title)}"></a></td><td class="clock">{page.today()}</td></tr></table>'
        f'<table width="1000"><tr valign="top"><td width="150"><table>{lines}</table><p class="sm">{page.label("follow")}</p></td><td width="600">{main}</td><td width="250"><table class="last"><tr><th colspan="2">{page.label("latest")}</th></tr>{last}</table></td></tr></table><table width="1000"><tr><td class="bot">{page.label("footer")}</td><td class="bot">{page.label("disclaimer")}</td></tr></table></center></body></html>'
    )


def _initials(page: Page) -> str:
    first, second = (f"{page.random.choice(_LETTERS)}.{page.random.choice(_LETTERS)}" for _ in range(2))
    return page.out(page.random.choice((f"{first} / {second}", f"{first} - {second}", f"(انتهى) {first} {second}")))


def article(page: Page) -> str:
    story = page.the
    pieces = [
        lambda: (
            f'<table align="left" class="ph"><tr><td><img src="/ph/{page.random.randint(1, 999)}.jpg" width="280"></td></tr><tr><td class="cp">{page.pick("caption")}</td></tr></table>'
        )
    ]
    body = text(
        page, pieces if page.chance(0.4) else [], 1, story.blocks, p="{}<br>\n<br>\n", h="<b>{}</b><br>\n<br>\n", quote='"{}"<br>\n<br>\n',
        item="* {}<br>\n", items="{}<br>\n", table='<table border="1" width="90%">{}</table><br>\n', row="<tr>{}</tr>",
    )  # fmt: skip
    end = f"{page.out('(' + story.agency + ')')}<br>\n" if story.agency else ""
    code = page.out(f"رقم الخبر: {story.number}")
    path = f'{page.label("home")} &gt; <a href="{section_url(page)}">{page.out(story.section.label)}</a>'
    urgent = f'<font color="red">{page.label("breaking")}</font>' if page.chance(0.25) else ""
    sub = f'<tr><td class="sub">{escape(story.subtitle)}</td></tr>' if story.subtitle else ""
    cycle = rows(page, 5, '<tr><td><a class="lnk" href="{url}">{title}</a></td></tr>')
    main = (
        f'<table width="100%"><tr><td class="path">{path}</td><td class="code">{code}</td></tr></table><table width="100%" class="doc"><tr><td class="urg">{urgent}</td></tr><tr><td class="hd">{escape(story.headline)}</td></tr>{sub}<tr><td class="dt">{page.date()} | {page.out("حجم الخط")} <a href="#">A+</a> <a href="#">A-</a> | <a href="/print/{story.number}">{page.out("طباعة")}</a></td></tr>'
        f'<tr><td align="center"><img src="{page.image()}" width="560"><div class="cp">{page.out(story.caption)}</div></td></tr><tr><td class="body">{body}{end}<br>{_initials(page)}</td></tr><tr><td class="sh">{page.label("share")}</td></tr></table><table width="100%"><tr><th>{page.label("related")}</th></tr>{cycle}</table>'
    )
    return _frame(page, f"{escape(page.outlet.title)} :: {escape(story.section.label)}", main)


def listing(page: Page) -> str:
    lead = cards(page, '<table class="lead"><tr><td><a href="{url}"><img src="{image}" width="300"></a></td><td valign="top"><a class="big" href="{url}">{title}</a><br>{lead}...<br><a href="{url}">التفاصيل</a></td></tr></table>')  # fmt: skip
    line = cards(page, '<tr class="r"><td class="h">{date}</td><td class="t"><a href="{url}">{title}</a></td></tr>')
    box = '<td width="33%" valign="top"><table class="sec"><tr><th><a href="{url}">{label}</a></th></tr>{items}</table></td>'
    others = elsewhere(page, box, '<tr><td><a href="{url}">{title}</a></td></tr>')
    more = further(page, '<tr><td></td><td class="more"><a href="{url}">{label} &lt;&lt;</a></td></tr>')
    main = (
        f'{lead[0]}<table width="100%">{"".join(line[1:])}{more}</table><table width="100%"><tr>{others}</tr></table>'
    )
    return _frame(page, escape(page.outlet.title), main)


BUILD = Build(
    "wire_tables", article, listing, address("/ar/Article/Index/{n}"), section_address=section_address("/ar/Category/{s}", "?pageno={n}"),
    dates=("clock-numbers", "year-slash", "clock-levant", "clock-first"), zones=("Asia/Kuwait", "Asia/Damascus", "Africa/Algiers"),
    habits=Habits(
        bylines=0.0, agencies=0.35, subtitles=0.2, datelines=0.9, tags=0.0, extras=0.3, longest=14,
        openings=("{place} في {date} - ", "{place} في {date} - "),
    ),
)  # fmt: skip
