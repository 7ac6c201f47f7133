"""A pan-Arab daily on a publishing suite: bylines with role and picture, a right rail, one paragraph class, corrections."""

from html import escape

from tests.benchmarks.invented.developed_portals.parts import address, cards, menu, pager, rows, section_address, share
from tests.benchmarks.invented.developed_regions.fittings import about, boxes, head, here, later, text
from tests.benchmarks.invented.pages import Page
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, top: str, main: str) -> str:
    lines = menu(page, '<a class="c-link b-header-nav-chain__links-item" href="{url}">{label}</a>', '<a class="c-link b-header-nav-chain__links-item b-header-nav-chain__links-item--on" href="{url}">{label}</a>')  # fmt: skip
    rail = rows(page, 5, '<article class="b-results-list__item"><a class="c-link" href="{url}"><h3 class="c-heading">{title}</h3></a><span class="c-eyebrow">{clock}</span></article>')  # fmt: skip
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="UTF-8">{top}</head><body><div id="fusion-app"><div class="b-right-rail"><header class="c-stack b-right-rail__navigation"><nav class="c-stack b-header-nav-chain"><a class="c-link" href="/" title="{escape(page.outlet.title)}"><img class="c-image" src="/pf/logo.png" alt="{escape(page.outlet.title)}"></a>{lines}<button class="c-button">{page.out("تسجيل الدخول")}</button></nav></header><section class="b-right-rail__main"><div class="c-grid b-right-rail__rail-container">'
        f'{main}<div class="c-stack b-right-rail__right-rail"><div class="c-stack b-results-list"><h2 class="c-heading">{page.label("most")}</h2>{rail}</div><div class="b-ads-block"><p class="c-paragraph">{page.label("ad")}</p></div></div></div></section><footer class="b-right-rail__footer"><p class="c-paragraph">{page.label("footer")}</p>{about(page, "<a class=c-link>{text}</a>")}</footer></div></div></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    pieces = [
        lambda: f'<div class="b-interstitial"><p class="c-paragraph interstitial-link">[{rows(page, 1, "<a class=c-link href={url}>{title}</a>")}]</p></div>',
        lambda: f'<figure class="c-media-item"><img class="c-image" src="/resizer/{page.random.randint(10, 999)}.jpg"><figcaption class="c-media-item__fig-caption"><span class="c-media-item__caption">{page.pick("caption")}</span><span class="c-media-item__credit">{page.pick("credit")}</span></figcaption></figure>',
        lambda: f'<div class="c-embed"><blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/C{page.random.randint(10**5, 10**6)}/"><a href="#">{page.out("عرض هذا المنشور على Instagram")}</a></blockquote></div>',
        lambda: '<hr class="c-divider b-article-body__divider">',
        lambda: f'<section class="b-gallery"><span class="c-eyebrow">{page.out("1 من 6")}</span><p class="c-media-item__caption">{page.pick("caption")}</p></section>',
    ]  # fmt: skip
    body = text(page, pieces, 4, p='<p class="c-paragraph">{}</p>', h='<h3 class="c-heading">{}</h3>', quote='<blockquote data-type="pullquote" class="c-quote"><div class="c-quote__wrap"><p class="c-paragraph">{}</p></div></blockquote>', items='<ul class="c-list">{}</ul>', item='<li class="c-list__item">{}</li>', table='<div class="c-table"><table class="b-article-body__table">{}</table></div>')  # fmt: skip
    fixed = f'<div class="b-correction"><p class="c-paragraph"><i>{page.pick("correction")}</i></p></div>' if page.chance(0.12) else ""  # fmt: skip
    city = page.pick("bureau")
    if story.authors:
        cards_ = "".join(
            f'<div class="c-stack b-byline__person"><img class="c-image b-byline__image" src="/p/{n}.jpg" alt=""><span class="b-byline__names"><a class="c-link" href="/author/{n}">{escape(each)}</a></span><span class="b-byline__role">{page.pick("job")} - {city}</span></div>'
            for n, each in enumerate(story.authors)
        )
        by = f'<div class="b-byline">{cards_}</div>'
    elif story.agency:
        by = f'<div class="b-byline"><span class="b-byline__names">{city} - {escape(story.agency)}</span></div>'
    else:
        by = f'<div class="b-byline"><span class="b-byline__names">{city}</span></div>'
    source = f'<p class="c-paragraph b-source">{page.out("شاركت في التغطية:")} {escape(story.agency)}</p>' if story.agency and story.authors else ""  # fmt: skip
    day = f'<time class="c-date b-date" datetime="{story.when.date()}">{page.date()}</time>'
    if page.chance(0.35):
        day += f'<time class="c-date b-date b-date--updated">{page.out("آخر تحديث:")} {later(page)}</time>'
    tags = "".join(f'<li><a class="c-pill" href="/tags/{n}">{escape(each)}</a></li>' for n, each in enumerate(story.tags))  # fmt: skip
    bar = f'<ul class="c-stack b-tags">{tags}</ul>' if tags else ""
    sub = f'<h2 class="c-heading b-subheadline">{escape(story.subtitle)}</h2>' if story.subtitle else ""
    main = (
        f'<div class="c-stack b-right-rail__full-width-1"><a class="c-overline b-overline" href="{here(page)}">{page.out(story.section.label)}</a><h1 class="c-heading b-headline">{escape(story.headline)}</h1>{sub}<div class="b-lead-art"><figure class="c-media-item"><img class="c-image" src="{page.image()}" alt="{escape(story.caption)}"><figcaption class="c-media-item__fig-caption"><span class="c-media-item__caption">{page.out(story.caption)}</span> <span class="c-media-item__credit">{page.pick("credit")}</span></figcaption></figure></div></div>'
        f'<div class="c-stack b-right-rail__main-interior-item">{by}{day}<div class="b-share-bar">{share(page, "<button class=c-button>{text}</button>")}</div><article class="b-article-body">{body}{source}{fixed}</article>{bar}<div class="b-promo"><p class="c-paragraph">{page.label("newsletter")}</p></div><div class="c-stack b-related"><h4 class="c-heading">{page.label("related")}</h4>{rows(page, 4, "<a class=c-link href={url}>{title}</a>")}</div></div>'
    )
    meta = f'<meta property="og:image" content="{page.image()}"><meta property="og:title" content="{escape(story.headline)}"><meta property="article:section" content="{escape(story.section.label)}"><meta name="author" content="admin">'
    return _frame(page, head(page, meta, title="{title} | {outlet}"), main)


