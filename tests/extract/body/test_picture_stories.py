"""Stories in pictures: captions are their text, and no text of articles that have one."""

from datetime import UTC, datetime

import pytest

from crawler.extract import extract
from crawler.site import Site
from storage.records import Article, Capture

SITE = Site("n", "https://n.test/", timezone="UTC")
INTRODUCTION = "يمضي صيادو الميناء القديم ساعات الليل كلها في البحر ثم يعودون مع الفجر إلى السوق الصغيرة في المدينة."
SHOTS = (
    "صياد يصلح شباكه على الرصيف قبل أن يغادر مع غروب الشمس.",
    "نساء ينظفن السمك في السوق التي بنيت قبل قرن من الزمن.",
    "مركب خشبي ورثه صاحبه عن جده ويقول إنه لن يبيعه أبداً.",
    "أطفال يلعبون عند المنارة التي أطفئت منذ انقطاع التيار الكهربائي.",
    "بائع يعد ما بقي من محصول اليوم ويستعد لإغلاق دكانه الصغير.",
)
PROSE = [f"{INTRODUCTION} وهذا ما قاله الصياد رقم {n} حين سألناه عن أجور العاملين في القوارب." for n in range(6)]


def read(body: str) -> Article:
    html = f"<html><head><title>ليل الصيادين</title></head><body><h1>ليل الصيادين في الميناء القديم</h1>{body}</body></html>"
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    capture = Capture("https://n.test/a/1", "n", datetime(2026, 11, 1, tzinfo=UTC), 200, headers, html.encode())
    article = extract(capture, SITE).article
    assert article is not None
    return article


@pytest.mark.parametrize(
    "form",
    [
        "<figure><img src='/{n}.jpg'><figcaption>{text}</figcaption></figure>",
        "<div class='image'><div class='i'><img src='/{n}.jpg'><span class='title' itemprop='caption'>{text}</span></div></div>",
        "<div class='slide'><figure><img src='/{n}.jpg'><figcaption><p>{text}</p></figcaption></figure><i>{n}/5</i></div>",
    ],
)
def test_captions_that_tell_the_story_are_its_text(form: str) -> None:
    shots = "".join(form.format(n=n, text=text) for n, text in enumerate(SHOTS))
    text = read(f"<div class='x'><p>{INTRODUCTION}</p>{shots}</div>").text
    assert [line for line in text.split("\n\n") if line in SHOTS] == list(SHOTS)
    assert text.startswith(INTRODUCTION)


def test_captions_of_a_long_article_are_no_text() -> None:
    shots = "".join(
        f"<figure><img src='/{n}.jpg'><figcaption>{text}</figcaption></figure>" for n, text in enumerate(SHOTS)
    )
    prose = "".join(f"<p>{each}</p>" for each in PROSE)
    assert read(f"<div class='x'>{prose}{shots}</div>").text == "\n\n".join(PROSE)


def test_an_article_with_one_picture_in_its_middle_is_left_as_it_is() -> None:
    prose = "".join(f"<p><font>{each}</font></p>" for each in PROSE)
    cards = "".join(f"<div><img src='/c{n}.jpg'></div>" for n in range(5))
    assert read(f"<div class='x'><img src='/1.jpg'>{prose}</div>{cards}").text == "\n\n".join(PROSE)


def test_teasers_of_other_articles_with_pictures_are_no_story() -> None:
    prose = f"<div class='x'><p>{PROSE[0]}</p></div>"
    cards = "".join(
        f"<div class='k'><a href='/a/{n}'><img src='/{n}.jpg'><span>{text}</span></a></div>"
        for n, text in enumerate(SHOTS)
    )
    assert read(prose + cards).text == PROSE[0]
