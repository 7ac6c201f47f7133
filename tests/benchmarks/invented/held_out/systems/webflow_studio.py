"""Webflow: names that a designer gave, collections, an interactive head, the date in two pieces, tabs under the text."""

from html import escape

from tests.benchmarks.invented.held_out import heads
from tests.benchmarks.invented.held_out.furniture import fixed, menu, older, optional, people, rows, tags, varied
from tests.benchmarks.invented.pages import Outlet, Page, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story


def address(outlet: Outlet, story: Story) -> str:
    return f"/akhbar/{story.section.slug}-item-{story.number}"


def section_address(section: Section, page: int) -> str:
    return f"/categories/{section.slug}" + (f"?5e2d_page={page}" if page > 1 else "")


def _collection(name: str, items: str) -> str:
    return f'<div class="w-dyn-list {name}"><div role="list" class="w-dyn-items">{items}</div></div>'


_ITEM = '<div role="listitem" class="w-dyn-item"><a href="{url}" class="story-block w-inline-block"><div class="small-thumb" style="background-image:url({image})"></div><h4 class="heading-12">{title}</h4></a></div>'


def _frame(page: Page, head: str, main: str) -> str:
    name = page.out(page.outlet.title)
    return (
        f'<!DOCTYPE html><html data-wf-domain="{page.outlet.host}" data-wf-page="64f0" lang="ar"><head><meta charset="utf-8"/>{head}<meta content="Webflow" name="generator"/></head><body dir="rtl" class="body-3"><div class="promo-strip"><div class="text-block-7">{varied(page, "بودكاست جديد: {scene_blurb}", "عطلة نهاية الأسبوع في مدينتك: دليلنا المصور")}</div></div><div data-collapse="medium" role="banner" class="navbar w-nav"><a href="/" class="brand w-nav-brand"><div class="text-logo">{name}</div></a><nav role="navigation" class="nav-menu w-nav-menu">{menu(page, "<a href={url} class=w-nav-link>{label}</a>")}</nav></div>'
        f'{main}<div class="footer-2"><div class="w-layout-grid grid-3"><div class="text-block-22">{fixed(page, "من قلب الحي إلى شاشتك", "جريدة رقمية تصدرها جمعية الحي")}</div><div id="w-node-1" class="text-block-23">{fixed(page, "صُنع في استوديو حبر وضوء")}</div><div class="text-block-24">{name}</div></div></div><script src="https://d3e5.cloudfront.example/js/jquery-3.5.1.min.js"></script></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    parts = text_html(story.blocks, p="<p>‍{}</p>", h="<h5><strong>{}</strong></h5>")
    inserts = {}
    if page.chance(0.5):
        inserts[2] = f'<figure class="w-richtext-align-center w-richtext-figure-type-image"><div><img src="/assets/{story.number}.png" alt=""/></div><figcaption>{varied(page, "{caption}")}</figcaption></figure>'  # fmt: skip
    if page.chance(0.4):
        inserts[3] = rows(page, 1, f'<p><a href="{{url}}"><em>{varied(page, "ألقِ نظرة على", "مررنا بهذا أيضاً", "وفي الأرشيف")}: {{title}}</em></a></p>')  # fmt: skip
    by = people(page, '<a href="/team/{n}" class="author-link">{name}</a>', '<div class="amp">&amp;</div>')
    wire = optional('<div class="source-pill">{}</div>', story.agency, page)
    date = f'<div class="meta-pill">{page.date()}</div>' if story.dated else ""
    pane = f'<div class="w-tab-menu"><a class="w-tab-link">{fixed(page, "بالترتيب")}</a><a class="w-tab-link">{fixed(page, "بالإعجاب")}</a></div><div class="w-tab-content"><div class="w-tab-pane">{_collection("list-a", rows(page, 3, _ITEM))}</div><div class="w-tab-pane">{_collection("list-b", rows(page, 3, _ITEM))}</div></div>'
    main = (
        f'<div class="hero-section-5"><img src="{page.image()}" class="image-18" alt=""/><div class="div-block-41"><a href="{page.outlet.section_url(story.section)}" class="category-pill w-inline-block"><div>{page.out(story.section.label)}</div></a><h1 class="heading-9">{escape(story.headline)}</h1>{optional("<div class=text-block-16>{}</div>", story.subtitle)}</div><div class="div-block-42">{by}{wire}{date}</div></div>'
        f'<div class="caption-strip">{page.out(story.caption)}</div><div class="section-11"><div class="w-layout-blockcontainer container-4 w-container"><div class="rich-text-block-2 w-richtext">{woven(parts, inserts)}</div><div class="tags-wrap">{tags(page, "<a href=/subjects/{n} class=tag-2>{tag}</a>")}</div><div class="form-block w-form"><form><label class="field-label">{fixed(page, "عندك معلومة؟ أخبر فريقنا بسرية")}</label><textarea placeholder=""></textarea><input type="submit" class="w-button" value="ok"/></form><div class="success-message w-form-done"><div>{fixed(page, "وصلت، شكراً لثقتك")}</div></div></div></div></div>'
        f'<div class="section-12"><div class="heading-14">{fixed(page, "جولة في الحي", "على الطاولة الآن")}</div>{pane}</div>'
    )
    return _frame(page, heads.crumbs(page), main)


def listing(page: Page) -> str:
    items = "".join(
        f'<div role="listitem" class="w-dyn-item"><a href="{page.outlet.url(each)}" class="story-card w-inline-block"><div class="card-img" style="background-image:url({page.image(each)})"></div><div class="card-date">{page.date(each)}</div><h3 class="heading-21">{escape(each.headline)}</h3><p class="paragraph-9">{escape(each.paragraphs[0][:130])}</p></a></div>'
        for each in page.shown
    )
    more = older(
        page, f'<a href="{{url}}" class="w-pagination-next"><div>{fixed(page, "المزيد من الحكايات")}</div></a>'
    )
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", f'<div class="section-3">{_collection("grid-stories", items)}<div class="w-pagination-wrapper">{more}</div></div>')  # fmt: skip


BUILD = Build(
    "webflow_studio", article, listing, address, section_address=section_address,
    dates=("maghreb-dash", "dots", "weekday-plain"), zones=("Africa/Algiers", "Asia/Hebron"),
    habits=Habits(extras=0.5, longest=13, undated=0.15, bylines=0.75, agencies=0.2),
)  # fmt: skip
