"""A local paper on Blogger: text without paragraphs, styles of several editors, readers who write more than the writer."""

from html import escape

from tests.benchmarks.invented.developed_more import heads
from tests.benchmarks.invented.pages import Outlet, Page, Shows, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story

_FOLLOWED = ("قال زائر:", "غير معرف يقول...", "أبو أنس:")


def address(outlet: Outlet, story: Story) -> str:
    return f"/{story.when:%Y/%m}/blog-post_{story.number}.html"


def section_address(section: Section, page: int) -> str:
    return f"/search/label/{section.slug}" + (f"?updated-max=2026-0{page}-01&max-results=10" if page > 1 else "")


def _frame(page: Page, head: str, main: str) -> str:
    outlet = page.outlet
    menu = "".join(
        f'<li><a href="{escape(outlet.section_url(each))}">{page.out(each.label)}</a></li>' for each in outlet.sections
    )
    popular = "".join(
        f"<li><div class='item-title'><a href='{url}'>{title}</a></div><div class='item-snippet'>{page.pick('blurb')}</div></li>"
        for url, title in page.others(5)
    )
    return (
        f"<!DOCTYPE html><html dir='rtl' xmlns:b='http://www.google.com/2005/gml/b'><head><meta content='text/html; charset=UTF-8' http-equiv='Content-Type'/><meta content='blogger' name='generator'/>{head}</head>"
        f"<body><div class='content-outer'><div class='header section' id='header'><div class='titlewrapper'><h1 class='title'><a href='/'>{page.out(outlet.title)}</a></h1></div></div><div class='tabs'><ul>{menu}</ul></div>"
        f"<div class='main-outer'><div class='main section' id='main'>{main}</div><div class='column-right'><div class='widget PopularPosts'><h2>{page.label('most')}</h2><ul>{popular}</ul></div>"
        f"<div class='widget FollowByEmail'><h2>{page.label('newsletter')}</h2></div><div class='widget Text'><p>{page.pick('blurb')}</p></div></div></div>"
        f"<div class='footer'>{page.label('footer')}. يتم التشغيل بواسطة Blogger.</div></div></body></html>"
    )


def article(page: Page) -> str:
    story = page.the
    style = page.random.choice(("br", "div", "span"))
    p, h = {
        "br": ("{}<br /><br />", "<b>{}</b><br /><br />"),
        "div": ('<div style="text-align: right;">{}</div><div style="text-align: right;"><br /></div>', '<div style="text-align: right;"><b>{}</b></div>'),
        "span": ('<p class="MsoNormal" dir="RTL"><span style="font-family: Arial; font-size: 18px;">{}<o:p></o:p></span></p>', "<h3><span>{}</span></h3>"),
    }[style]  # fmt: skip
    parts = text_html(story.blocks, p=p, h=h, quote="<i>« {} »</i><br />", item="- {}<br />", items="<div>{}</div>")
    picture = (
        f'<table class="tr-caption-container"><tbody><tr><td><a href="{page.image()}"><img src="{page.image()}" width="640" /></a></td></tr>'
        f'<tr><td class="tr-caption" style="text-align: center;">{page.out(story.caption)}</td></tr></tbody></table>'
    )
    inserts = {0: picture}
    if story.authors:
        inserts[0] += f"<b>{page.out('/ '.join(story.authors))} - {escape(page.outlet.title)}</b><br />"
    if page.chance(0.5):
        url, title = page.others(1)[0]
        inserts[2] = (
            f'<blockquote class="tr_bq">{page.pick("also")} &gt;&gt; <a href="{url}" target="_blank">{title}</a></blockquote>'
        )
    inserts[99] = f'<div style="text-align: center;"><b>{page.pick("follow")}</b></div>'
    if story.agency:
        inserts[98] = f'<span style="color: #666;">{page.out("عن " + story.agency)}</span><br />'
    labels = ", ".join(f"<a href='/search/label/{n}' rel='tag'>{escape(tag)}</a>" for n, tag in enumerate(story.tags))
    replies = "".join(
        f"<li class='comment'><div class='comment-block'><cite>{escape(_FOLLOWED[n % 3])}</cite><p class='comment-content'>{text}</p></div></li>"
        for n, text in enumerate(page.several("comment", 4))
    )
    sub = f"<div class='post-sub'>{escape(story.subtitle)}</div>" if story.subtitle else ""
    main = (
        f"<div class='date-outer'><h2 class='date-header'><span>{page.date()}</span></h2><div class='post-outer'><div class='post hentry'>{sub}<h3 class='post-title entry-title'>{escape(story.headline)}</h3>"
        f"<div class='post-body entry-content' id='post-body-{story.number}'><div dir=\"rtl\" style=\"text-align: right;\" trbidi=\"on\">{woven(parts, inserts)}</div><div style='clear: both;'></div></div>"
        f"<div class='post-footer'><span class='post-author'>مرسلة بواسطة <span>Unknown</span></span><div class='post-share'>{page.label('share')} BlogThis!</div><span class='post-labels'>{page.label('tags')}: {labels}</span></div></div>"
        f"<div class='comments' id='comments'><h4>{page.label('comments')}</h4><ol>{replies}</ol><p>{page.label('write_comment')}</p></div></div></div>"
    )
    return _frame(page, heads.titled(page, ": "), main)


def listing(page: Page) -> str:
    posts = "".join(
        f"<div class='date-outer'><h2 class='date-header'><span>{page.date(each)}</span></h2><div class='post hentry'><h3 class='post-title entry-title'><a href='{page.outlet.url(each)}'>{escape(each.headline)}</a></h3>"
        f"<div class='post-body'>{escape(each.paragraphs[0])}</div><div class='jump-link'><a href='{page.outlet.url(each)}#more'>باقي الموضوع »</a></div></div></div>"
        for each in page.shown
    )
    older = (
        f"<div class='blog-pager'><a class='blog-pager-older-link' href='{escape(page.outlet.section_url(page.section, page.number + 1))}'>{page.label('next')}</a></div>"
        if page.section
        else ""
    )
    return _frame(
        page, f"<title>{escape(page.outlet.title)}</title>", f"<div class='blog-posts hfeed'>{posts}</div>{older}"
    )


BUILD = Build(
    "blogger", article, listing, address, section_address=section_address,
    dates=("weekday-slash", "gulf", "maghreb"), zones=("Africa/Nouakchott", "Africa/Tripoli"),
    shows=Shows(section=False), habits=Habits(longest=8, bylines=0.7, subtitles=0.2),
)  # fmt: skip
