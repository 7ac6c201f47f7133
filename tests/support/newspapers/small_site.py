"""A newspaper of four articles and two categories, served on loopback; a test replaces some of its answers."""

from typing import Any

from tests.support.hostile import Answer, page

MENU = '<a href="/c/a/">محليات</a><a href="/c/b/">رياضة</a>'
CARD = '<div class="card"><h3><a href="{url}">خبر رقم {n} عن افتتاح الميناء الجديد</a></h3></div>'
TEXT = (
    "<p>أعلنت الجهة المسؤولة تفاصيل الخبر في مؤتمر صحفي عقد صباح اليوم بحضور عدد من الصحفيين والمهتمين.</p>"
    "<p>وقال المتحدث إن العمل سيستمر ثلاثة أشهر على الأقل، وإن السكان سيبلغون بكل تغيير قبل موعده بأسبوع رقم {n}.</p>"
)


def listing(numbers: Any, *, menu: str = "", after: str = "", url: str = "/n/{n}/") -> Answer:
    cards = "".join(CARD.format(url=url.format(n=n), n=n) for n in numbers)
    return page(
        f'<html lang="ar" dir="rtl"><body><nav>{menu}</nav><main><div class="list">{cards}</div>{after}</main></body></html>'
    )


def article(n: int) -> Answer:
    return page(html(n))


def html(n: int) -> str:
    head = '<meta property="article:published_time" content="2026-05-01T10:00:00+03:00">'
    title = f"خبر رقم {n} عن افتتاح الميناء الجديد"
    return f'<html lang="ar"><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{TEXT.format(n=n)}</article></body></html>'


def older(url: str) -> str:
    return f'<div class="pagination"><a href="{url}">التالي</a></div>'


EMPTY = listing((), menu=MENU)
ARTICLES = {f"/n/{n}/": article(n) for n in range(1, 9)}
GOOD: dict[str, Answer] = {
    "/": listing([1, 2], menu=MENU),
    "/c/a/": listing([1, 3]),
    "/c/b/": listing([2, 4]),
    **ARTICLES,
}
