"""Small WordPress sites on loopback in the markup of three default themes, for crawls from end to end.

Twenty Sixteen (whole posts on the listing, numbered pages), Twenty Twenty-One (excerpts, "older posts"), Twenty
Twenty-Four (blocks). All have the same posts, and differ in the markup around them and in the form of URLs.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from urllib.parse import unquote

from tests.support.hostile import Answer, Exchange, Server, page, redirect, robots
from tests.support.newspapers.blog_posts import (
    AUTHORS,
    CATEGORIES,
    PER_PAGE,
    Blog,
    Post,
    body_of,
    head,
    numbers,
    spoken,
    terms,
    title_of,
    widgets,
)


@dataclass(frozen=True)
class Template:
    """One theme: functions that write a listing page and a post."""

    listing: Callable[[Blog, str, tuple[Post, ...], str, int, int], str]
    single: Callable[[Blog, Post], str]


# Twenty Sixteen


def sixteen_footer(blog: Blog, post: Post) -> str:
    categories, tags = terms(blog, post)
    updated = (
        f'<time class="updated" datetime="{post.modified.isoformat()}">{spoken(post.modified)}</time>'
        if post.modified != post.published
        else ""
    )
    published = "entry-date published" + ("" if updated else " updated")
    tagged = f'<span class="tags-links"><span class="screen-reader-text">الوسوم </span>{tags}</span>' if tags else ""
    return f"""<footer class="entry-footer"><span class="byline"><img alt='' src='/avatar/{post.author}?s=49' class='avatar avatar-49 photo' height='49' width='49'><span class="screen-reader-text">الكاتب </span><span class="author vcard"><a class="url fn n" href="/author/{post.author}/">{AUTHORS[post.author]}</a></span></span><span class="posted-on"><span class="screen-reader-text">نُشرت بتاريخ </span><a href="{blog.post_path(post)}" rel="bookmark"><time class="{published}" datetime="{post.published.isoformat()}">{spoken(post.published)}</time>{updated}</a></span><span class="cat-links"><span class="screen-reader-text">التصنيفات </span>{categories}</span>{tagged}<span class="comments-link"><a href="{blog.post_path(post)}#respond">اترك تعليقاً<span class="screen-reader-text"> على {title_of(post)}</span></a></span></footer>"""


def sixteen_frame(blog: Blog, title: str, body_class: str, main: str) -> str:
    return f"""{head(blog, title, body_class)}<div id="page" class="site"><div class="site-inner">
<a class="skip-link screen-reader-text" href="#content">التجاوز إلى المحتوى</a>
<header id="masthead" class="site-header"><div class="site-header-main"><div class="site-branding">
<p class="site-title"><a href="/" rel="home">صحيفة الرصيف</a></p><p class="site-description">أخبار المدينة كل يوم</p></div></div></header>
<div id="content" class="site-content"><div id="primary" class="content-area"><main id="main" class="site-main">{main}</main></div>
<aside id="secondary" class="sidebar widget-area">{widgets(blog)}</aside></div>
<footer id="colophon" class="site-footer"><div class="site-info"><span class="site-title"><a href="/" rel="home">صحيفة الرصيف</a></span>
<a href="https://ar.wordpress.org/" class="imprint">فخورون باستخدام ووردبريس</a></div></footer></div></div></body></html>"""


def sixteen_listing(blog: Blog, path: str, shown: tuple[Post, ...], heading: str, number: int, pages: int) -> str:
    cards = ""
    for post in shown:
        sticky = '<span class="sticky-post">مميز</span>' if post.sticky and path == "/" and number == 1 else ""
        cards += (
            f'<article id="post-{post.id}" class="post-{post.id} post type-post status-publish format-standard hentry">'
            f'<header class="entry-header">{sticky}<h2 class="entry-title"><a href="{blog.post_path(post)}" rel="bookmark">'
            f'{title_of(post)}</a></h2></header><div class="entry-content">{body_of(post)}</div>{sixteen_footer(blog, post)}</article>'
        )
    above = (
        f'<header class="page-header"><h1 class="page-title">التصنيف: <span>{heading}</span></h1></header>'
        if heading
        else ""
    )
    label = '<span class="meta-nav screen-reader-text">الصفحة </span>'
    below = numbers(blog, path, number, pages, label=label, following="الصفحة التالية")
    return sixteen_frame(
        blog, heading or "الرئيسية", "archive category hfeed" if heading else "home blog hfeed", above + cards + below
    )


def sixteen_single(blog: Blog, post: Post) -> str:
    index = blog.posts.index(post)
    older, newer = blog.posts[(index + 1) % len(blog.posts)], blog.posts[index - 1]
    main = f"""<article id="post-{post.id}" class="post-{post.id} post type-post status-publish format-standard hentry">
