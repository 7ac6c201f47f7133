"""A page for AMP with a reader's choice: selectors, a sticky advertisement, a consent sheet, related pieces from a list."""

from html import escape

from tests.benchmarks.invented.held_out import heads
from tests.benchmarks.invented.held_out.furniture import (
    fixed,
    menu,
    older,
    optional,
    people,
    rows,
    scattered,
    tags,
    varied,
)
from tests.benchmarks.invented.pages import Outlet, Page, Shows, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story


def address(outlet: Outlet, story: Story) -> str:
    return f"/{story.section.slug}/{story.number}/amp"


def section_address(section: Section, page: int) -> str:
    return f"/{section.slug}/" + (f"{page}" if page > 1 else "")


def _frame(page: Page, head: str, main: str) -> str:
    name = page.out(page.outlet.title)
    return (
        f'<!doctype html><html amp lang="ar" dir="rtl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">{head}<style amp-boilerplate>body{{animation:none}}</style></head><body><amp-consent id="cns" layout="nodisplay"><div id="cns-ui"><p>{fixed(page, "اختر ما تسمح لنا بجمعه أثناء التصفح")}</p><button on="tap:cns.accept">{fixed(page, "الكل مسموح")}</button><button on="tap:cns.reject">{fixed(page, "الضروري فقط")}</button></div></amp-consent>'
        f'<header class="mast"><a href="/"><amp-img src="/l.png" width="120" height="30" alt="{escape(page.outlet.title)}"></amp-img></a><a class="full" href="/">{fixed(page, "النسخة الكاملة", "إلى الموقع الكامل")}</a></header><amp-sidebar id="sb" layout="nodisplay">{menu(page, "<a class=sb-a href={url}>{label}</a>")}</amp-sidebar>{main}<amp-sticky-ad layout="nodisplay"><amp-ad width="320" height="50" type="x"></amp-ad></amp-sticky-ad><footer class="end"><p>{name}</p><p>{fixed(page, "بريد الشكاوى: الدور الأرضي، شارع الاستقلال")}</p></footer></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    parts = text_html(story.blocks, h="<h2>{}</h2>")
    pieces = [
        lambda: f'<amp-embed type="taboola" width="400" height="300"><div placeholder>{fixed(page, "من الشبكة")}</div></amp-embed>',
        lambda: f'<div class="adw"><span>{fixed(page, "تستمر المادة بعد الإعلان", "فاصل")}</span><amp-ad width="300" height="250" type="x"></amp-ad></div>',
        lambda: rows(page, 1, f'<aside class="in-link"><h4>{varied(page, "قريب من هذا", "للمتابعين", "عُد إلى")}</h4><a href="{{url}}"><amp-img src="{{image}}" width="4" height="3"></amp-img>{{title}}</a></aside>'),
        lambda: f'<amp-twitter width="375" height="472" layout="responsive" data-tweetid="{story.number}"><p placeholder>{varied(page, "{tweet}")}</p></amp-twitter>',
    ]  # fmt: skip
    body = woven(parts, scattered(page, len(parts), pieces, 3))
    by = people(page, '<span class="nm">{name}</span>', ", ")
    date = f'<time class="dt">{page.date()}</time>' if story.dated else ""
    related = rows(page, 4, '<li><a href="{url}">{title}</a></li>')
    main = (
        f'<article class="pc"><p class="kk"><a href="{page.outlet.section_url(story.section)}">{page.out(story.section.label)}</a></p><h1>{escape(story.headline)}</h1>{optional("<p class=std>{}</p>", story.subtitle)}<p class="bl">{by} {optional("<span class=ag>{}</span>", story.agency, page)}</p>{date}<amp-social-share type="whatsapp"></amp-social-share><figure><amp-img src="{page.image()}" width="16" height="9" layout="responsive"></amp-img><figcaption>{page.out(story.caption)}</figcaption></figure>'
        f'<amp-selector class="sz" layout="container"><div option="s">{fixed(page, "خط ناعم")}</div><div option="l">{fixed(page, "خط عريض")}</div></amp-selector><div class="pb">{body}</div><p class="tt">{tags(page, "<a href=/t/{n}>{tag}</a>", " ")}</p></article><section class="rl"><h3>{fixed(page, "بعد القراءة", "ثلاث دقائق أخرى")}</h3><ul>{related}</ul></section>'
    )
    return _frame(page, heads.publisher_as_author(page), main)


def listing(page: Page) -> str:
    items = "".join(
        f'<div class="li"><a href="{page.outlet.url(each)}"><amp-img src="{page.image(each)}" width="4" height="3"></amp-img></a><h2><a href="{page.outlet.url(each)}">{escape(each.headline)}</a></h2><time>{page.date(each)}</time></div>'
        for each in page.shown
    )
    more = older(page, f'<a class="nx" href="{{url}}">{fixed(page, "صفحة أخرى")}</a>')
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", f'<div class="pl">{items}{more}</div>')


BUILD = Build(
    "amp_stories", article, listing, address, section_address=section_address,
    dates=("gulf-clock", "levant", "ago-days"), zones=("Asia/Dubai", "Asia/Damascus"),
    shows=Shows(moment="machine"), habits=Habits(extras=0.4, longest=11, recent=True),
)  # fmt: skip
