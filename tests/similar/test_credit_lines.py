"""Credits: which agencies a text names as its origin, and the text without those lines."""

import pytest

from storage.similar.credit_lines import credited, without_credits

BODY = "وقعت الحكومة اتفاقا لبناء جسر جديد فوق النهر، على أن تبدأ الأعمال في الربيع."


@pytest.mark.parametrize(
    ("text", "agencies"),
    [
        (f"دورا (أ ف ب) - {BODY}", ("أ ف ب",)),
        (f"دورا/ الأناضول - {BODY}", ("الأناضول",)),
        (f"دورا - سبوتنيك. {BODY}", ("سبوتنيك",)),
        (f"عمان 23 آب (بترا)-{BODY}", ("بترا",)),
        (f"الواحة 16 رمضان 1447 هـ الموافق 05 مارس 2026 م واس\n\n{BODY}", ("واس",)),
        (f"{BODY}\n\nالمصدر: وكالة سبوتنيك", ("سبوتنيك",)),
        (f"{BODY}\n\n(الأناضول، أ ف ب)", ("الأناضول", "أ ف ب")),
        (f"{BODY}\n\nبترا", ("بترا",)),
        (f"{BODY} (رويترز)", ("رويترز",)),
        (f"{BODY}\n\nوكالات", ()),
        (BODY, ()),
    ],
)
def test_a_credit_is_read_and_cut(text: str, agencies: tuple[str, ...]) -> None:
    assert credited(text) == agencies
    assert without_credits(text) == BODY


def test_names_of_one_agency_are_one() -> None:
    assert credited(f"دورا (فرانس برس) - {BODY}", "AFP") == ("أ ف ب",)


@pytest.mark.parametrize(
    "text", ["قال الوزير: سنبني الجسر", "جسر (قديم) - قال السكان إنه لا يصلح", "رويترز تنشر صورا\nللجسر القديم"]
)
def test_text_that_only_looks_like_a_credit_stays(text: str) -> None:
    assert without_credits(text) == text
    assert credited(text) == ()