<header class="entry-header"><h1 class="entry-title">{title_of(post)}</h1></header>
<div class="entry-content">{body_of(post)}</div>{sixteen_footer(blog, post)}</article>
<div id="comments" class="comments-area"><div id="respond" class="comment-respond"><h2 id="reply-title" class="comment-reply-title">اترك تعليقاً</h2>
<form action="/wp-comments-post.php" method="post" id="commentform" class="comment-form"><p class="comment-notes">لن يتم نشر عنوان بريدك الإلكتروني.</p></form></div></div>
<nav class="navigation post-navigation" aria-label="مقالات"><h2 class="screen-reader-text">تصفّح المقالات</h2><div class="nav-links">
<div class="nav-previous"><a href="{blog.post_path(older)}" rel="prev"><span class="meta-nav" aria-hidden="true">السابق</span> <span class="screen-reader-text">المقالة السابقة:</span> <span class="post-title">{title_of(older)}</span></a></div>
<div class="nav-next"><a href="{blog.post_path(newer)}" rel="next"><span class="meta-nav" aria-hidden="true">التالي</span> <span class="post-title">{title_of(newer)}</span></a></div></div></nav>"""
    return sixteen_frame(blog, post.title, f"post-template-default single single-post postid-{post.id}", main)


# Twenty Twenty-One


def twentyone_frame(blog: Blog, title: str, body_class: str, main: str) -> str:
    entries = "".join(
        f'<li id="menu-item-{c}0" class="menu-item menu-item-type-taxonomy menu-item-object-category menu-item-{c}0">'
        f'<a href="{blog.category_path(c)}">{CATEGORIES[c]}</a></li>'
        for c in blog.listed
    )
    return f"""{head(blog, title, body_class)}<div id="page" class="site"><header id="masthead" class="site-header has-title-and-tagline has-menu">
<div class="site-branding"><p class="site-title"><a href="/">صحيفة الرصيف</a></p></div>
<nav id="site-navigation" class="primary-navigation" aria-label="القائمة الأساسية"><div class="primary-menu-container">
<ul id="primary-menu-list" class="menu-wrapper"><li class="menu-item menu-item-home"><a href="/">الرئيسية</a></li>{entries}</ul></div></nav></header>
<div id="content" class="site-content"><div id="primary" class="content-area"><main id="main" class="site-main">{main}</main></div></div>
<aside class="widget-area">{widgets(blog)}</aside><footer id="colophon" class="site-footer"><div class="powered-by">مدعوم بكل فخر من
<a href="https://ar.wordpress.org/">WordPress</a>.</div></footer></div></body></html>"""


def twentyone_date(post: Post) -> str:
    return (
        f'<span class="posted-on">نُشر في <time class="entry-date published updated" datetime="{post.published.isoformat()}">'
        f"{spoken(post.published)}</time></span>"
    )


def twentyone_terms(blog: Blog, post: Post) -> str:
    categories, tags = terms(blog, post)
    tagged = f'<span class="tags-links">موسوم كـ {tags}</span>' if tags else ""
    return f'<div class="post-taxonomies"><span class="cat-links">مصنف كـ {categories}</span>{tagged}</div>'


def twentyone_listing(blog: Blog, path: str, shown: tuple[Post, ...], heading: str, number: int, pages: int) -> str:
    cards = ""
    for post in shown:
        link = blog.post_path(post)
        excerpt = "" if post.password else escape(post.paragraphs[0][:60])
        cards += (
            f'<article id="post-{post.id}" class="post-{post.id} post type-post status-publish format-standard hentry entry">'
            f'<header class="entry-header"><h2 class="entry-title default-max-width"><a href="{link}">{title_of(post)}</a></h2></header>'
            f'<div class="entry-content"><p>{excerpt}&hellip; <a class="more-link" href="{link}">متابعة القراءة '
            f'<span class="screen-reader-text">{title_of(post)}</span></a></p></div>'
            f'<footer class="entry-footer default-max-width">{twentyone_date(post)}{twentyone_terms(blog, post)}</footer></article>'
        )
    following = (
        '<span class="nav-next-text">المقالات <span class="nav-short">الأقدم</span></span> <svg class="svg-icon"></svg>'
    )
    above = f'<header class="page-header alignwide"><h1 class="page-title">{heading}</h1></header>' if heading else ""
    below = numbers(blog, path, number, pages, label="صفحة ", following=following)
    return twentyone_frame(
        blog, heading or "الرئيسية", "archive category hfeed" if heading else "home blog hfeed", above + cards + below
    )


def twentyone_single(blog: Blog, post: Post) -> str:
    index = blog.posts.index(post)
    older = blog.posts[(index + 1) % len(blog.posts)]
    main = f"""<article id="post-{post.id}" class="post-{post.id} post type-post status-publish format-standard hentry entry">
