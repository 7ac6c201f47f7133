"""Small WordPress sites on loopback, as three of its own themes render them: for crawls from end to end.

Twenty Sixteen (whole posts on the listing, numbered pages), Twenty Twenty-One (excerpts, "older posts"), Twenty
Twenty-Four (blocks). Posts are the same in each; what differs is the markup around them and how URLs are made.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from html import escape
from urllib.parse import quote, unquote

from tests.support.hostile import Answer, Exchange, Server, page, redirect, robots

ZONE = timezone(timedelta(hours=3))
PER_PAGE = 5
CATEGORIES = {2: "محليات", 3: "اقتصاد", 4: "رياضة", 5: "منوعات"}
AUTHORS = {1: "هدى السالم", 2: "مازن الجابري"}
TAGS = {7: "الميناء", 8: "السوق المركزي"}
MONTHS = (
    "",
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
)
SUBJECTS = (
    "بلدية المدينة تبدأ إصلاح شارع الساحل القديم",
    "وصول أول باخرة قمح إلى الميناء الجديد",
    "أسعار الخضار تنخفض في السوق المركزي",
    "فريق المدينة يفوز على ضيفه بهدفين",
    "مكتبة الحي تفتح أبوابها مساء للطلاب",
    "ارتفاع عدد المسافرين عبر المطار هذا الصيف",
    "خطة لتوسيع شبكة المياه في القرى الشمالية",
)
SENTENCES = (
    "أعلنت الجهة المسؤولة تفاصيل الخبر في مؤتمر صحفي عقد صباح اليوم بحضور عدد من الصحفيين والمهتمين بالشأن المحلي.",
    "وقال المتحدث إن العمل سيستمر ثلاثة أشهر على الأقل، وإن السكان سيبلغون بكل تغيير قبل موعده بأسبوع كامل.",
    "وأضاف أن الكلفة لم تتجاوز ما رصد لها في الموازنة، وأن لجنة مستقلة ستراجع الحسابات عند نهاية العمل.",
    "من جهته رأى تاجر من أبناء المنطقة أن الخطوة جاءت متأخرة، لكنها ستعيد الحركة إلى المحال بعد ركود طويل.",
)


@dataclass(frozen=True)
class Post:
    """What the site's database holds. password: WordPress shows a form in the place of the text."""

    id: int
    title: str
    published: datetime
    modified: datetime
    author: int
    categories: tuple[int, ...]
    tags: tuple[int, ...]
    paragraphs: tuple[str, ...]
    sticky: bool = False
    password: bool = False

    @property
    def slug(self) -> str:
        return quote(f"{self.title.replace(' ', '-')}-{self.id}").lower()  # WordPress writes lower-case hex


def posts(count: int = 23) -> tuple[Post, ...]:
    """Newest first. One sticky, one behind a password, one that only the last category has."""
    made = []
    for number in range(count):
        published = datetime(2026, 5, 30, 9, 15, tzinfo=ZONE) - timedelta(hours=17 * number)
        made.append(
            Post(
                id=100 + count - number,
                title=f"{SUBJECTS[number % len(SUBJECTS)]} للمرة {number + 1}",
                published=published,
                modified=published + timedelta(hours=5 if number % 3 == 0 else 0),
                author=1 + number % 2,
                categories=(5,) if number == 11 else ((2, 3) if number % 4 == 0 else (2 + number % 3,)),
                tags=(7,) if number % 5 == 0 else ((7, 8) if number % 5 == 1 else ()),
                paragraphs=tuple(f"{SENTENCES[(number + n) % 4]} ({number + 1})" for n in range(2 + number % 3)),
                sticky=number == 9,
                password=number == 6,
            )
        )
    return tuple(made)


