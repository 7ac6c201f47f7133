"""Refusals told apart by name, and articles that write about refusals taken for what they are."""

from datetime import UTC, datetime

import pytest

from crawler.extract import extract
from crawler.site import Site
from storage.records import REFUSALS, Capture, Extraction, Reason
from tests.support.hostile import Server, crawl, robots
from tests.support.hostile import page as answer

SITE = Site("n", "https://n.test/", timezone="UTC")
PROSE = "".join(
    f"<p>أعلنت الحكومة في بيان صدر مساء الأحد أن المشروع رقم {n} سيبدأ العمل به مطلع العام المقبل في جميع المحافظات.</p>"
    for n in range(14)
)
LEAD = "<p>أعلنت الحكومة في بيان صدر مساء الأحد أن المشروع سيبدأ العمل به مطلع العام المقبل.</p>"
MENU = "<nav>" + "".join(f'<a href="/c/{n}">قسم {n}</a>' for n in range(12)) + "</nav>"


def read(html: str, status: int = 200, url: str = "https://n.test/a/1", **headers: str) -> Extraction:
    lines = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    lines += (("Content-Type", "text/html; charset=utf-8"),)
    return extract(Capture(url, "n", datetime(2026, 11, 1, tzinfo=UTC), status, lines, html.encode()), SITE)


def page(body: str, head: str = "<title>خبر</title>") -> str:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


CLOUDFLARE = page("<script>window._cf_chl_opt={}</script>", "<title>Just a moment...</title>")
BLOCKED = page("<h1>Sorry, you have been blocked</h1>", "<title>Attention Required! | Cloudflare</title>")
DATADOME = page('<script src="https://geo.captcha-delivery.com/captcha/"></script>')
HCAPTCHA = page('<h1>تحقق</h1><p>أثبت أنك لست روبوت</p><div class="h-captcha"></div>')


@pytest.mark.parametrize(
    ("html", "status", "reason"),
    [
        (CLOUDFLARE, 403, Reason.CHALLENGE),
        (CLOUDFLARE, 503, Reason.CHALLENGE),
        (CLOUDFLARE, 200, Reason.CHALLENGE),
        (page("<h1>DDoS</h1><script src=/.well-known/ddos-guard/x></script>"), 200, Reason.CHALLENGE),
        (DATADOME, 403, Reason.CAPTCHA),
        (HCAPTCHA, 200, Reason.CAPTCHA),
        (BLOCKED, 403, Reason.BLOCKED),
        (BLOCKED, 200, Reason.BLOCKED),
        (page("<h1>تم رفض الوصول</h1>", "<title>تم رفض الوصول</title>"), 200, Reason.BLOCKED),
        (page("error code: 1009"), 403, Reason.GEO_BLOCKED),
        (page("<p>عذرا، هذا الموقع غير متاح في بلدك</p>"), 200, Reason.GEO_BLOCKED),
        (page("<p>This site is not available in your region.</p>"), 200, Reason.GEO_BLOCKED),
        (page("<h1>Unavailable</h1>"), 451, Reason.GEO_BLOCKED),
        (page("<p>Briefly unavailable for scheduled maintenance. Check back in a minute.</p>"), 503, Reason.MAINTENANCE),
        (page("<h1>الموقع تحت الصيانة</h1><p>سنعود قريبا</p>"), 200, Reason.MAINTENANCE),
        (page("<h1>Service Unavailable</h1>"), 503, Reason.HTTP_ERROR),
        (page("<h1>Sign in</h1>"), 401, Reason.LOGIN),
        (page("<h1>Payment required</h1>"), 402, Reason.PAYWALL),
        (page("<h1>قبل المتابعة</h1><p>نستخدم ملفات تعريف الارتباط</p>", "<title>قبل المتابعة إلى الموقع</title>"), 200, Reason.CONSENT),
    ],
)  # fmt: skip
def test_a_refusal_has_its_name(html: str, status: int, reason: Reason) -> None:
    assert read(html, status).reason == reason


@pytest.mark.parametrize("html", ["", page("<h1>خبر</h1>"), CLOUDFLARE, BLOCKED, DATADOME, HCAPTCHA])
def test_any_answer_403_is_a_refusal_which_is_retried(html: str) -> None:
    assert read(html, 403).reason in REFUSALS


def test_products_that_refuse_name_themselves_in_headers() -> None:
    assert read(page(PROSE), 403, cf_mitigated="challenge").reason is Reason.CHALLENGE
    assert read(page(""), 202, x_amzn_waf_action="challenge").reason is Reason.CHALLENGE
    assert read(page(""), 405, x_amzn_waf_action="captcha").reason is Reason.CAPTCHA


def test_a_redirect_to_a_login_page_is_a_login() -> None:
    html = page("<h1>الدخول</h1><form><input type=password></form>")
    assert read(html, url="https://n.test/login?next=/a/1").reason is Reason.LOGIN


