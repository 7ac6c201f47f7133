"""Web components: elements of the site's own names, whose slots hold the fields; the text is a slot, too."""

from html import escape

from tests.benchmarks.invented.developed_later.furniture import rows, scattered, teaser
from tests.benchmarks.invented.developed_latest.frame import address, cards, menu, pager, section_address, titles
from tests.benchmarks.invented.pages import Page, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, head: str, main: str) -> str:
    lines = menu(page, '<x-link><a href="{url}">{label}</a></x-link>')
    rail = rows(page, 6, '<x-teaser><a href="{url}">{title}</a></x-teaser>')
    return f'<!doctype html><html lang="ar" dir="rtl"><head>{head}</head><body><x-app><x-bar>{lines}<x-clock>{page.today()}</x-clock></x-bar><x-page>{main}</x-page><x-rail><x-head>{page.label("latest")}</x-head>{rail}</x-rail><x-foot>{page.label("footer")} {page.label("disclaimer")}</x-foot></x-app></body></html>'


def article(page: Page) -> str:
    story = page.the
    people = "".join(
        f'<x-person><span slot="name">{escape(name)}</span><span slot="role">{page.out(page.random.choice(("محرر الشؤون المحلية", "صحفي متعاون", "مراسل")))}</span></x-person>'
        for name in story.authors
    )
    desk = "" if people else f'<x-person><span slot="name">{page.out("فريق " + page.outlet.title)}</span></x-person>'
    source = f"<x-source>{escape(story.agency)}</x-source>" if story.agency else ""
    shape = '<x-embed><x-teaser><span>{label}</span><a href="{url}">{title}</a></x-teaser></x-embed>'
    inserts = scattered(
        page,
        len(story.blocks),
        [lambda: teaser(page, shape), lambda: f"<x-embed><x-mail>{page.label('newsletter')}</x-mail></x-embed>"],
        2,
    )
    tags = "".join(f'<x-chip><a href="/explore/{n}">{escape(tag)}</a></x-chip>' for n, tag in enumerate(story.tags))
    sub = f'<span slot="sub">{escape(story.subtitle)}</span>' if story.subtitle else ""
    main = (
        f'<x-article><x-hero><span slot="kicker">{escape(story.section.label)}</span><span slot="title">{escape(story.headline)}</span>{sub}</x-hero><x-meta>{people}{desk}{source}<x-time>{page.date()}</x-time></x-meta><x-image><img src="{page.image()}"><span>{page.out(story.caption)}</span></x-image>'
        f"<x-body>{woven(text_html(story.blocks, p='<x-p>{}</x-p>', h='<x-h>{}</x-h>'), inserts)}</x-body><x-tags>{tags}</x-tags><x-share>{page.label('share')}</x-share></x-article><x-more><x-head>{page.label('related')}</x-head>{rows(page, 3, '<x-teaser><a href={url}>{title}</a></x-teaser>')}</x-more>"
    )
    return _frame(page, titles(page), main)


def listing(page: Page) -> str:
    cards_html = cards(
        page,
        '<x-card><a href="{url}"><img src="{image}"></a><x-t><a href="{url}">{title}</a></x-t><x-d>{date}</x-d></x-card>',
    )
    pages = pager(page, '<x-n><a href="{url}">{n}</a></x-n>')
    return _frame(
        page,
        f"<title>{escape(page.outlet.title)}</title>",
        f"<x-grid>{''.join(cards_html[:5])}</x-grid><x-ad>{page.label('ad')}</x-ad><x-grid>{''.join(cards_html[5:])}</x-grid><x-pager>{pages}</x-pager>",
    )


BUILD = Build(
    "elements_press", article, listing, address("/a/{n}"), section_address=section_address("/s/{s}", "/{n}"),
    dates=("month-first", "of", "ampm-words"), zones=("Asia/Dubai", "Asia/Qatar"),
    habits=Habits(bylines=0.6, agencies=0.3, subtitles=0.4),
)  # fmt: skip
