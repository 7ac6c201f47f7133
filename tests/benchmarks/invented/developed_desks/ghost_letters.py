"""A small investigative desk on Ghost: bookmark and call-out cards in the text, several writers, reading time, a sign-up wall."""

from html import escape

from tests.benchmarks.invented.developed_desks.fittings import chips, names
from tests.benchmarks.invented.developed_outlets.fittings import ld
from tests.benchmarks.invented.developed_portals.parts import address, cards, menu, rows, section_address
from tests.benchmarks.invented.developed_regions.fittings import about, boxes, head, here, text
from tests.benchmarks.invented.pages import Page
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, top: str, main: str) -> str:
    lines = menu(page, '<li class="nav-{label}"><a href="{url}">{label}</a></li>')
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><meta name="generator" content="Ghost 5.87">{top}</head><body><div class="gh-viewport"><header class="gh-navigation"><a class="gh-navigation-logo" href="/">{escape(page.outlet.title)}</a><ul class="nav">{lines}</ul><button class="gh-search"></button></header>{main}'
        f'<footer class="gh-footer"><section class="gh-footer-signup"><h2>{page.pick("newsletter")}</h2></section><ul>{about(page, "<li>{text}</li>")}</ul><div class="gh-footer-copyright">{page.label("footer")}</div></footer></div></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    pieces = [
        lambda: rows(page, 1, '<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="{url}"><div class="kg-bookmark-content"><div class="kg-bookmark-title">{title}</div></div><div class="kg-bookmark-thumbnail"><img src="{image}"></div></a></figure>'),
        lambda: f'<div class="kg-card kg-callout-card kg-callout-card-grey"><div class="kg-callout-emoji">💡</div><div class="kg-callout-text">{page.pick("follow")}</div></div>',
        lambda: f'<div class="kg-card kg-signup-card"><h2 class="kg-signup-card-heading">{page.pick("newsletter")}</h2></div>',
        lambda: f'<figure class="kg-card kg-gallery-card"><div class="kg-gallery-row"><img src="/g/1.jpg"><img src="/g/2.jpg"></div><figcaption><span style="white-space: pre-wrap;">{page.pick("caption")}</span></figcaption></figure>',
        lambda: f'<div class="kg-card kg-audio-card"><div class="kg-audio-title">{page.label("listen")}</div><span class="kg-audio-duration">{page.random.randint(2, 9)}:07</span></div>',
    ]  # fmt: skip
    body = text(page, pieces, 3, h='<h2 id="s">{}</h2>', quote='<blockquote class="kg-blockquote-alt">{}</blockquote>')
    who = names(page, '<a href="/author/{n}/">{text}</a>', ", ") or f'<a href="/author/team/">{page.pick("desk")}</a>'
    cards_ = names(
        page, '<div class="gh-card-author"><img class="gh-author-image" src="/a/{n}.png"><h4>{text}</h4></div>'
    )
    bios = cards_ and f'<section class="gh-about-author">{cards_}<p>{page.pick("bio")}</p></section>'
    source = f'<p class="gh-article-source">{page.out("نقلاً عن")} {page.out(story.agency)}</p>' if story.agency else ""
    sub = f'<p class="gh-article-excerpt is-body">{escape(story.subtitle)}</p>' if story.subtitle else ""
    tags = chips(page, '<a class="gh-tag" href="/tag/t{n}/">{text}</a>')
    next_ = rows(page, 3, '<article class="gh-card post"><a class="gh-card-link" href="{url}"><figure class="gh-card-image"><img src="{image}"></figure><div class="gh-card-wrapper"><h3 class="gh-card-title is-title">{title}</h3></div></a></article>')  # fmt: skip
    main = (
        f'<main class="gh-main"><article class="gh-article post tag-{story.section.slug}"><header class="gh-article-header gh-canvas"><a class="gh-article-tag" href="{here(page)}">{page.out(story.section.label)}</a><h1 class="gh-article-title is-title">{escape(story.headline)}</h1>{sub}<div class="gh-article-meta"><div class="gh-article-meta-wrapper"><h4 class="gh-article-author-name">{who}</h4><div class="gh-article-meta-content"><time class="gh-article-meta-date" datetime="{story.when:%Y-%m-%d}">{page.date()}</time><span class="gh-article-meta-length"><span class="bull">—</span> {page.pick("minutes")}</span></div></div></div><figure class="gh-article-image"><img src="{page.image()}"><figcaption>{page.out(story.caption)}</figcaption></figure></header>'
        f'<section class="gh-content gh-canvas is-body">{body}</section>{source}<div class="gh-tags">{tags}</div>{bios}</article><section class="gh-container is-grid"><h2 class="gh-container-title">{page.label("related")}</h2><div class="gh-feed">{next_}</div></section></main>'
    )
    desk = {"@type": "Person", "name": page.outlet.title}
    said = {"@context": "https://schema.org", "@type": "Article", "headline": story.headline, "author": desk, "image": {"@type": "ImageObject", "url": page.image()}}  # fmt: skip
    return _frame(page, head(page, ld(said), title="{title}"), main)


def listing(page: Page) -> str:
    feed = cards(page, '<article class="gh-card post"><a class="gh-card-link" href="{url}"><figure class="gh-card-image"><img src="{image}"></figure><div class="gh-card-wrapper"><p class="gh-card-tag">{section}</p><h3 class="gh-card-title is-title">{title}</h3><p class="gh-card-excerpt is-body">{lead}</p><footer class="gh-card-meta"><span class="gh-card-author">{writer}</span><time class="gh-card-date">{date}</time></footer></div></a></article>')  # fmt: skip
    side = rows(page, 4, '<li class="gh-featured"><a href="{url}"><h4>{title}</h4></a></li>')
    top = f'<section class="gh-archive"><h1>{escape(page.section.label)}</h1></section>' if page.section else ""
    more = f'<a class="gh-more" href="{escape(page.outlet.section_url(page.section, page.number + 1))}">{page.label("next")}</a>' if page.section else ""  # fmt: skip
    others = boxes(page, '<section class="gh-topic"><h2><a href="{url}">{label}</a></h2><ul>{items}</ul></section>', '<li><a href="{url}">{title}</a></li>', 2) if page.section else ""  # fmt: skip
    return _frame(page, head(page), f'<main class="gh-main">{top}<div class="gh-feed">{"".join(feed)}</div>{more}<aside class="gh-sidebar"><h2>{page.label("most")}</h2><ul>{side}</ul></aside>{others}</main>')  # fmt: skip


BUILD = Build(
    "ghost_letters", article, listing, address("/story-{n}/"), section_address=section_address("/tag/{s}/", "page/{n}/"),
    dates=("gulf", "levant-gulf", "weekday-plain"), zones=("Africa/Cairo", "Asia/Amman"),
    habits=Habits(bylines=0.8, agencies=0.15, subtitles=0.6, datelines=0.1, tags=0.8, extras=0.7, shortest=4, longest=20),
)  # fmt: skip
