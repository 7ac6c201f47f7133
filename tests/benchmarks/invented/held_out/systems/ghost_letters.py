"""Ghost, a magazine of letters: cards inside of the text (bookmarks, calls, sign-ups, toggles), a wide quote set twice."""

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
    return f"/{story.section.slug}-{story.number}/"


def section_address(section: Section, page: int) -> str:
    return f"/tag/{section.slug}/" + (f"page/{page}/" if page > 1 else "")


def _frame(page: Page, head: str, main: str) -> str:
    name = page.out(page.outlet.title)
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8" />{head}<meta name="generator" content="Ghost 5.87"/></head><body class="post-template"><div class="gh-viewport"><header id="gh-navigation" class="gh-navigation gh-outer"><div class="gh-navigation-inner gh-inner"><a class="gh-navigation-logo" href="/">{name}</a><nav class="gh-navigation-menu"><ul class="nav">{menu(page, "<li class=nav-x><a href={url}>{label}</a></li>")}</ul></nav><div class="gh-navigation-members"><a href="#/portal/signin">{fixed(page, "ادخل")}</a><a class="gh-button" href="#/portal/signup">{fixed(page, "كن عضواً", "انتسب")}</a></div></div></header>'
        f'{main}<footer class="gh-footer gh-outer"><div class="gh-footer-bar"><span class="gh-footer-logo">{name}</span><nav class="gh-footer-menu"><ul class="nav"><li><a href="/about/">{fixed(page, "حكاية المجلة")}</a></li><li><a href="/pitch/">{fixed(page, "كيف ترسل إلينا نصاً")}</a></li></ul></nav><div class="gh-footer-copyright">{fixed(page, "بدعم من Ghost")}</div></div><section class="gh-footer-signup"><h2>{fixed(page, "رسالة واحدة كل أحد", "نص طويل يصل على مهل")}</h2><p>{fixed(page, "نكتب كما نحب أن نقرأ. لا إعلانات ولا استعجال.")}</p></section></footer></div></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    parts = text_html(
        story.blocks,
        h='<h2 id="h">{}</h2>',
        quote='<blockquote class="kg-blockquote-alt">{}</blockquote>',
        table='<figure class="kg-card kg-table"><table>{}</table></figure>',
    )
    lines = [line for block in story.blocks if block.kind == "p" for line in block.lines]
    long = [part for line in lines for part in line.split(". ") if len(part.split()) > 8]
    sentence = page.random.choice(long or [""]).rstrip(".")
    card = '<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="{url}"><div class="kg-bookmark-content"><div class="kg-bookmark-title">{title}</div><div class="kg-bookmark-metadata"><span class="kg-bookmark-author">{date}</span></div></div><div class="kg-bookmark-thumbnail"><img src="{image}" alt=""></div></a></figure>'
    pieces = [
        lambda: rows(page, 1, card),
        lambda: f'<div class="kg-card kg-callout-card kg-callout-card-blue"><div class="kg-callout-emoji">💌</div><div class="kg-callout-text">{varied(page, "وصلك هذا النص من صديق؟ انتسب لتصلك رسائلنا", "هذه المادة مفتوحة للجميع بفضل المنتسبين")}</div></div>',
        lambda: f'<div class="kg-card kg-signup-card"><h3 class="kg-signup-card-heading">{fixed(page, "صندوق بريدك يستحق نصاً جيداً")}</h3><form><input type="email"><button class="kg-signup-card-button"><span>{fixed(page, "هات الرسالة")}</span></button></form></div>',
        lambda: f'<aside class="pull-wide"><span>{page.out(sentence)}</span></aside>' if sentence else "",
        lambda: f'<figure class="kg-card kg-image-card kg-card-hascaption"><img class="kg-image" src="/content/images/{story.number}.jpg" alt=""><figcaption><span style="white-space: pre-wrap;">{varied(page, "{caption}")} / {varied(page, "{man}", "Unsplash")}</span></figcaption></figure>',
    ]  # fmt: skip
    body = woven(parts, scattered(page, len(parts), pieces, 3))
    by = people(page, '<a href="/author/{n}/">{name}</a>', "، ")
    bios = people(page, '<div class="author-card"><img src="/u/{n}.jpg" alt=""><section><h4><a href="/author/{n}/">{name}</a></h4><p>{about}</p></section></div>')  # fmt: skip
    more = rows(page, 3, '<article class="gh-card post"><a class="gh-card-link" href="{url}"><figure class="gh-card-image"><img src="{image}" alt=""></figure><div class="gh-card-wrapper"><h3 class="gh-card-title is-title">{title}</h3></div></a></article>')  # fmt: skip
    date = f'<time class="gh-article-meta-date">{page.date()}</time>' if story.dated else ""
    main = (
        f'<main class="gh-main"><article class="gh-article post"><header class="gh-article-header gh-canvas"><a class="gh-article-tag" href="{page.outlet.section_url(story.section)}">{page.out(story.section.label)}</a><h1 class="gh-article-title is-title">{escape(story.headline)}</h1>{optional("<p class=gh-article-excerpt>{}</p>", story.subtitle)}'
        f'<div class="gh-article-meta"><div class="gh-article-meta-wrapper"><h4 class="gh-article-author-name">{by}</h4>{optional("<span class=gh-wire>{}</span>", story.agency, page)}<div class="gh-article-meta-content">{date}<span class="gh-article-meta-length"><span class="bull">—</span> {varied(page, "{#3-15} دقائق على مهل")}</span></div></div></div><figure class="gh-article-image"><img src="{page.image()}" alt=""><figcaption>{page.out(story.caption)}</figcaption></figure></header>'
        f'<section class="gh-content gh-canvas is-body">{body}</section><div class="gh-topics">{tags(page, "<a href=/tag/{n}/>{tag}</a>")}</div>{bios}</article><div class="gh-comments gh-canvas"><h3>{fixed(page, "حديث المنتسبين")}</h3><p>{fixed(page, "التعليق متاح للمنتسبين وحدهم")}</p></div></main><section class="gh-container is-grid gh-outer"><h2 class="gh-container-title">{fixed(page, "نصوص من الرف نفسه", "بعد هذا النص")}</h2><div class="gh-feed">{more}</div></section>'
    )
    return _frame(page, heads.publisher_as_author(page), main)


def listing(page: Page) -> str:
    cards = "".join(
        f'<article class="gh-card post"><a class="gh-card-link" href="{page.outlet.url(each)}"><figure class="gh-card-image"><img src="{page.image(each)}" alt=""></figure><div class="gh-card-wrapper"><p class="gh-card-tag">{escape(each.section.label)}</p><h3 class="gh-card-title is-title">{escape(each.headline)}</h3><p class="gh-card-excerpt is-body">{escape(each.subtitle or each.paragraphs[0][:90])}</p><footer class="gh-card-meta"><time class="gh-card-date">{page.date(each)}</time></footer></div></a></article>'
        for each in page.shown
    )
    more = older(page, f'<div class="gh-more"><a href="{{url}}">{fixed(page, "إلى الأعداد الأولى")} →</a></div>')
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", f'<main class="gh-main gh-outer"><div class="gh-feed">{cards}</div>{more}</main>')  # fmt: skip


BUILD = Build(
    "ghost_letters", article, listing, address, section_address=section_address,
    dates=("month-first", "levant", "of"), zones=("Asia/Beirut", "Europe/Berlin"),
    shows=Shows(moment="machine"), habits=Habits(extras=0.8, longest=22, shortest=4, bylines=0.9, agencies=0.05, datelines=0.05),
)  # fmt: skip
