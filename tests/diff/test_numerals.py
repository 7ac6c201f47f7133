"""Figures in digits and in words are one value each."""

import pytest

from storage import arabic
from storage.diff.numerals import _VALUES, count_of, numerals


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("بقوة 5,2 درجات", ["5.2"]),
        ("بقوة ٥٫٢ درجات", ["5.2"]),
        ("عند 3,412 دولارا و٣٤١٢ و3\u00a0412", ["3412", "3412", "3412"]),
        ("الساعة 03:47", ["3:47"]),
        ("بنسبة 0.5 عند 00:30", ["0.5", "0:30"]),
        ("خمسة مطابخ و5 خيام", ["5", "5"]),
        ("سبعة آلاف، 7 آلاف، 7000", ["7000", "7000", "7000"]),
        ("ستة مليارات و1.8 مليار", ["6000000000", "1800000000"]),
        ("خمسة وعشرون", ["25"]),
        ("ثلاثمائة وخمسين", ["350"]),
        ("ثلاث مئة", ["300"]),
        ("ثلاثة آلاف وخمسمئة و3500", ["3500", "3500"]),
        ("خمسة وستة", ["5", "6"]),
        ("الحادي والعشرون من آذار", ["21"]),
        ("اثنان وعشرون", ["22"]),
        ("أحد عشر واثنا عشر", ["11", "12"]),
        ("400 خيمة وخمسة مطابخ لثلاثين أسرة، لست هنا", ["400", "5", "30"]),
        ("اثني عشر", ["12"]),
        ("السابع عشر من رمضان 1447", ["17", "1447"]),
        ("ثلاثة عشر", ["13"]),
        ("مئتي ألف", ["200000"]),
        ("ملياري يورو", ["2000000000"]),
        ("بفوزها 6-3 و4-6", ["6", "3", "4", "6"]),
        ("يوم الاثنين أول أمس", []),
        ("", []),
    ],
)
def test_a_figure_has_one_value_however_it_is_written(text: str, values: list[str]) -> None:
    assert numerals(text) == values


def test_number_words_are_known_behind_every_particle_and_other_words_are_none():
    particles = ("", *arabic._PARTICLES, "لل", "ولل", "ال", "وال", "كل", "س")
    words = {particle + word[cut:] for word in _VALUES for particle in particles for cut in (0, 1, 2)}
    for word in words:
        assert count_of(word) == next(
            (_VALUES[bare] for bare in arabic.behind_particles(word) if bare in _VALUES), None
        )
