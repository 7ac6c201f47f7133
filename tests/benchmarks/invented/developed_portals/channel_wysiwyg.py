"""A news channel's React site: dates for machines, writers as links, a list of more articles in the midst, the sources last."""

from datetime import UTC, timedelta
from html import escape

from tests.benchmarks.invented.developed_outlets.fittings import filled, ld, listed, section_url, slugged, text
from tests.benchmarks.invented.developed_portals.parts import cards, menu, rows, section_address, shortened
from tests.benchmarks.invented.pages import Page, Shows
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, head: str, main: str) -> str:
    outlet = page.outlet
    lines = menu(page, '<li class="menu__item menu__item--aje"><a href="{url}"><span>{label}</span></a></li>')
    strip = rows(page, 2, '<a class="breaking-ticker__link" href="{url}">{title}</a>') if page.chance(0.4) else ""
    alert = f'<div class="breaking-ticker" role="alert"><span class="breaking-ticker__label">{page.label("breaking")}</span>{strip}<button aria-label="close">{page.out("إغلاق")}</button></div>' if strip else ""  # fmt: skip
    return (
        f'<!doctype html><html lang="ar" dir="rtl" class="theme-aja"><head><meta charset="utf-8">{head}<script>window.__APOLLO_STATE__={{"ROOT_QUERY":{{}}}}</script></head><body><div id="root"><div class="container__outer"><div class="screen-reader-text"><a class="bypass-block-link" href="#main-content-area">{page.out("تخطي إلى المحتوى")}</a></div><div class="header-menu"><div class="site-logo"><a href="/" aria-label="{escape(outlet.title)}"><svg></svg></a></div><nav aria-label="menu"><ul class="menu header-menu">{lines}</ul></nav><a class="live-menu" href="/live">{page.out("البث الحي")}</a></div>{alert}'
        f'<div class="l-col"><main id="main-content-area" tabindex="-1">{main}</main></div><footer class="site-footer"><ul><li>{page.label("footer")}</li><li>{page.label("follow")}</li></ul><p>© 2026 {escape(outlet.title)}</p></footer><div class="cookie-banner"><p>{page.label("cookie")}</p><button>{page.label("accept")}</button></div></div></div></body></html>'
    )


def _more(page: Page, label: str) -> str:
    count = page.random.randint(2, 4)
    items = rows(page, count, '<li class="more-on__item"><span class="screen-reader-text"> list {n} of '+str(count)+'</span><article class="article-card"><a href="{url}"><img src="{image}" alt=""><h3 class="article-card__title">{title}</h3></a></article></li>')  # fmt: skip
    return f'<div class="more-on"><h2 class="more-on__heading">{label}</h2><span class="screen-reader-text">list of {count} items</span><ul class="more-on__list">{items}</ul><span class="screen-reader-text">end of list</span></div>'