@dataclass(frozen=True)
class Blog:
    """One site: its posts, its theme's templates, its permalinks. plain: URLs such as /?p=12."""

    theme: str
    posts: tuple[Post, ...]
    plain: bool = False
    listed: tuple[int, ...] = (2, 3, 4)  # the categories that the menu or widget shows

    def post_path(self, post: Post) -> str:
        return f"/?p={post.id}" if self.plain else f"/{post.published:%Y/%m/%d}/{post.slug}/"

    def category_path(self, category: int) -> str:
        return (
            f"/?cat={category}"
            if self.plain
            else f"/category/{quote(CATEGORIES[category]).lower().replace('%20', '-')}/"
        )

    def numbered(self, path: str, number: int) -> str:
        if number == 1:
            return path
        if self.plain:
            return f"{path}&paged={number}" if "?" in path else f"{path}?paged={number}"
        return f"{path}page/{number}/"

    def listing(self, path: str, listed: tuple[Post, ...], heading: str, number: int) -> str:
        pages = -(-len(listed) // PER_PAGE)
        shown = listed[(number - 1) * PER_PAGE : number * PER_PAGE]
        return TEMPLATES[self.theme].listing(self, path, shown, heading, number, pages)

    def pages(self) -> Iterator[tuple[str, str]]:
        """Path and HTML of every page that can be reached."""
        front = tuple(sorted(self.posts, key=lambda post: not post.sticky))
        yield from self._walk("/", front, "")
        for category, name in CATEGORIES.items():
            yield from self._walk(
                self.category_path(category), tuple(p for p in self.posts if category in p.categories), name
            )
        for post in self.posts:
            yield self.post_path(post), TEMPLATES[self.theme].single(self, post)

    def _walk(self, path: str, listed: tuple[Post, ...], heading: str) -> Iterator[tuple[str, str]]:
        for number in range(1, -(-len(listed) // PER_PAGE) + 1):
            yield self.numbered(path, number), self.listing(path, listed, heading, number)


@dataclass(frozen=True)
class Template:
    """One theme: how it writes a listing page and a post."""

    listing: Callable[[Blog, str, tuple[Post, ...], str, int, int], str]
    single: Callable[[Blog, Post], str]


def spoken(moment: datetime) -> str:
    return f"{moment.day} {MONTHS[moment.month]}، {moment.year}"


def head(blog: Blog, title: str, body_class: str) -> str:
    return f"""<!DOCTYPE html>
<html dir="rtl" lang="ar">
<head><meta charset="UTF-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)} &#8211; صحيفة الرصيف</title>
<link rel="alternate" type="application/rss+xml" title="صحيفة الرصيف &laquo; الخلاصة" href="/feed/">
<link rel='stylesheet' id='{blog.theme}-style-css' href='/wp-content/themes/{blog.theme}/style.css?ver=20221101' media='all'>
<link rel="https://api.w.org/" href="/wp-json/"><meta name="generator" content="WordPress 6.1.1"></head>
<body class="rtl {body_class} wp-embed-responsive">"""


def body_of(post: Post, *, protected: bool = True) -> str:
    if post.password and protected:
        return (
            f'<form action="/wp-login.php?action=postpass" class="post-password-form" method="post"><p>هذا المحتوى محمي '
            f'بكلمة مرور. لإظهار المحتوى يتعين عليك كتابة كلمة المرور في الأدنى:</p><p><label for="pwbox-{post.id}">كلمة '
            f'المرور: <input name="post_password" id="pwbox-{post.id}" type="password"></label> <input type="submit" '
            'name="Submit" value="إدخال"></p></form>'
        )
    return "".join(f"<p>{escape(text)}</p>\n" for text in post.paragraphs)


def title_of(post: Post) -> str:
    return escape(f"محمي: {post.title}" if post.password else post.title)


def terms(blog: Blog, post: Post, *, between: str = "، ") -> tuple[str, str]:
    """Links to the post's categories, and to its tags."""
    categories = (f'<a href="{blog.category_path(c)}" rel="category tag">{CATEGORIES[c]}</a>' for c in post.categories)
    tags = (f'<a href="/tag/{quote(TAGS[t])}/" rel="tag">{TAGS[t]}</a>' for t in post.tags)
    return between.join(categories), between.join(tags)


def widgets(blog: Blog) -> str:
    recent = "".join(f'<li><a href="{blog.post_path(p)}">{title_of(p)}</a></li>' for p in blog.posts[:5])
    archives = "".join(f"<li><a href='/2026/{month:02}/'>{MONTHS[month]} 2026</a></li>" for month in (5, 4))
    listed = "".join(
        f'<li class="cat-item cat-item-{c}"><a href="{blog.category_path(c)}">{CATEGORIES[c]}</a></li>'
        for c in blog.listed
    )
    return f"""<section id="search-2" class="widget widget_search"><form role="search" method="get" class="search-form" action="/">
<label><span class="screen-reader-text">البحث عن:</span><input type="search" class="search-field" name="s"></label></form></section>
<section id="recent-posts-2" class="widget widget_recent_entries"><h2 class="widget-title">أحدث المقالات</h2>
<nav aria-label="أحدث المقالات"><ul>{recent}</ul></nav></section>
<section id="recent-comments-2" class="widget widget_recent_comments"><h2 class="widget-title">أحدث التعليقات</h2>
<ul id="recentcomments"><li class="recentcomments"><span class="comment-author-link">قارئ</span> على
<a href="{blog.post_path(blog.posts[-1])}#comment-3">{title_of(blog.posts[-1])}</a></li></ul></section>
<section id="archives-2" class="widget widget_archive"><h2 class="widget-title">الأرشيف</h2><ul>{archives}</ul></section>
<section id="categories-2" class="widget widget_categories"><h2 class="widget-title">تصنيفات</h2><ul>{listed}</ul></section>
<section id="meta-2" class="widget widget_meta"><h2 class="widget-title">منوعات</h2><ul><li><a href="/wp-login.php">تسجيل الدخول</a></li>
<li><a href="/feed/">خلاصات Feed الإدخالات</a></li><li><a href="https://ar.wordpress.org/">WordPress.org</a></li></ul></section>"""


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


def numbers(blog: Blog, path: str, number: int, pages: int, *, label: str, following: str) -> str:
    """`the_posts_pagination`, as WordPress itself writes it."""
    if pages < 2:
        return ""
    links = (
        [f'<a class="prev page-numbers" href="{blog.numbered(path, number - 1)}">الصفحة السابقة</a>']
        if number > 1
        else []
    )
    links += [
        f'<span aria-current="page" class="page-numbers current">{label}{each}</span>'
        if each == number
        else f'<a class="page-numbers" href="{blog.numbered(path, each)}">{label}{each}</a>'
        for each in range(1, pages + 1)
    ]
    if number < pages:
        links.append(f'<a class="next page-numbers" href="{blog.numbered(path, number + 1)}">{following}</a>')
    return (
        '<nav class="navigation pagination" aria-label="مقالات"><h2 class="screen-reader-text">تصفّح المقالات</h2>'
        f'<div class="nav-links">{"".join(links)}</div></nav>'
    )


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


class Routes(dict[str, Answer]):
    """Answers by path, however its percent signs are written, and without the slash as WordPress has it: by redirect."""

    def get(self, path: str, default: Answer | None = None) -> Answer:  # type: ignore[override]
        found = super().get(unquote(path))
        if found is None and "?" not in path and super().get(unquote(path) + "/") is not None:
            return redirect(path + "/", 301)
        return found or default or page("", 404)


@contextmanager
def serve(blog: Blog) -> Iterator[Server]:
    """The site on loopback."""
    answers = Routes({unquote(path): page(html) for path, html in blog.pages()})
    answers["/robots.txt"] = robots("User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n")
    with Server(answers) as server:
        yield server


def asked(exchanges: list[Exchange]) -> list[str]:
    return [unquote(exchange.path) for exchange in exchanges]