<header class="entry-header alignwide"><h1 class="entry-title">{title_of(post)}</h1></header><div class="entry-content">{body_of(post)}</div>
<footer class="entry-footer default-max-width"><div class="posted-by">{twentyone_date(post)}<span class="byline">بواسطة
<a href="/author/{post.author}/" rel="author">{AUTHORS[post.author]}</a></span></div>{twentyone_terms(blog, post)}</footer></article>
<nav class="navigation post-navigation" aria-label="مقالات"><h2 class="screen-reader-text">تصفّح المقالات</h2><div class="nav-links">
<div class="nav-previous"><a href="{blog.post_path(older)}" rel="prev"><p class="meta-nav">المقالة السابقة</p><p class="post-title">{title_of(older)}</p></a></div></div></nav>"""
    return twentyone_frame(blog, post.title, f"post-template-default single single-post postid-{post.id}", main)


# Twenty Twenty-Four: blocks


def block_frame(blog: Blog, title: str, body_class: str, main: str) -> str:
    entries = "".join(
        '<li class="wp-block-navigation-item wp-block-navigation-link"><a class="wp-block-navigation-item__content" '
        f'href="{blog.category_path(c)}"><span class="wp-block-navigation-item__label">{CATEGORIES[c]}</span></a></li>'
        for c in blog.listed
    )
    return f"""{head(blog, title, body_class)}<div class="wp-site-blocks"><header class="wp-block-template-part"><div class="wp-block-group">
<p class="wp-block-site-title"><a href="/" rel="home">صحيفة الرصيف</a></p>
<nav class="is-responsive wp-block-navigation" aria-label="التنقل"><ul class="wp-block-navigation__container wp-block-navigation">{entries}
<li class="wp-block-navigation-item wp-block-navigation-link"><a class="wp-block-navigation-item__content" href="/about/"><span class="wp-block-navigation-item__label">من نحن</span></a></li></ul></nav></div></header>
{main}
<footer class="wp-block-template-part"><div class="wp-block-group"><h2 class="wp-block-heading">عن الصحيفة</h2>
<nav class="wp-block-navigation"><ul class="wp-block-navigation__container"><li class="wp-block-navigation-item wp-block-navigation-link"><a class="wp-block-navigation-item__content" href="/privacy/"><span class="wp-block-navigation-item__label">سياسة الخصوصية</span></a></li></ul></nav></div></footer></div></body></html>"""


def block_meta(blog: Blog, post: Post) -> str:
    categories, tags = terms(blog, post, between='<span class="wp-block-post-terms__separator">, </span>')
    categories = categories.replace("category tag", "tag")
    tagged = f'<div class="taxonomy-post_tag wp-block-post-terms">{tags}</div>' if tags else ""
    return f"""<div class="wp-block-template-part"><div class="wp-block-group is-content-justification-left is-layout-flex">
