"""Headlines that pages break: cut at a quote, split over two lines, joined with names of the site, or repeated."""

import pytest

from tests.support.rooms.fields import PROSE, TITLE, article

QUOTING = 'الوزير: "العدالة" أولا في توزيع المياه على القرى'
HALVES = ("مجلس الوزراء يقر موازنة العام", "المقبل بعد نقاش طويل")


@pytest.mark.parametrize(
    "head",
    [
        f'<meta property="og:title" content="{QUOTING}">',
        f'<meta content="{QUOTING}" property="og:title" />',
        f"<meta content='{QUOTING.replace(chr(34), chr(39))}' property='og:title' />".replace("'", '"'),
        f'<title>{QUOTING} - صحيفة المثال</title><meta property="og:title" content="الوزير:">',
        f'<title>{QUOTING}</title><meta property="og:title" content="الوزير: ">'
        '<meta name="twitter:title" content="الوزير: ">',
    ],
)
@pytest.mark.parametrize("shown", ["", f"<h2>{QUOTING}</h2>", "<h1 class=logo>صحيفة المثال</h1>"])
def test_a_headline_that_metadata_cut_at_a_quote_is_complete(head: str, shown: str) -> None:
    assert article(head, title=shown).title == QUOTING


def test_other_metadata_with_a_quote_are_complete_and_ordinary_ones_stay() -> None:
    result = article(
        '<meta name="description" content="قال "نعم" ومضى"/><meta name="author" content="سالم علي" data-x="a" class="b">'
    )
    assert (result.description, result.authors) == ('قال "نعم" ومضى', ("سالم علي",))


@pytest.mark.parametrize(
    "title",
    [
        f"صحيفة المثال >> {TITLE}",
        f"{TITLE} &gt;&gt; صحيفة المثال",
        f"{TITLE} &lt;&lt; صحيفة المثال",
        f"{TITLE} › صحيفة المثال",
        f"{TITLE} | Example News Network",
        f"Al Methal - {TITLE}",
        f"{TITLE} - News - Al Methal",
    ],
)
@pytest.mark.parametrize("shown", ["", f"<h3>{TITLE}</h3>"])
def test_a_title_is_parted_from_the_sites_name(title: str, shown: str) -> None:
    assert article(f"<title>{title}</title>", title=shown).title == TITLE


@pytest.mark.parametrize(
    "title",
    ["سعر الهاتف الجديد في الأسواق - Galaxy S25", "تحديث جديد من Apple - يصل إلى الهواتف القديمة", "خبر - Al Methal"],
)
def test_a_headline_keeps_its_own_words_in_another_script(title: str) -> None:
    assert article(f"<title>{title}</title>", title="").title == title


@pytest.mark.parametrize(
    "shown",
    [
        "<h1>{}</h1><h1>{}</h1>",
        "<h1>{}</h1><h2>{}</h2>",
        "<h2>{}</h2><h2>{}</h2>",
        "<h1>{}<br>{}</h1>",
        "<h1>{}<br/> {}</h1>",
        "<h1><span>{}</span><span>{}</span></h1>",
        "<h1><div>{}</div><div>{}</div></h1>",
        "<div><div>{}</div><div>{}</div></div>",
    ],
)
def test_a_headline_of_two_lines_is_one(shown: str) -> None:
    result = article(f"<title>{TITLE} - صحيفة المثال</title>", title=shown.format(*HALVES))
    assert result.title == TITLE


def test_two_headings_that_no_title_joins_stay_two() -> None:
    assert article(title=f"<h1>{TITLE}</h1><h2>الوزير: الإنفاق سيرتفع</h2>").title == TITLE


@pytest.mark.parametrize(
    "first",
    [
        f"<p>{TITLE}</p>",
        f"<p><b>{TITLE}..</b></p>",
        f"<p>{HALVES[0]}</p><p>{HALVES[1]}</p>",
        f"<p>{HALVES[0]}<br>{HALVES[1]}</p>",
        f"<p>صحيفة المثال - {TITLE}</p>",
    ],
)
def test_the_headline_repeated_before_the_text_is_no_part_of_it(first: str) -> None:
    body = f"</div></article><article><div class='entry-content'>{first}{PROSE}</div>"
    result = article(title=f"<h1>{TITLE}</h1>{body}")
    assert result.text.startswith("أقر مجلس الوزراء في جلسته")


def test_a_few_words_above_a_headline_are_no_subtitle_and_a_line_below_it_is() -> None:
    line = "الكلفة تصل إلى 25 مليون دينار والتنفيذ قبل نهاية العام"
    above = article(title=f'<div class="subTitle-top">قراءة في الحدث</div><h1>{TITLE}</h1>')
    assert above.subtitle is None
    both = f'<div class="subTitle-top">قراءة في الحدث</div><h1>{TITLE}</h1><div class="articleSub">{line}</div>'
    assert article(title=both).subtitle == line
