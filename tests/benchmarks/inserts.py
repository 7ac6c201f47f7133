"""What editors, plugins and hosts put into and around a text: read-also lines, related boxes, bylines, ads, cookie notes.

Extras, by name: readalso, inline, figure, ad, follow, byline, sourceline, pages (all in the body); comments, cookie
(around it); cp1256, cp1256-silent, utf8-stale (how the page is encoded and what it says of that; see pages).
"""

from collections.abc import Iterable, Sequence
from html import escape

from tests.benchmarks.heads import Address
from tests.benchmarks.stories import Story, stories

COOKIE_TEXT = "نستخدم ملفات تعريف الارتباط لتحسين تجربتك في هذا الموقع"
COOKIES = (
    '<div id="cookie-law-info-bar" data-nosnippet="true" class="cli-bar"><span><div class="cli-bar-message">'
    f'{COOKIE_TEXT}.</div><a role="button" id="cookie_action_close_header" class="cli-plugin-button">موافق</a></span></div>'
)
COMMENT = {"name": "أبو ياسين", "text": "خبر مهم جداً وشكراً لكم على المتابعة، نتمنى أن نرى النتائج قريباً في حيّنا."}
FOLLOW = "تابعوا آخر الأخبار عبر قناتنا على تلغرام"
ARCHIVE_CAPTION = "صورة من الأرشيف لموقع الحدث التقطت العام الماضي"
PAGES_LABEL = "الصفحة التالية"
_ALSO = ("اقرأ أيضاً:", "إقرأ أيضا |", "اقرأ المزيد:", "شاهد أيضاً:", "طالع أيضاً:")
_BY = ("بقلم: {}", "كتب: {}", "إعداد: {}", "تقرير: {}")


def next_story(story: Story) -> Story:
    """The article that an endless page appends."""
    keys = list(stories())
    return stories()[keys[(keys.index(story.key) + 3) % len(keys)]]


def inserted(
    extras: Sequence[str], story: Story, *, style: str, at: Address, boxed: str, also: str, number: int
) -> dict[int, str]:
    """HTML by the number of the block that it stands behind; 0 is before the first."""
    last = len(story.body)
    html: dict[int, list[str]] = {}

    def put(after: int, what: str) -> None:
        html.setdefault(min(after, last), []).append(what)

    if "byline" in extras:
        put(0, _line(escape(_byline(story, number)), style))
    if boxed:
        put(1, boxed)
    if "figure" in extras:
        put(1, _figure(at))
    if "ad" in extras:
        put(
            2,
            '<div class="code-block code-block-2 ads-container"><ins class="adsbygoogle" style="display:block"></ins></div>',
        )
    if "readalso" in extras:
        url = f"{at.base}/{number + 11}/"
        put(2, _line(f'{_ALSO[number % len(_ALSO)]} <a href="{url}" target="_blank">{also}</a>', style, bold=True))
    if "sourceline" in extras:
        put(last, _line(f"المصدر: {escape(story.agency or '')}", style))
    if "follow" in extras:
        put(last, _line(f'<a href="https://t.me/example">{FOLLOW}</a>', style, bold=True))
    if "pages" in extras:
        put(last, _pages(at))
    return {after: "\n".join(parts) for after, parts in html.items()}


def strange(extras: Sequence[str], story: Story, *, also: str, inline: Iterable[str], number: int) -> Iterable[str]:
    """The strings of these that are no part of the text."""
    if "byline" in extras:
        yield _byline(story, number)
    if "figure" in extras:
        yield ARCHIVE_CAPTION
    if "readalso" in extras:
        yield also
    if "inline" in extras:
        yield from inline
    if "sourceline" in extras:
        yield f"المصدر: {story.agency}"
    if "follow" in extras:
        yield FOLLOW
    if "cookie" in extras:
        yield COOKIE_TEXT


def _byline(story: Story, number: int) -> str:
    return _BY[number % len(_BY)].format(" و".join(story.authors))


def _line(html: str, style: str, *, bold: bool = False) -> str:
    """A line of its own, as an editor writes it in that markup."""
    html = f"<strong>{html}</strong>" if bold else html
    if style in ("br", "one"):
        return f"{html}<br /><br />" if style == "br" else f"{html}<br>"
    return f"<div>{html}</div>" if style in ("div", "blogger") else f"<p>{html}</p>"


def _figure(at: Address) -> str:
    return (
        '<figure id="attachment_77" class="wp-caption aligncenter"><img loading="lazy" class="size-full wp-image-77" '
        f'src="{at.base}/uploads/archive.jpg" alt="" width="700" height="430" />'
        f'<figcaption class="wp-caption-text">{ARCHIVE_CAPTION}</figcaption></figure>'
    )


def _pages(at: Address) -> str:
    links = "".join(f'<a href="{at.url}{n}/" class="post-page-numbers">{n}</a> ' for n in (2, 3))
    return (
        '<div class="multiple-post-pages"><span class="post-page-numbers current" aria-current="page">1</span> '
        f'{links}<a href="{at.url}2/" class="post-page-numbers">{PAGES_LABEL}</a></div>'
    )