<div class="wp-block-post-date"><time datetime="{post.published.isoformat()}"><a href="{blog.post_path(post)}">{spoken(post.published)}</a></time></div>
<p class="has-contrast-2-color has-text-color">—</p><div class="wp-block-post-author-name"><a href="/author/{post.author}/" target="_self" class="wp-block-post-author-name__link">{AUTHORS[post.author]}</a></div>
<div class="taxonomy-category wp-block-post-terms"><span class="wp-block-post-terms__prefix">في </span>{categories}</div></div></div>{tagged}"""


def block_listing(blog: Blog, path: str, shown: tuple[Post, ...], heading: str, number: int, pages: int) -> str:
    cards = "".join(
        f'<li class="wp-block-post post-{post.id} post type-post status-publish format-standard hentry"><div class="wp-block-group">'
        f'<h2 class="wp-block-post-title has-x-large-font-size"><a href="{blog.post_path(post)}" target="_self">{title_of(post)}</a></h2>'
        f'{block_meta(blog, post)}<div class="wp-block-post-excerpt"><p class="wp-block-post-excerpt__excerpt">'
        f"{'' if post.password else escape(post.paragraphs[0][:60])}… </p></div></div></li>"
        for post in shown
    )
    above = (
        f'<h1 class="wp-block-query-title">التصنيف: <span>{heading}</span></h1>'
        if heading
        else '<h1 class="wp-block-heading">المقالات</h1>'
    )
    links = (
        [f'<a href="{blog.numbered(path, number - 1)}" class="wp-block-query-pagination-previous">الصفحة السابقة</a>']
        if number > 1
        else []
    )
    every = "".join(
        f'<span aria-current="page" class="page-numbers current">{each}</span>'
        if each == number
        else f'<a class="page-numbers" href="{blog.numbered(path, each)}">{each}</a>'
        for each in range(1, pages + 1)
    )
    links.append(f'<div class="wp-block-query-pagination-numbers">{every}</div>')
    if number < pages:
        links.append(
            f'<a href="{blog.numbered(path, number + 1)}" class="wp-block-query-pagination-next">الصفحة التالية'
            "<span class='wp-block-query-pagination-next-arrow is-arrow-arrow' aria-hidden='true'>→</span></a>"
        )
    main = f"""<main class="wp-block-group is-layout-flow">{above}<div class="wp-block-query alignwide"><ul class="wp-block-post-template">{cards}</ul>
<nav class="alignwide wp-block-query-pagination is-layout-flex" aria-label="ترقيم الصفحات">{"".join(links) if pages > 1 else ""}</nav></div></main>"""
    return block_frame(blog, heading or "الرئيسية", "archive category" if heading else "home blog", main)


def block_single(blog: Blog, post: Post) -> str:
    index = blog.posts.index(post)
    older = blog.posts[(index + 1) % len(blog.posts)]
    main = f"""<main class="wp-block-group"><div class="wp-block-group"><h1 class="wp-block-post-title">{title_of(post)}</h1>{block_meta(blog, post)}</div>
<div class="entry-content alignfull wp-block-post-content">{body_of(post)}</div><div class="wp-block-group">
<div class="post-navigation-link-previous wp-block-post-navigation-link">→ <a href="{blog.post_path(older)}" rel="prev">{title_of(older)}</a></div></div>
<section class="wp-block-group"><div class="wp-block-comments"><h2 class="wp-block-heading">التعليقات</h2><div id="respond" class="comment-respond wp-block-post-comments-form"><h3 id="reply-title" class="comment-reply-title">اترك تعليقاً</h3></div></div></section></main>"""
    return block_frame(blog, post.title, f"post-template-default single single-post postid-{post.id}", main)


TEMPLATES = {
    "twentysixteen": Template(sixteen_listing, sixteen_single),
    "twentytwentyone": Template(twentyone_listing, twentyone_single),
    "twentytwentyfour": Template(block_listing, block_single),
}


def pages(blog: Blog) -> Iterator[tuple[str, str]]:
    """Path and HTML of every page that a crawl can reach."""
    front = tuple(sorted(blog.posts, key=lambda post: not post.sticky))
    yield from _walk(blog, "/", front, "")
    for category, name in CATEGORIES.items():
        yield from _walk(
            blog, blog.category_path(category), tuple(p for p in blog.posts if category in p.categories), name
        )
    for post in blog.posts:
        yield blog.post_path(post), TEMPLATES[blog.theme].single(blog, post)


def _walk(blog: Blog, path: str, listed: tuple[Post, ...], heading: str) -> Iterator[tuple[str, str]]:
    count = -(-len(listed) // PER_PAGE)
    for number in range(1, count + 1):
        shown = listed[(number - 1) * PER_PAGE : number * PER_PAGE]
        yield (
            blog.numbered(path, number),
            TEMPLATES[blog.theme].listing(blog, path, shown, heading, number, count),
        )


class Routes(dict[str, Answer]):
    """Answers by path, in any percent encoding; redirects a path without the final slash, as WordPress does."""

    def get(self, path: str, default: Answer | None = None) -> Answer:  # type: ignore[override]
        answer = super().get(unquote(path))
        if answer is None and "?" not in path and super().get(unquote(path) + "/") is not None:
            return redirect(path + "/", 301)
        return answer or default or page("", 404)


@contextmanager
def serve(blog: Blog) -> Iterator[Server]:
    """Serve the site on loopback."""
    answers = Routes({unquote(path): page(html) for path, html in pages(blog)})
    answers["/robots.txt"] = robots("User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n")
    with Server(answers) as server:
        yield server


def asked(exchanges: list[Exchange]) -> list[str]:
    return [unquote(exchange.path) for exchange in exchanges]