def listing(page: Page) -> str:
    lead = cards(page, '<article class="b-xl-promo"><a class="c-link" href="{url}"><img class="c-image" src="{image}"></a><div class="c-stack"><span class="c-overline">{section}</span><h2 class="c-heading"><a class="c-link" href="{url}">{title}</a></h2><p class="c-paragraph">{lead}</p></div></article>')  # fmt: skip
    small = cards(page, '<article class="b-small-promo"><h2 class="c-heading"><a class="c-link" href="{url}">{title}</a></h2><span class="c-attribution">{writer}</span><time class="c-date">{date}</time></article>')  # fmt: skip
    links = pager(page, '<a class="c-link" href="{url}">{n}</a>', "<span>{n}</span>")
    others = boxes(page, '<section class="b-top-table"><h2 class="c-heading"><a class="c-link" href="{url}">{label}</a></h2>{items}</section>', '<article class="b-small-promo"><h2 class="c-heading"><a class="c-link" href="{url}">{title}</a></h2></article>', 2) if page.section is None else ""  # fmt: skip
    main = f'<div class="c-stack b-right-rail__main-interior-item">{lead[0]}<div class="c-stack">{"".join(small[1:])}</div><div class="b-pagination">{links}</div>{others}</div>'
    return _frame(page, head(page), main)


BUILD = Build(
    "arc_rail", article, listing, address("/{s}/{d}/{n}/"), section_address=section_address("/{s}/", "{n}/"),
    dates=("levant-gulf-clock", "dual", "bracketed"), zones=("Asia/Amman", "Europe/London"),
    habits=Habits(bylines=0.75, agencies=0.4, subtitles=0.5, datelines=0.2, tags=0.7, extras=0.5, shortest=4, longest=26),
)  # fmt: skip
