"""Pages that ask for a password are no articles, and articles with a log-in box are."""

import pytest

from storage.records import Reason
from tests.support.newspapers.story_pages import TEXT, TITLE, read

FORM = '<form action="/in"><input name="user"><input type="password" name="pass"><button>دخول</button></form>'
NOTE = ("أدخل اسم المستخدم وكلمة المرور، ثم اضغط زر الدخول. إذا لم يكن لديك حساب فيمكنك إنشاء حساب جديد مجانا.",)
DATED = '<meta property="article:published_time" content="2026-11-20T09:15:00+03:00">'


@pytest.mark.parametrize(
    ("title", "extra", "head"),
    [
        ("تسجيل الدخول", FORM, ""),
        ("تسجيل الدخول", "", ""),
        ("استعادة كلمة المرور", FORM, DATED),
        ("مرحبا بك في موقع الصحيفة", FORM, ""),
        ("Sign in", FORM.replace("password", "Password"), ""),
    ],
)
def test_a_page_for_logging_in_is_no_article(title: str, extra: str, head: str) -> None:
    assert read(title, NOTE, head=head, extra=extra).reason == Reason.LOGIN


def test_a_form_without_any_text_is_a_login() -> None:
    assert read("مرحبا", (), extra=FORM).reason == Reason.LOGIN


def test_a_post_behind_a_password_is_protected_whatever_the_class_of_its_form() -> None:
    form = '<form class="pw"><input name="post_password" type="password"></form>'
    assert read("محمي: اجتماع المجلس", NOTE, extra=form).reason == Reason.PROTECTED


@pytest.mark.parametrize(
    ("head", "extra", "text"),
    [
        ("", f'<aside class="sidebar">{FORM}</aside>', (TEXT,)),
        ("", f'<div id="login-modal" style="display:none">{FORM}</div>', (TEXT,)),
        (DATED, FORM, (TEXT,)),
        ("", FORM, tuple(f"{TEXT} ({n})" for n in range(5))),
    ],
    ids=["sidebar", "hidden", "dated", "long"],
)
def test_an_article_beside_a_log_in_box_is_an_article(head: str, extra: str, text: tuple[str, ...]) -> None:
    assert read(TITLE, text, head=head, extra=extra).reason is None


@pytest.mark.parametrize("title", ["تسجيل الدخول إلى سوق العمل يبدأ من الجامعة", "حسابي لا يكذب: قصة محاسب"])
def test_a_headline_with_such_words_is_a_headline(title: str) -> None:
    assert read(title).reason is None