def article(page: Page) -> str:
    video = page.chance(0.1)
    if video:
        shortened(page)
    story = page.the
    pieces = [
        lambda: _more(page, page.label("also")),
        lambda: f'<div class="jetpack-video-wrapper"><iframe src="https://player.example/{page.random.randint(1000, 9999)}"></iframe></div>',
        lambda: f'<div class="twitter-embed"><blockquote class="twitter-tweet"><p lang="ar" dir="rtl">{page.pick("post")}</p>&mdash; {page.pick("nick")} (@user{page.random.randint(10, 99)}) <a href="https://x.example/s">{page.out("November 12, 2025")}</a></blockquote></div>',
        lambda: f'<figure class="wp-caption alignnone"><img src="/wp-content/uploads/{page.random.randint(1, 99)}.jpg?w=770"><figcaption>{page.pick("caption")} ({page.pick("credit")})</figcaption></figure>',
        lambda: f'<div class="container--ads container--white-rectangle-ads"><p class="ads__title">{page.label("ad")}</p><div id="dfp-inline"></div></div>',
    ]  # fmt: skip
    body = text(page, pieces, 3, story.blocks, h="<h2>{}</h2>", quote='<blockquote class="wp-block-quote"><p>{}</p></blockquote>', table='<figure class="wp-block-table"><table><tbody>{}</tbody></table></figure>')  # fmt: skip
    own = escape(page.outlet.title)
    source = page.out(f"المصدر : {story.agency}" if story.agency else f"المصدر : {own}")
    writers = listed('<a class="author-link" href="/author/{n}">{text}</a>', story.authors, " و")
    by = f'<div class="article-b-l"><span class="article-by">{page.out("بواسطة")} </span>{writers}</div>' if writers else ""  # fmt: skip
    changed = story.when + timedelta(minutes=page.random.randint(1, 9) * 7)
    dates = f'<div class="article-dates"><div class="date-simple css-1yjq2zp"><span class="screen-reader-text">{page.out("نُشر في")} {page.date()}</span><span aria-hidden="true">{story.when:%-d/%-m/%Y}</span></div><div class="article-dates__update"><span class="separator">|</span><span>{page.label("updated")}: {changed:%-d/%-m/%Y} {changed:%H:%M} ({page.out("توقيت مكة")})</span></div></div>'  # fmt: skip
    if video:
        figure = f'<div class="video-player" style="background-image:url({page.image()})"><button aria-label="play"></button><span class="video-duration">{page.out("مدة الفيديو 02 minutes 41 seconds")}</span></div>'
    else:
        figure = f'<figure class="article-featured-image"><div class="responsive-image"><img src="{page.image()}" alt="{escape(story.caption)}"></div><figcaption>{page.out(story.caption)} ({page.pick("credit")})</figcaption></figure>'  # fmt: skip
    topics = "".join(f'<a href="/where/{n}">{escape(each)}</a>' for n, each in enumerate(story.tags))
    main = (
        f'<div class="topics topics--first"><a href="{section_url(page)}">{page.out(story.section.label)}</a></div><header class="article-header"><h1>{escape(story.headline)}</h1>{filled("<p class=article__subhead><em>{}</em></p>", story.subtitle)}</header>{figure}<div class="article-info-block">{by}{dates}<div class="article-share"><button>{page.label("share")}</button><button>{page.out("Save articles to read later")}</button></div></div>'
        f'<div class="wysiwyg wysiwyg--all-content" aria-live="polite">{body}<div class="article-source"><span>{source}</span></div></div><div class="article-tags"><span>{page.label("tags")}</span>{topics}</div><div class="newsletter-widget"><p>{page.pick("newsletter")}</p><input type="email"><button>{page.label("send")}</button></div>{_more(page, page.label("related"))}'
    )
    data = ld({"@context": "https://schema.org", "@type": "NewsArticle", "mainEntityOfPage": page.outlet.url(story), "headline": story.headline, "datePublished": f"{story.when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", "dateModified": f"{changed.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", "author": {"@type": "Organization", "name": page.outlet.title}, "publisher": {"@type": "Organization", "name": page.outlet.title}})  # fmt: skip
    head = f'<title>{escape(story.headline)} | {page.section and escape(page.section.label)} | {own}</title><meta property="og:title" content="{escape(story.headline)}"><meta property="og:image" content="{page.image()}?resize=1200%2C630">{data}'
    return _frame(page, head, main)


def listing(page: Page) -> str:
    lead = cards(page, '<div class="featured-articles-list__item--lead"><article class="article-card--featured"><a class="u-clickable-card__link" href="{url}"><h2><span>{title}</span></h2></a><img src="{image}"><p>{lead}…</p></article></div>')  # fmt: skip
    feed = cards(page, '<article class="gc u-clickable-card gc--type-post gc--list"><div class="gc__content"><div class="gc__header-wrap"><h3 class="gc__title"><a class="u-clickable-card__link" href="{url}"><span>{title}</span></a></h3></div><div class="gc__body-wrap"><div class="gc__excerpt"><p>{lead} …</p></div></div><footer class="gc__footer"><div class="gc__date"><div class="date-simple"><span class="screen-reader-text">Published On {date}</span><span aria-hidden="true">{date}</span></div></div></footer></div><div class="gc__image-wrap"><img src="{image}" alt=""></div></article>')  # fmt: skip
    heading = f'<div class="section-header"><h1>{escape(page.section.label)}</h1></div>' if page.section else ""
    most = rows(page, 5, '<li class="trending-articles__list-item"><a href="{url}">{title}</a></li>') if page.section is None else ""  # fmt: skip
    side = f'<div class="trending-articles"><h2>{page.label("most")}</h2><ol>{most}</ol></div>' if most else ""
    main = f'{heading}<div class="featured-articles-list">{lead[0]}</div><section id="news-feed-container"><h2 class="screen-reader-text">Content Feed</h2>{"".join(feed[1:])}<button class="show-more-button" data-testid="show-more-button">{page.label("next")}<span class="screen-reader-text"> from feed</span></button></section>{side}'
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", main)


BUILD = Build(
    "channel_wysiwyg", article, listing, slugged("/{s}/{d}/{t}"), section_address=section_address("/{s}/", "?page={n}"),
    dates=("weekday-slash-plain", "gulf"), zones=("Asia/Qatar",), shows=Shows(moment="machine"),
    habits=Habits(bylines=0.5, agencies=0.45, subtitles=0.5, datelines=0.05, tags=0.8, extras=0.5, shortest=3, longest=16),
)  # fmt: skip
