"""A paper on Blogger: text nodes and breaks in one division, styles of a word processor, labels in the foot, old links."""

from html import escape

from tests.benchmarks.invented.held_out import heads
from tests.benchmarks.invented.held_out.furniture import fixed, menu, older, optional, people, rows, varied
from tests.benchmarks.invented.pages import Outlet, Page, Shows, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story

_STYLES = (
    ("{}<br/>\n<br/>\n", "<b>{}</b><br/>\n"),
    ('<span style="font-size: large;">{}</span><br /><span style="font-size: large;"><br /></span>', '<span style="color: #cc0000; font-size: x-large;">{}</span><br />'),
    ('<p dir="rtl" style="line-height:1.38;text-align: right;"><span style="background-color: transparent; font-family: Arial; white-space: pre-wrap;">{}</span></p><br>', '<h2 dir="rtl"><span>{}</span></h2>'),
)  # fmt: skip


def address(outlet: Outlet, story: Story) -> str:
    return f"/{story.when:%Y/%m}/{story.section.slug}{story.number}.html?m=1"


def section_address(section: Section, page: int) -> str:
    return f"/search/label/{section.slug}?m=1" + (f"&start={page * 10 - 10}" if page > 1 else "")


def _widget(kind: str, title: str, inner: str) -> str:
    return f"<div class='widget {kind}' data-version='2'><h3 class='title'>{title}</h3><div class='widget-content'>{inner}</div></div>"


def _frame(page: Page, head: str, main: str) -> str:
    name = page.out(page.outlet.title)
    popular = rows(page, 4, "<div class='popular-posts-widget-content'><div class='post'><h3 class='post-title'><a href='{url}'>{title}</a></h3></div></div>")  # fmt: skip
    archive = "".join(f"<li><a href='/2026/{n:02}/'>{fixed(page, 'محفوظات')} 2026/{n:02}</a></li>" for n in range(8, 12))  # fmt: skip
    return (
        f"<!DOCTYPE html><html dir='rtl' lang='ar' xmlns:b='http://www.google.com/2005/gml/b'><head><meta content='text/html; charset=UTF-8' http-equiv='Content-Type'/>{head}<meta content='blogger' name='generator'/></head><body class='item-view version-1-3-3 variant-indie_light'><a class='skip-navigation' href='#main'>{fixed(page, 'مباشرة إلى المحتوى')}</a><div class='page'>"
        f"<div class='widget Header'><a href='/'><h1>{name}</h1></a><p>{fixed(page, 'صوت القرية إلى العالم', 'مدونة إخبارية بجهود شبابية')}</p></div><div class='widget PageList'><ul>{menu(page, '<li><a href={url}>{label}</a></li>')}</ul></div><div class='main section' id='page_body'>{main}</div>"
        f"<aside class='sidebar-container'>{_widget('PopularPosts', fixed(page, 'أكثر ما فُتح', 'زوارنا اختاروا'), popular)}{_widget('BlogArchive', fixed(page, 'الدفتر القديم'), f'<ul>{archive}</ul>')}{_widget('Profile', fixed(page, 'صاحب المدونة'), fixed(page, 'عرض الملف الكامل'))}{_widget('ContactForm', fixed(page, 'اكتب لنا'), fixed(page, 'الاسم والبريد والرسالة'))}</aside><footer class='footer section'><div class='widget Attribution'>{fixed(page, 'الثيم من تصميم حمود سوفت')}</div></footer></div></body></html>"
    )