@pytest.mark.parametrize(
    ("wall", "reason"),
    [
        ('<div class="paywall">هذا المحتوى متاح للمشتركين فقط</div>', Reason.PAYWALL),
        ('<div class="premium-content-box">اشترك لمتابعة القراءة</div>', Reason.PAYWALL),
        ('<div id="regwall">سجّل الدخول لمتابعة القراءة</div>', Reason.LOGIN),
        ('<script type="application/ld+json">{"@type":"NewsArticle","headline":"عنوان الخبر الأول","isAccessibleForFree":"False"}</script>', Reason.PAYWALL),
    ],
)  # fmt: skip
def test_a_teaser_before_a_wall_is_no_article(wall: str, reason: Reason) -> None:
    body = f"{MENU}<article><h1>عنوان الخبر الأول</h1><div class='entry-content'>{LEAD}</div>{wall}</article>"
    reading = read(page(body))
    assert (reading.reason, reading.article) == (reason, None)


@pytest.mark.parametrize("offer", ["هذا المحتوى للمشتركين، ادعم الصحافة المستقلة", "سجّل الدخول لمتابعة كتابنا"])
def test_an_offer_between_the_paragraphs_of_a_short_article_is_no_wall(offer: str) -> None:
    second, third = LEAD.replace("الأحد", "الاثنين"), LEAD.replace("الأحد", "الثلاثاء")
    body = f"<div class='entry-content'>{LEAD}<div>{offer}</div>{second}{third}</div>"
    assert read(page(f"{MENU}<article><h1>عنوان الخبر الأول</h1>{body}</article>")).reason is None


@pytest.mark.parametrize(
    "extra",
    [
        '<div class="paywall">هذا المحتوى متاح للمشتركين فقط</div>',
        '<script src="/cdn-cgi/challenge-platform/h/b/x.js"></script>',
        '<form><div class="g-recaptcha"></div></form>',
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"عنوان الخبر الأول","isAccessibleForFree":false}</script>',
        "<p>قال مدير الموقع إنه تحت الصيانة وإن الخدمة غير متاحة في بلدك وفي بلدان أخرى.</p>",
    ],
)  # fmt: skip
def test_a_whole_article_is_one_whatever_stands_around_it(extra: str) -> None:
    body = f"{MENU}<article><h1>عنوان الخبر الأول</h1><div class='entry-content'>{PROSE}</div></article>{extra}"
    reading = read(page(body))
    assert reading.reason is None
    assert reading.article is not None


def test_a_short_item_beside_a_newsletter_box_is_an_article() -> None:
    box = '<div class="newsletter">اشترك لمتابعة آخر الأخبار</div>'
    body = f"{MENU}<article><h1>عنوان الخبر الأول</h1><div class='entry-content'>{LEAD}</div></article>{box}"
    assert read(page(body)).article is not None


@pytest.mark.slow
def test_a_host_that_refuses_ten_pages_in_a_row_is_left_alone_for_the_run() -> None:
    with Server({"/robots.txt": robots("")} | {f"/{n}": answer("<h1>no</h1>", 403) for n in range(30)}) as server:
        ran = crawl([server.url(f"/{n}") for n in range(30)], allow=[server.address])
    assert len(server.paths()) == 11  # robots.txt, and ten
    fates = list(ran.fates.values())
    assert sum(fate.status == 403 for fate in fates) == 10
    left = [fate for fate in fates if fate.error == "GivenUp"]
    assert len(left) == 20
    assert all(fate.retry for fate in left), "asked for in another run"


@pytest.mark.slow
def test_single_refusals_among_answers_leave_no_host_alone() -> None:
    answers = {f"/{n}": answer("<h1>ok</h1>", 403 if n % 3 else 200) for n in range(30)}
    with Server({"/robots.txt": robots("")} | answers) as server:
        ran = crawl([server.url(f"/{n}") for n in range(30)], allow=[server.address])
    assert all(fate.status in (200, 403) for fate in ran.fates.values())


def test_a_short_item_about_maintenance_works_is_an_article_and_a_site_in_maintenance_is_none() -> None:
    item = "<h1>بلدية المدينة تفتح الجسر الجنوبي</h1>" + "".join(
        f"<p>قالت البلدية إن أعمال الصيانة في القسم {part} من الجسر انتهت قبل موعدها، وإن السير عاد في الاتجاهين.</p>"
        for part in ("الأول", "الثاني", "الثالث")
    )
    head = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"بلدية المدينة تفتح الجسر الجنوبي"}</script>'
    reading = read(page(f"{head}<article>{item}</article>"))
    assert (reading.reason, reading.article is not None) == (None, True)
    assert read(page("<h1>عذرا</h1><p>الموقع متوقف بسبب أعمال الصيانة.</p>")).reason is Reason.MAINTENANCE
