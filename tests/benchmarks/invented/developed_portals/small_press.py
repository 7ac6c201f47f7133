"""A small paper on a bought WordPress theme: the account's name for a byline, the writer in the text's first line, plugins' share text."""

from html import escape

from tests.benchmarks.invented.developed_outlets.fittings import elsewhere, ld, listed, section_url, slugged, text
from tests.benchmarks.invented.developed_portals.parts import cards, menu, pager, rows, section_address, share
from tests.benchmarks.invented.pages import Page
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits

_ACCOUNTS = ("admin", "المحرر", "هيئة التحرير", "editor2", "رئيس التحرير")


def _frame(page: Page, head: str, main: str, kind: str) -> str:
    name = escape(page.outlet.title)
    lines = menu(page, '<li class="menu-item menu-item-type-taxonomy bgnav"><a href="{url}">{label}</a></li>', '<li class="menu-item current-post-ancestor bgnav"><a href="{url}">{label}</a></li>')  # fmt: skip
    strip = rows(page, 4, '<div class="jeg_news_ticker_item"><span><a href="{url}">{title}</a></span></div>')
    popular = rows(page, 5, '<article class="jeg_post jeg_pl_sm"><div class="jeg_thumb"><a href="{url}"><img data-src="{image}" class="lazyload"></a></div><div class="jeg_postblock_content"><h3 class="jeg_post_title"><a href="{url}">{title}</a></h3></div></article>')  # fmt: skip
    return (
        f'<!doctype html><html dir="rtl" lang="ar"><head><meta charset="UTF-8">{head}</head><body class="rtl {kind} jeg_toggle_light jnews"><div class="jeg_ad jnews_header_top_ads"><div class="ads-text">{page.label("ad")}</div></div><div class="jeg_viewport"><div class="jeg_topbar"><div class="jeg_top_date">{page.today()}</div><div class="jeg_nav_item"><div class="jeg_news_ticker"><span>{page.label("breaking")}</span>{strip}</div></div></div><div class="jeg_navbar"><a class="jeg_logo" href="/"><img alt="{name}" src="/l.png"></a><ul class="jeg_menu">{lines}</ul></div>'
        f'<div class="jeg_main"><div class="jeg_container"><div class="jeg_content"><div class="container">{main}</div><div class="jeg_sidebar"><div class="widget widget_jnews_popular"><div class="jeg_block_heading"><h3>{page.label("most")}</h3></div>{popular}</div><div class="widget widget_search"><label>{page.out("البحث عن:")}</label></div><div class="widget mc4wp"><p>{page.label("newsletter")}</p></div></div></div></div></div><div class="jeg_footer"><p>{page.label("disclaimer")}</p><a>{page.label("footer")}</a><span>Theme by JThemes</span></div></div></body></html>'
    )


def _written(page: Page) -> str:
    story = page.the
    if not story.authors:
        return ""
    names = "، ".join(escape(each) for each in story.authors)
    form = page.random.choice(("كتب/ {}", "{city} – خاص: {}", "تقرير: {}", "{city} / {}", "خاص – {}"))
    before, after = form.replace("{city}", page.writer.say("bureau")).split("{}")
    return f"<p><strong>{page.out(before.strip())} {names}{after}</strong></p>"


