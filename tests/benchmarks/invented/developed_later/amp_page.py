"""A page for AMP: components instead of elements, carousels and embeds with their fallback text, next pages below."""

from html import escape

from tests.benchmarks.invented.developed_later import heads
from tests.benchmarks.invented.developed_later.furniture import rows, scattered, teaser
from tests.benchmarks.invented.pages import Outlet, Page, Shows, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story


def address(outlet: Outlet, story: Story) -> str:
    return f"/amp/{story.section.slug}/{story.number}.html"


def section_address(section: Section, page: int) -> str:
    return f"/amp/{section.slug}/" + (f"page{page}.html" if page > 1 else "")


def _frame(page: Page, head: str, main: str) -> str:
    outlet = page.outlet
    menu = "".join(
        f'<li><a href="{outlet.section_url(each)}">{page.out(each.label)}</a></li>' for each in outlet.sections
    )
    foot = "".join(f"<p>{each}</p>" for each in page.several("footer", 3))
    return (
        f'<!doctype html><html ⚡ lang="ar" dir="rtl"><head><meta charset="utf-8"><script async src="https://cdn.ampproject.org/v0.js"></script>{head}<style amp-custom>.hd{{top:0}}</style></head><body>'
        f'<amp-sidebar id="m" layout="nodisplay" side="right"><ul>{menu}</ul><p>{page.label("follow")}</p></amp-sidebar><div class="hd"><button on="tap:m.toggle">☰</button><a href="/amp/">{page.out(outlet.title)}</a></div>'
        f'<amp-user-notification layout="nodisplay" id="n"><p>{page.label("cookie")}</p><button on="tap:n.dismiss">{page.label("accept")}</button></amp-user-notification>{main}<div class="ft">{foot}</div></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    parts = text_html(story.blocks, h="<h4>{}</h4>", quote='<p class="qt">{}</p>')
    pieces = [
        lambda: (
            f'<amp-twitter data-tweetid="{story.number}" layout="responsive"><blockquote placeholder><p>{page.pick("post")}</p></blockquote></amp-twitter>'
        ),
        lambda: f'<amp-ad type="doubleclick"><div fallback>{page.pick("ad")}</div></amp-ad>',
        lambda: teaser(
            page,
            '<amp-carousel type="slides"><a href="{url}"><amp-img src="/t.jpg"></amp-img><p>{title}</p></a><a href="{url2}"><amp-img src="/t.jpg"></amp-img><p>{title2}</p></a></amp-carousel>',
            '<p class="rl"><b>{label}</b> <a href="{url}">{title}</a></p>',
            '<div class="bx"><p>{label}</p><ul><li><a href="{url}">{title}</a></li><li><a href="{url2}">{title2}</a></li></ul></div>',
        ),
        lambda: f'<amp-list src="/related.json"><div placeholder>{page.pick("blurb")}</div></amp-list>',
    ]
    body = woven(parts, scattered(page, len(parts), pieces, 3))
    line = " - ".join(
        [
            *(page.out(name) for name in story.authors),
            *([page.out(story.agency)] if story.agency else []),
            *([page.date()] if story.dated else []),
        ]
    )
    tags = " ".join(f'<a href="/amp/tag/{n}.html">{escape(tag)}</a>' for n, tag in enumerate(story.tags))
    other = page.another(1)
    sub = f"<p class='sb'>{escape(story.subtitle)}</p>" if story.subtitle else ""
    share = "".join(f'<amp-social-share type="{each}"></amp-social-share>' for each in ("twitter", "whatsapp"))
    main = (
        f'<div class="ct"><a class="sc" href="{page.outlet.section_url(story.section)}">{page.out(story.section.label)}</a><h1>{escape(story.headline)}</h1>{sub}<div class="ln">{line}</div>'
        f'<amp-img src="{page.image()}" width="640" height="360" layout="responsive"></amp-img><div class="cp">{page.out(story.caption)} <i>{page.pick("credit")}</i></div>{share}{body}<div class="tg">{page.label("tags")}: {tags}</div></div>'
        f"<amp-accordion><section><h4>{page.label('comments')}</h4><div><p>{page.pick('comment')}</p><p>{page.pick('comment')}</p></div></section><section><h4>{page.label('most')}</h4><div>{rows(page, 4, '<p><a href={url}>{title}</a></p>')}</div></section></amp-accordion>"
        f'<amp-next-page><div class="ct"><h1>{escape(other.headline)}</h1>{"".join(text_html(other.blocks))}<a href="{page.outlet.url(other)}">{page.label("next")}</a></div></amp-next-page>'
    )
    return _frame(page, heads.required(page), main)


def listing(page: Page) -> str:
    cards = "".join(
        f'<div class="cd"><a href="{page.outlet.url(each)}"><amp-img src="{page.image(each)}" width="3" height="2"></amp-img><h3>{escape(each.headline)}</h3></a><p>{escape(each.paragraphs[0][:80])}</p></div>'
        for each in page.shown
    )
    more = (
        f'<a class="mr" href="{page.outlet.section_url(page.section, page.number + 1)}">{page.label("next")}</a>'
        if page.section
        else ""
    )
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", f'<div class="ct">{cards}{more}</div>')


BUILD = Build(
    "amp_page", article, listing, address, section_address=section_address,
    dates=("levant-clock", "weekday-clock", "dual"), zones=("Asia/Beirut", "Asia/Jerusalem"),
    shows=Shows(moment="machine"), habits=Habits(extras=0.4, longest=12),
)  # fmt: skip
