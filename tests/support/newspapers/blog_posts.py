"""Posts and URLs of a small blog, and the parts that its themes share."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from html import escape
from urllib.parse import quote

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
    """A post in the site's database. password: WordPress shows a form in place of the text."""

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
    """The posts, newest first: one is sticky, one has a password, one is only in the last category."""
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
    """Links to the categories of a post, and to its tags."""
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


def numbers(blog: Blog, path: str, number: int, pages: int, *, label: str, following: str) -> str:
    """The output of `the_posts_pagination`, as WordPress writes it."""
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