def article(page: Page) -> str:
    story = page.the
    pieces = [
        lambda: f'<div class="jeg_ad jeg_ad_article jnews_content_inline_ads"><div class="ads-wrapper"><div class="ads-text">{page.label("ad")}</div></div></div>',
        lambda: f'<div class="jnews_inline_related_post"><div class="jeg_block_heading"><h3 class="jeg_block_title"><span>{page.pick("also")}</span></h3></div>{rows(page, 2, "<article class=jeg_post><h3 class=jeg_post_title><a href={url}>{title}</a></h3></article>")}</div>',
        lambda: rows(page, 1, f'<p><span style="color: #ff0000;">{page.pick("also")}</span> <a href="{{url}}">{{title}}</a></p>'),
        lambda: f'<p>{page.out("[adinserter block=" + str(page.random.randint(2, 9)) + "]")}</p>',
        lambda: f'<p><img class="aligncenter size-full wp-image-{page.random.randint(100, 999)}" src="/wp-content/uploads/{page.random.randint(1, 99)}.jpg" alt=""></p>',
    ]  # fmt: skip
    body = text(page, pieces, 2, story.blocks, h="<h4><strong>{}</strong></h4>", table='<figure class="wp-block-table"><table><tbody>{}</tbody></table></figure>')  # fmt: skip
    account = page.out(page.random.choice(_ACCOUNTS))
    source = f"<p>{page.out('المصدر:')} {escape(story.agency)}</p>" if story.agency and not story.dateline else ""
    jetpack = f'<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">{page.out("شارك هذا الموضوع:")}</h3><ul><li><a><span class="sharing-screen-reader-text">{page.out("انقر للمشاركة على فيسبوك (فتح في نافذة جديدة)")}</span></a></li></ul></div><div class="sharedaddy sd-like"><h3>{page.out("معجب بهذه:")}</h3><span>{page.out("إعجاب")}</span> <span>{page.out("تحميل...")}</span></div>' if page.chance(0.6) else ""  # fmt: skip
    tags = f'<div class="jeg_post_tags"><span>{page.label("tags")}</span> {listed("<a href=/tag/{n}/ rel=tag>{text}</a>", story.tags, ", ")}</div>' if story.tags else ""  # fmt: skip
    meta = f'<div class="jeg_meta_container"><div class="jeg_post_meta jeg_post_meta_1"><div class="meta_left"><div class="jeg_meta_author"><img class="avatar" src="/a.png"><span class="meta_text">{page.out("بواسطة")}</span> <a href="/author/admin/">{account}</a></div><div class="jeg_meta_date"><a href="#">{page.date()}</a></div><div class="jeg_meta_category"><span><span class="meta_text">في</span> <a href="{section_url(page)}" rel="category tag">{page.out(story.section.label)}</a></span></div></div><div class="meta_right"><div class="jeg_meta_comment"><a>{page.out(str(page.random.randint(11, 99)))}</a></div><div class="jeg_meta_views">{page.pick("views")}</div></div></div></div>'
    sub = f'<h2 class="jeg_post_subtitle">{escape(story.subtitle)}</h2>' if story.subtitle else ""
    around = page.others(2)
    turn = "".join(f'<a href="{url}" class="post {side}-post"><span class="caption">{page.out(said)}</span><h3 class="post-title">{title}</h3></a>' for (url, title), side, said in zip(around, ("prev", "next"), ("المقال السابق", "المقال التالي"), strict=False))  # fmt: skip
    related = rows(page, 3, '<article class="jeg_post jeg_pl_md_1"><div class="jeg_thumb"><a href="{url}"><img data-src="{image}"></a></div><h3 class="jeg_post_title"><a href="{url}">{title}</a></h3></article>')  # fmt: skip
    main = (
        f'<div class="jeg_breadcrumbs"><span><a href="/">{page.label("home")}</a></span><i class="fa fa-angle-right"></i><span><a href="{section_url(page)}">{page.out(story.section.label)}</a></span></div><div class="entry-header"><h1 class="jeg_post_title">{escape(story.headline)}</h1>{sub}{meta}</div><div class="jeg_featured featured_image"><a href="{page.image()}"><img src="{page.image()}"><p class="wp-caption-text">{page.out(story.caption)}</p></a></div>'
        f'<div class="jeg_share_top_container"><div class="jeg_share_stats"><div class="jeg_share_count"><div class="counts">0</div><span class="sharetext">{page.out("SHARES")}</span></div></div>{share(page, "<a class=jeg_btn><span>{text}</span></a>")}</div><div class="entry-content no-share"><div class="content-inner">{_written(page)}{body}{source}{jetpack}{tags}</div></div><div class="jnews_prev_next_container">{turn}</div><div class="jnews_author_box_container"><div class="jeg_authorbox"><h3 class="jeg_author_name"><a href="/author/admin/">{account}</a></h3><p class="jeg_author_desc">{page.pick("about_author")}</p></div></div><div class="jnews_related_post_container"><h3 class="jeg_block_title">{page.label("related")}</h3>{related}</div><div class="comment-respond"><h3>{page.label("comments")}</h3><p>{page.label("write_comment")}</p></div>'
    )
    head = f'<title>{escape(story.headline)} - {escape(page.outlet.title)}</title><meta name="author" content="{account}"><meta name="twitter:label1" content="كُتب بواسطة"><meta name="twitter:data1" content="{account}"><meta property="og:image" content="{page.image()}">' + ld({"@type": "Person", "name": account, "url": "/author/admin/"})  # fmt: skip
    return _frame(page, head, main, "single single-post")


def listing(page: Page) -> str:
    hero = cards(page, '<article class="jeg_post jeg_hero_item"><div class="jeg_block_container"><div class="jeg_thumb" style="background-image:url({image})"><a href="{url}"></a></div><div class="jeg_postblock_content"><div class="jeg_post_category"><a>{section}</a></div><h2 class="jeg_post_title"><a href="{url}">{title}</a></h2></div></div></article>')  # fmt: skip
    row = cards(page, '<article class="jeg_post jeg_pl_md_2 format-standard"><div class="jeg_thumb"><a href="{url}"><img data-src="{image}"></a></div><div class="jeg_postblock_content"><h3 class="jeg_post_title"><a href="{url}">{title}</a></h3><div class="jeg_post_meta"><div class="jeg_meta_author">بواسطة <a>admin</a></div><div class="jeg_meta_date"><a href="{url}"><i></i> {date}</a></div></div><div class="jeg_post_excerpt"><p>{lead}...</p><a href="{url}" class="jeg_readmore">اقرأ المزيد<span class="screen-reader-text">Details</span></a></div></div></article>')  # fmt: skip
    others = elsewhere(page, '<div class="jeg_postblock"><div class="jeg_block_heading"><h3><a href="{url}">{label}</a></h3></div>{items}</div>', '<article class="jeg_post"><h3><a href="{url}">{title}</a></h3></article>', 3)  # fmt: skip
    pages = pager(page, '<a class="page_number" href="{url}">{n}</a>', '<span class="page_number active">{n}</span>')
    main = f'<div class="jeg_heroblock">{"".join(hero[:3])}</div><div class="jeg_ad"><div class="ads-text">{page.label("ad")}</div></div><div class="jeg_postblock_3"><div class="jeg_posts">{"".join(row[3:])}</div><div class="jeg_navigation jeg_pagination">{pages}</div></div>{others}'
    return _frame(
        page, f"<title>{escape(page.outlet.title)}</title>", main, "home" if page.section is None else "archive"
    )


BUILD = Build(
    "small_press", article, listing, slugged("/{n}/{t}/"), section_address=section_address("/category/{s}/", "page/{n}/"),
    dates=("month-first", "ago-hours", "weekday-plain"), zones=("Africa/Khartoum", "Asia/Aden", "Africa/Tripoli"),
    habits=Habits(
        bylines=0.45, agencies=0.3, subtitles=0.15, datelines=0.35, tags=0.65, extras=0.3, shortest=2, longest=10, recent=True,
        openings=("{place} – ", "{place} – {agency}: "),
    ),
)  # fmt: skip
