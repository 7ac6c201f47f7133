"""One article from the extractions of its parts."""

from crawler.extract import join_parts
from storage.records import Article, Extraction, Reason

URLS = ("https://news.example/1/2", "https://news.example/1/3")


def part(text: str, *named: str) -> Extraction:
    article = Article("https://news.example/1", "example", "عنوان", text)
    return Extraction(article, evidence={"text": "body"}, parts=named, partial=bool(named))


def test_the_texts_follow_each_other_and_repeats_at_the_ends_stay_out() -> None:
    first = part("المقدمة\n\nأول\n\nالتوقيع", *URLS)
    second = part("المقدمة\n\nثان\n\nالتوقيع", *URLS)
    third = part("ثالث\n\nأول\n\nرابع", *URLS)
    joined = join_parts(first, list(zip(URLS, (second, third), strict=True)))
    assert joined.article is not None
    assert joined.article.text.split("\n\n") == ["المقدمة", "أول", "التوقيع", "ثان", "ثالث", "أول", "رابع"]
    assert (joined.partial, joined.evidence["text"]) == (False, "body; with 2 further pages")


def test_a_part_that_is_not_there_makes_the_article_partial() -> None:
    first, missing = part("أول", *URLS), Extraction(reason=Reason.NOT_FOUND)
    assert join_parts(first, [(URLS[0], part("ثان"))]).partial
    assert join_parts(first, [(URLS[0], part("ثان")), (URLS[1], missing)]).partial
    assert join_parts(part("أول", URLS[0]), [(URLS[0], part("ثان", *URLS))]).partial, "the second names a third"
    assert not join_parts(part("أول"), []).partial


def test_without_an_article_on_the_first_page_there_is_none() -> None:
    first = Extraction(reason=Reason.EMPTY)
    assert join_parts(first, [(URLS[0], part("ثان"))]) is first