def article(page: Page) -> str:
    story = page.the
    p, h = _STYLES[story.number // 3 % len(_STYLES)]  # numbers go by three
    parts = text_html(story.blocks, p=p, h=h, quote=p.format("“{}”"), item="– {}<br />", items="<div><br />{}</div>")
    picture = f'<div class="separator" style="clear: both; text-align: center;"><a href="{page.image()}" style="margin-left: 1em;"><img border="0" data-original-height="720" src="{page.image()}" width="320" /></a></div><div style="text-align: center;"><i>{page.out(story.caption)}</i></div><br />'
    inserts = {0: picture}
    if page.chance(0.4):
        inserts[2] = rows(page, 1, f'<div style="text-align: center;"><span style="color: red;">{varied(page, "ربما فاتكم", "سابقاً في المدونة", "رابط مهم")} ◄◄ </span><a href="{{url}}">{{title}}</a></div>')  # fmt: skip
    by = people(page, "{name}", " و ")
    if by:
        inserts[0] = (
            f'<div style="text-align: right;"><b>{fixed(page, "مراسلنا", "متابعة", "عدسة وقلم")}: {by}</b></div>{picture}'
        )
    if story.agency:
        inserts[98] = (
            f'<div style="text-align: left;">{fixed(page, "المصدر", "نقلا عن")} : {page.out(story.agency)}</div>'
        )
    share = "".join(f"<li><span aria-label='{each}'>{each}</span></li>" for each in ("Pinterest", "Facebook"))
    posted = f"<span class='byline post-timestamp'>{fixed(page, 'كُتب يوم')} <a class='timestamp-link' href='#'>{page.date()}</a></span>" if story.dated else ""  # fmt: skip
    replies = "".join(f"<li class='comment'><div class='comment-header'><cite class='user'>{varied(page, '{man}', 'غير معروف')}</cite></div><p class='comment-content'>{text}</p></li>" for text in page.several("reader", page.random.randint(0, 3)))  # fmt: skip
    main = (
        f"<div class='widget Blog' data-version='2' id='Blog1'><div class='blog-posts hfeed'><article class='post-outer-container'><div class='post-outer'><div class='post'><a name='{story.number}'></a><h3 class='post-title entry-title'>{escape(story.headline)}</h3>{optional('<h4>{}</h4>', story.subtitle)}<div class='post-header'><div class='post-header-line-1'>{posted}</div></div><div class='post-share-buttons'><ul>{share}</ul></div>"
        f"<div class='post-body entry-content float-container' id='post-body-{story.number}'><div style=\"text-align: right;\" trbidi=\"on\">{woven(parts, inserts)}</div></div><div class='post-bottom'><div class='post-footer'><span class='byline post-labels'><span class='byline-label'>{fixed(page, 'التصنيفات', 'مصنف في')}</span> <a href='{escape(page.outlet.section_url(story.section))}' rel='tag'>{page.out(story.section.label)}</a></span></div></div></div></div>"
        f"<section class='comments' id='comments'><h3 class='title'>{fixed(page, 'الردود', 'ماذا قالوا')}</h3><ol>{replies}</ol><p class='comment-footer'>{fixed(page, 'إرسال رد جديد')}</p></section></article></div><div class='blog-pager'><a class='blog-pager-older-link' href='/x.html'>{fixed(page, 'رسالة أقدم')}</a></div></div>"
    )
    return _frame(page, heads.titled(page, ": ", site_first=True), main)


def listing(page: Page) -> str:
    items = "".join(
        f"<article class='post-outer-container'><div class='post-outer'><div class='post'><h3 class='post-title entry-title'><a href='{page.outlet.url(each)}'>{escape(each.headline)}</a></h3><div class='post-header'><span class='byline post-timestamp'><a href='{page.outlet.url(each)}'>{page.date(each)}</a></span></div><div class='container post-body'><div class='snippet-thumbnail'><img src='{page.image(each)}'/></div><div class='post-snippet snippet-container'>{escape(each.paragraphs[0][:120])}</div></div><div class='post-bottom'><a class='flat-button' href='{page.outlet.url(each)}'>{fixed(page, 'تتمة المقال')}</a></div></div></div></article>"
        for each in page.shown
    )
    more = older(page, f"<div class='blog-pager'><a class='blog-pager-older-link' href='{{url}}'>{fixed(page, 'أقدم')}</a></div>")  # fmt: skip
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", f"<div class='widget Blog' id='Blog1'><div class='blog-posts hfeed'>{items}</div>{more}</div>")  # fmt: skip


BUILD = Build(
    "blogger_soup", article, listing, address, section_address=section_address,
    dates=("levant", "morocco", "gulf"), zones=("Asia/Gaza", "Africa/Casablanca"),
    shows=Shows(tags=False), habits=Habits(extras=0.4, longest=10, tags=0.0, agencies=0.35),
)  # fmt: skip
