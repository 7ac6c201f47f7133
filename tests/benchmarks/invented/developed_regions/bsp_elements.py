"""A Gulf channel on a system of custom elements: figures with credits in the text, hours ago, the agency as contributor."""

from html import escape

from tests.benchmarks.invented.developed_portals.parts import address, cards, menu, rows, section_address
from tests.benchmarks.invented.developed_regions.fittings import about, boxes, head, here, text
from tests.benchmarks.invented.pages import Page
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, kind: str, top: str, main: str) -> str:
    lines = menu(page, '<li class="NavigationItem"><a class="NavigationLink" href="{url}">{label}</a></li>')
    return (
        f'<!DOCTYPE html><html class="{kind}" lang="ar" dir="rtl"><head><meta charset="UTF-8">{top}</head><body class="{kind}-body"><ps-header class="PageHeader"><div class="PageHeader-logo"><a aria-label="home" href="/"><img src="/l.webp" alt="{escape(page.outlet.title)}"></a></div><nav class="Navigation"><ul class="Navigation-items">{lines}</ul></nav><bsp-search-overlay><form><input placeholder="ابحث"></form></bsp-search-overlay><div class="Live"><a href="/live">{page.label("breaking")}</a></div></ps-header>'
        f'{main}<footer class="PageFooter"><div class="PageFooter-links">{about(page, "<a class=NavigationLink>{text}</a>")}</div><div class="PageFooter-disclaimer">{page.label("footer")}. {page.label("disclaimer")}</div></footer><bsp-cookie-alert><div class="CookieAlert">{page.label("cookies")}<button>{page.out("موافق")}</button></div></bsp-cookie-alert></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    pieces = [
        lambda: f'<div class="Enhancement" data-align-center><div class="Enhancement-item"><bsp-figure class="Figure"><figure><picture><source srcset="/d/{page.random.randint(1, 999)}.webp"><img class="Image" src="/d/1.jpg" alt=""></picture><div class="Figure-content"><figcaption class="Figure-caption">{page.pick("caption")}</figcaption><div class="Figure-credit">{page.pick("credit")}</div></div></figure></bsp-figure></div></div>',
        lambda: f'<div class="Enhancement" data-align-floatRight><div class="Enhancement-item"><div class="PagePromo"><div class="PagePromo-category">{page.label("also")}</div>{rows(page, 1, "<div class=PagePromo-title><a class=Link href={url}>{title}</a></div>")}</div></div></div>',
        lambda: f'<div class="Enhancement"><div class="Enhancement-item"><bsp-jw-player class="JWPlayer"><div class="VideoPlayer-title">{page.pick("caption")}</div><span>{page.out("02:16")}</span></bsp-jw-player></div></div>',
        lambda: f'<div class="Enhancement"><div class="Enhancement-item"><div class="TweetEmbed"><bsp-tweet data-url="https://x.com/a/status/1{page.random.randint(10**9, 10**10)}"><blockquote><p>{page.pick("post")}</p></blockquote></bsp-tweet></div></div></div>',
        lambda: f'<div class="GoogleDfpAd-wrap"><div class="GoogleDfpAd-label">{page.label("ad")}</div></div>',
    ]  # fmt: skip
    body = text(page, pieces, 4, h="<h2 id=\"anchor\">{}</h2>", quote='<div class="Enhancement"><div class="Enhancement-item"><bsp-quote class="Quote"><blockquote><p>{}</p></blockquote></bsp-quote></div></div>', item="<li>{}</li>", table='<div class="Enhancement"><div class="Enhancement-item"><bsp-table><table class="Table">{}</table></bsp-table></div></div>')  # fmt: skip
    if story.authors:
        names = " ".join(f'<a class="Link" href="/profile/{n}">{escape(each)}</a>' for n, each in enumerate(story.authors))  # fmt: skip
        by = f'<div class="Page-authors">{names}</div>'
    else:
        by = f'<div class="Page-authors">{page.pick("bureau")}</div>'
    source = f'<div class="Page-contributors"><span>{page.out("المصادر")}</span> <span>{page.out(page.outlet.title)}، {escape(story.agency)}</span></div>' if story.agency else ""  # fmt: skip
    tags = "".join(f'<div class="Tags-item"><a class="Link" href="/hub/{n}">{escape(each)}</a></div>' for n, each in enumerate(story.tags))  # fmt: skip
    bar = f'<div class="Page-tags">{tags}</div>' if tags else ""
    sub = f'<div class="Page-subHeadline">{escape(story.subtitle)}</div>' if story.subtitle else ""
    more = rows(page, 6, '<li class="ListItem"><ps-promo class="PagePromo"><div class="PagePromo-media"><a href="{url}"><img class="Image" src="{image}"></a></div><div class="PagePromo-title"><a class="Link" href="{url}">{title}</a></div></ps-promo></li>')  # fmt: skip
    stamp = '<bsp-timestamp data-relative="true"><span class="Timestamp-template">{}</span></bsp-timestamp>'
    main = (
        f'<div class="Page-content"><bsp-article class="ArticlePage-main"><article class="Page-mainContent"><div class="Page-breadcrumbs"><a class="Link" href="{here(page)}">{page.out(story.section.label)}</a></div><h1 class="Page-headline">{escape(story.headline)}</h1>{sub}<div class="Page-lead"><figure class="Figure"><img class="Image" src="{page.image()}" alt="{escape(story.caption)}"><div class="Figure-content"><figcaption class="Figure-caption">{page.out(story.caption)}</figcaption><div class="Figure-credit">{page.pick("credit")}</div></div></figure></div><div class="Page-byline">{by}<div class="Page-datePublished">{stamp.format(page.date())}</div><bsp-text-to-speech><button>{page.label("listen")}</button></bsp-text-to-speech></div><div class="Page-actions"><div class="ActionBar"><span>{page.label("share")}</span></div></div>'
        f'<div class="Page-articleBody"><div class="RichTextArticleBody RichTextBody">{body}</div></div>{source}{bar}</article></bsp-article><aside class="Page-aside"><bsp-list-loadmore class="PageListE"><div class="PageList-header-title">{page.label("latest")}</div><ul class="PageList-items">{more}</ul></bsp-list-loadmore></aside></div>'
    )
    meta = f'<meta property="og:image" content="{page.image()}"><meta property="og:title" content="{escape(story.headline)} - {escape(page.outlet.title)}"><meta name="brightspot.contentId" content="0000018c-{story.number:x}">'
    return _frame(page, "ArticlePage", head(page, meta), main)


