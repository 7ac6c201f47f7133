"""Each article of the sample newspaper, one test each."""

import pytest

from crawler.demo import SampleArticle
from tests.support.rooms.demo import PAPER


@pytest.fixture(params=PAPER.articles(), ids=lambda article: str(article.story))
def article(request: pytest.FixtureRequest) -> SampleArticle:
    article: SampleArticle = request.param
    return article
