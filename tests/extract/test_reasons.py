"""Pages that are no article: pages of the site about itself, bare videos, walls, other languages; and their neighbours."""

import pytest

from crawler.extract import extract
from storage.records import Capture, Reason
from tests.support.newspapers.story_pages import NOW, SITE, TEXT, TITLE, read

ABOUT = (
    "صحيفة المثال صحيفة يومية مستقلة تأسست قبل ثلاثين عاما في مدينة الساحل، وتعنى بأخبار البلد وأهله أولا.",
    "يعمل في الصحيفة أربعون محررا ومصورا، ولها مراسلون في العواصم العربية كلها وفي عدد من المدن الأوروبية.",
)
WEBSITE = '<meta property="og:type" content="website">'
DATED = '<meta property="article:published_time" content="2026-11-20T09:15:00+03:00">'


# ---------------------------------------------------------------- the site about itself


@pytest.mark.parametrize(
    ("title", "head", "classes", "url"),
    [
        ("من نحن", "", "", "https://news.example/n/7"),
        ("صحيفة المثال في سطور", "", "", "https://news.example/about-us/"),
        ("قصتنا", "", "", "https://news.example/%D9%85%D9%86-%D9%86%D8%AD%D9%86"),
        ("صحيفة المثال في سطور", "", "page-template-default page page-id-12", "https://news.example/paper/"),
        ("صحيفة المثال في سطور", DATED, "wp-singular page-template page page-id-12", "https://news.example/paper/"),
        ("سياسة الخصوصية", WEBSITE, "", "https://news.example/p/privacy.html"),
        ("صحيفة المثال في سطور", WEBSITE, "", "https://news.example/our-story"),
        ("كيف تصل إلينا", "", "path-contact", "https://news.example/contact"),
    ],
)  # fmt: skip
def test_a_page_of_the_site_about_itself_is_no_article(title: str, head: str, classes: str, url: str) -> None:
    assert read(title, ABOUT, head=head, classes=classes, url=url).reason == Reason.STATIC


@pytest.mark.parametrize(
    ("head", "classes", "url"),
    [
        (WEBSITE, "", "https://news.example/news/bridge-reopens-after-two-years"),
        (WEBSITE, "", "https://news.example/n/123"),
        (WEBSITE + DATED, "", "https://news.example/bridge"),
        ("", "page", "https://news.example/bridge"),
        ("", "single single-post postid-9 page-template-x", "https://news.example/bridge"),
        (DATED, "", "https://news.example/about/"),
        ('<meta name="author" content="أحمد علي">', "", "https://news.example/contact"),
    ],
)  # fmt: skip
def test_an_article_is_not_taken_for_a_page_about_the_site(head: str, classes: str, url: str) -> None:
    assert read(head=head, classes=classes, url=url).reason is None


def test_a_headline_that_only_begins_like_such_a_page_is_an_article() -> None:
    assert read("اتصل بنا رجل من القرية فذهبنا إليه").reason is None


# ---------------------------------------------------------------- videos and walls


def test_a_caption_under_a_player_is_a_video_and_a_text_is_not() -> None:
    video = '<meta property="og:type" content="video.other">'
    assert read(text=(TEXT[:90],), head=video).reason == Reason.VIDEO
    assert read(text=(TEXT, TEXT.replace("الجسر", "النفق"), TEXT.replace("النهر", "الوادي")), head=video).reason is None
    assert read(text=(TEXT[:90],)).reason is None


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://consent.yahoo.com/v2/collectConsent?sessionId=1", Reason.CONSENT),
        ("https://guce.example.com/consent?x=1", Reason.CONSENT),
    ],
)
def test_a_consent_page_is_no_article(url: str, reason: Reason) -> None:
    assert read(url=url).reason == reason


def test_an_address_with_a_number_is_no_home_page() -> None:
    cards = "".join(f'<h3><a href="/?p={n}">{TITLE} {n}</a></h3>' for n in range(6))
    assert read(url="https://news.example/?p=123", extra=cards).reason is None
    assert read(url="https://news.example/", extra=cards).reason == Reason.LISTING


# ---------------------------------------------------------------- languages


@pytest.mark.parametrize(
    "sentence",
    [
        "دولت لایحه بودجه را که برای سال آینده است به مجلس داد و نمایندگان این را در جلسه امروز بررسی می‌کنند.",
        "حکومت نے آئندہ سال کا بجٹ پارلیمنٹ میں پیش کر دیا ہے اور وزیر خزانہ کے مطابق اس میں کئی تبدیلیاں کی گئی ہیں۔",
        "حکوومەت پڕۆژەیاسای بودجەی ساڵی داهاتووی پێشکەش بە پەرلەمان کرد و وەزیری دارایی وتی کە لە هەفتەی داهاتوو گفتوگۆی لەسەر دەکرێت.",
        "حکومت د راتلونکي کال بودیجه پارلمان ته وړاندې کړه او د مالیې وزیر وویل چې په راتلونکې اوونۍ کې به پرې بحث وشي.",
        "The government has sent the budget of the coming year to parliament, which will discuss it next week in public.",
        "Le gouvernement a transmis au parlement le budget de l'année prochaine, qui sera examiné la semaine prochaine.",
    ],
    ids=["persian", "urdu", "sorani", "pashto", "english", "french"],
)  # fmt: skip
def test_other_languages_are_no_article_in_arabic(sentence: str) -> None:
    assert read(text=(sentence, f"{sentence} ({2})", f"{sentence} ({3})")).reason == Reason.NOT_ARABIC


@pytest.mark.parametrize(
    "sentence",
    [
        "قال بڤن گوتيريش لصحيفة پرافدا إن شركة چانگان افتتحت فرعها في مدينة گلاسگو، وإن أسعارها ستعلن في المعرض المقبل.",
        "أعلنت Apple طرح هاتف iPhone 17 Pro Max بمعالج A19 وشاشة OLED في المملكة، وقالت إن سعره يبدأ من 5,299 ريالا.",
        "قال النائب في جلسة البرلمان: \"Nous ne voterons pas ce texte\"، ثم غادر القاعة مع عدد من أعضاء كتلته محتجا.",
    ],
    ids=["foreign-letters", "latin-names", "a-quotation"],
)  # fmt: skip
def test_arabic_with_foreign_names_is_arabic(sentence: str) -> None:
    assert read(text=(sentence, TEXT)).reason is None


# ---------------------------------------------------------------- damage


@pytest.mark.parametrize(("right", "wrong"), [("utf-8", "latin-1"), ("utf-8", "cp1256"), ("cp1256", "latin-1")])
def test_a_page_that_was_saved_after_a_wrong_decoding_is_read_as_if_it_had_not(right: str, wrong: str) -> None:
    html = f'<html><head><meta charset="utf-8"></head><body><h1>{TITLE}</h1><div class="entry-content"><p>{TEXT}</p></div></body></html>'
    damaged = html.encode(right).decode(wrong)
    extraction = extract(
        Capture("https://n.test/1", "example", NOW, 200, (("Content-Type", "text/html"),), damaged.encode()), SITE
    )
    assert (extraction.article.title, extraction.article.text) == (TITLE, TEXT)