def listing(page: Page) -> str:
    item = cards(page, '<li class="PageList-items-item"><ps-promo class="PagePromo"><div class="PagePromo-media"><a class="Link" aria-label="{title}" href="{url}"><picture><img class="Image" src="{image}"></picture></a></div><div class="PagePromo-content"><div class="PagePromo-category"><a class="Link">{section}</a></div><div class="PagePromo-title"><a class="Link" href="{url}">{title}</a></div><div class="PagePromo-date">{date}</div></div></ps-promo></li>')  # fmt: skip
    title = f'<h1 class="Page-headline">{escape(page.section.label)}</h1>' if page.section else ""
    others = boxes(page, '<div class="PageListC"><div class="PageList-header-title"><a class="Link" href="{url}">{label}</a></div><ul class="PageList-items">{items}</ul></div>', '<li class="PageList-items-item"><a class="Link" href="{url}">{title}</a></li>') if page.section is None else ""  # fmt: skip
    main = f'<main class="Page-main">{title}<bsp-list-loadmore class="PageListStandardD"><ul class="PageList-items">{"".join(item)}</ul><button class="Button">{page.label("next")}</button></bsp-list-loadmore>{others}</main>'
    return _frame(page, "SectionPage" if page.section else "HomePage", head(page), main)


BUILD = Build(
    "bsp_elements", article, listing, address("/{s}/{d}/article-{n}"), section_address=section_address("/{s}", "?p={n}"),
    dates=("ago-hours", "before-hours", "gulf-clock"), zones=("Asia/Dubai", "Asia/Riyadh"),
    habits=Habits(bylines=0.35, agencies=0.5, subtitles=0.4, datelines=0.0, tags=0.7, extras=0.4, shortest=2, longest=12, recent=True),
)  # fmt: skip
