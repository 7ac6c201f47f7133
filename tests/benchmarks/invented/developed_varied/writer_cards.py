"""A magazine: a card with picture, name, job and mail address below the headline, which lies on a background picture."""

from html import escape

from tests.benchmarks.invented.developed_latest.frame import address, cards, pager, section_address
from tests.benchmarks.invented.developed_varied.shell import Shell, section_url, site_title, tags
from tests.benchmarks.invented.pages import Page
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits

_SHELL = Shell(
    frame='<!doctype html><html dir="rtl"><head><meta charset="utf-8"><title>{title}</title></head><body><header><a class="brand" href="/">{name}</a><nav>{menu}</nav></header>{main}<aside class="rail"><strong>{most}</strong>{boxes}</aside><footer>{footer}</footer></body></html>',
    entry='<a class="n" href="{url}">{label}</a>',
    box='<a class="r" href="{url}">{title}</a>',
    insert='<div class="tip"><span>{label}</span><a href="{url}">{title}</a></div>',
)
_JOBS = ("مراسلة ميدانية", "محرر الشؤون العربية", "كاتبة وباحثة", "صحفي استقصائي", "من فريق البيانات")


def _card(page: Page, name: str) -> str:
    mail = f"desk{page.random.randint(1, 99)}@{page.outlet.host.removeprefix('www.')}"
    return f'<div class="pc"><img src="/w/{page.random.randint(1, 40)}.jpg" alt=""><div class="pd"><div class="pn">{escape(name)}</div><div class="pj">{page.out(page.random.choice(_JOBS))}</div><div class="pm">{page.out(mail)}</div></div></div>'


def article(page: Page) -> str:
    story = page.the
    people = "".join(_card(page, name) for name in story.authors)
    source = f'<div class="org">{page.out("نشر بالاتفاق مع")} {page.out(story.agency)}</div>' if story.agency else ""
    sub = f'<div class="hs">{escape(story.subtitle)}</div>' if story.subtitle else ""
    main = (
        f'<div class="hero" style="background-image:url({page.image()})"><div class="hv"><a class="hc" href="{section_url(page, story.section)}">{page.out(story.section.label)}</a><div class="hh">{escape(story.headline)}</div>{sub}</div></div>'
        f'<div class="bar">{people}{source}<div class="pt">{page.date()}</div></div><div class="story">{_SHELL.text(page)}</div><div class="topics">{tags(page, "<a href=/t/{n}>{tag}</a>")}</div>'
    )
    return _SHELL.page(page, main, site_title(page))


def listing(page: Page) -> str:
    tiles = cards(
        page,
        '<a class="tile" href="{url}"><img src="{image}"><div class="tc">{section}</div><div class="tt">{title}</div></a>',
    )
    wide = cards(
        page,
        '<a class="wide" href="{url}" style="background-image:url({image})"><div class="tc">{section}</div><div class="tt">{title}</div><div class="td">{lead}</div></a>',
    )
    pages = pager(page, '<a href="{url}">{n}</a>')
    main = f'<section class="first">{"".join(wide[:2])}</section><section class="grid">{"".join(tiles[2:6])}</section><section class="grid three">{"".join(tiles[6:])}</section><div class="pg">{pages}</div>'
    return _SHELL.page(page, main, site_title(page))


BUILD = Build(
    "writer_cards", article, listing, address("/story/{n}"), section_address=section_address("/desk/{s}", "/{n}"),
    dates=("gulf", "maghreb", "clock-levant"), zones=("Asia/Qatar", "Africa/Tunis"),
    habits=Habits(bylines=0.7, agencies=0.2, subtitles=0.4, datelines=0.0),
)  # fmt: skip
