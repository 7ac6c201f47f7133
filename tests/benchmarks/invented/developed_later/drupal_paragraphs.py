"""A news site on Drupal 10: the text in paragraph entities of several types, blocks of views above, between and below."""

from html import escape

from tests.benchmarks.invented.developed_later import heads
from tests.benchmarks.invented.developed_later.furniture import rows, scattered, teaser
from tests.benchmarks.invented.pages import Outlet, Page, Shows, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story


def address(outlet: Outlet, story: Story) -> str:
    return f"/node/{story.number}"


def section_address(section: Section, page: int) -> str:
    return f"/{section.slug}" + (f"?page={page - 1}" if page > 1 else "")


def _view(name: str, title: str, inner: str) -> str:
    return (
        f'<section class="block block-views-block{name} clearfix" id="block-{name}"><h2 class="block__title">{title}</h2>'
        f'<div class="block__content"><div class="view view-{name} js-view-dom-id-{len(inner)}"><div class="view-content">{inner}</div></div></div></section>'
    )


def _paragraph(kind: str, inner: str) -> str:
    return f'<div class="field__item"><div class="paragraph paragraph--type--{kind} paragraph--view-mode--default">{inner}</div></div>'


def _frame(page: Page, head: str, main: str) -> str:
    outlet = page.outlet
    menu = "".join(
        f'<li class="menu__item menu__item--level-1"><a class="menu__link" href="{outlet.section_url(each)}">{page.out(each.label)}</a></li>'
        for each in outlet.sections
    )
    row = '<div class="views-row"><div class="views-field views-field-title"><span class="field-content"><a href="{url}" hreflang="ar">{title}</a></span></div></div>'
    foot = "".join(
        f'<li class="menu__item"><a href="/page/{n}">{each}</a></li>'
        for n, each in enumerate(page.several("footer", 4))
    )
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8" />{head}</head><body class="layout-two-sidebars path-node"><div class="layout-container">'
        f'<header role="banner"><div class="site-branding__name"><a href="/" rel="home">{page.out(outlet.title)}</a></div><ul class="menu menu--main">{menu}</ul><p>{page.today()}</p></header>'
        f'{_view("urgent", page.label("breaking"), rows(page, 3, row))}<main role="main"><div class="layout-content">{main}</div>'
        f'<div class="layout-sidebar-first"><div class="region">{_view("popular", page.label("most"), rows(page, 5, row))}'
        f'<div class="block block-simplenews"><h2>{page.label("newsletter")}</h2><form><input type="submit" value="ok"/><span>{page.label("send")}</span></form></div></div></div></main>'
        f'<footer role="contentinfo"><ul class="menu menu--footer">{foot}</ul></footer></div></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    items = [
        _paragraph(
            each.kind.replace("p", "text"), f'<div class="text-formatted field field--name-field-text">{html}</div>'
        )
        for each, html in zip(story.blocks, text_html(story.blocks, quote="<blockquote>{}</blockquote>"), strict=True)
    ]
    pieces = [
        lambda: _paragraph("reference", teaser(
            page,
            '<div class="field__label">{label}</div><article class="node node--view-mode-teaser"><h3><a href="{url}">{title}</a></h3><p>{blurb}</p></article>',
            '<div class="field__label">{label}</div><ul class="links"><li><a href="{url}">{title}</a></li><li><a href="{url2}">{title2}</a></li></ul>',
            '<p class="text-align-center"><a href="{url}">{title}</a></p>',
        )),
        lambda: _paragraph("image", f'<figure class="media media--type-image"><img src="{page.image()}?itok=x" alt=""><figcaption>{page.pick("caption")} {page.pick("credit")}</figcaption></figure>'),
        lambda: _paragraph("video", f'<div class="video-embed-field-responsive-video"><iframe src="https://www.youtube.com/embed/x"></iframe></div><div class="field__item">{page.pick("blurb")}</div>'),
    ]  # fmt: skip
    body = woven(items, scattered(page, len(items), pieces, page.random.randint(1, 3)))
    by = "".join(
        f'<div class="field__item"><a href="/author/{n}" hreflang="ar">{page.out(name)}</a></div>'
        for n, name in enumerate(story.authors)
    )
    box = "".join(
        f'<div class="profile profile--author"><h4>{page.out(name)}</h4><div class="field field--name-bio">{page.pick("about_author")}</div></div>'
        for name in story.authors
    )
    tags = "".join(
        f'<div class="field__item"><a href="/taxonomy/term/{n}">{escape(tag)}</a></div>'
        for n, tag in enumerate(story.tags)
    )
    sub = (
        f'<div class="field field--name-field-kicker field--type-string"><div class="field__item">{escape(story.subtitle)}</div></div>'
        if story.subtitle
        else ""
    )
    source = (
        f'<div class="field field--name-field-source"><div class="field__item">{page.out(story.agency)}</div></div>'
        if story.agency
        else ""
    )
    date = f'<div class="field field--name-field-pub">{page.date()}</div>' if story.dated else ""
    row = '<div class="views-row"><article class="node node--type-article node--view-mode-card"><h3 class="node__title"><a href="{url}">{title}</a></h3></article></div>'
    main = (
        f'<div class="block-page-title-block"><h1 class="title page-title"><span class="field field--name-title">{escape(story.headline)}</span></h1></div>'
        f'<article class="node node--type-article node--view-mode-full"><div class="node__meta">{page.out("webmaster")} <span>{page.pick("views")}</span></div><div class="node__content">'
        f'<div class="field field--name-field-section"><a href="{page.outlet.section_url(story.section)}">{page.out(story.section.label)}</a></div>{sub}{date}'
        f'<div class="field field--name-field-writer field__items">{by}</div>{source}<div class="field field--name-field-media"><img src="{page.image()}"><div class="field--name-field-caption">{page.out(story.caption)}</div></div>'
        f'<div class="field field--name-field-paragraphs field--type-entity-reference-revisions field__items">{body}</div><div class="field field--name-field-tags">{tags}</div></div>'
        f'<section class="comments"><h2>{page.label("comments")}</h2><article class="comment"><p>{page.pick("comment")}</p></article></section></article>{box}{_view("same", page.label("related"), rows(page, 3, row))}'
    )
    return _frame(page, heads.graph(page), main)


def listing(page: Page) -> str:
    cards = "".join(
        f'<div class="views-row"><article class="node node--type-article node--view-mode-teaser"><a href="{page.outlet.url(each)}"><img src="{page.image(each)}"></a>'
        f'<h2 class="node__title"><a href="{page.outlet.url(each)}">{escape(each.headline)}</a></h2><div class="text-formatted"><p>{escape(each.paragraphs[0])}</p></div></article></div>'
        for each in page.shown
    )
    pager = ""
    if page.section:
        pager = "".join(
            f'<li class="pager__item"><a href="{page.outlet.section_url(page.section, n)}">{n}</a></li>'
            for n in range(1, page.pages + 1)
        )
    return _frame(
        page,
        f"<title>{escape(page.outlet.title)}</title>",
        f'<div class="view view-frontpage"><div class="view-content">{cards}</div><nav class="pager"><ul class="pager__items">{pager}</ul></nav></div>',
    )


BUILD = Build(
    "drupal_paragraphs", article, listing, address, section_address=section_address,
    dates=("of", "weekday-slash", "bracketed"), zones=("Africa/Cairo", "Asia/Baghdad"),
    shows=Shows(moment="machine"), habits=Habits(extras=0.8, longest=15, bylines=0.7),
)  # fmt: skip
