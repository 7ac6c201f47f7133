"""Sites of WordPress's own themes, crawled from their home page to the archive."""

import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from tests.support.newspapers.blog_posts import AUTHORS, CATEGORIES, TAGS, Blog, posts
from tests.support.newspapers.blog_themes import TEMPLATES, asked, serve
from tests.support.running import Ran, warraq

# One theme with pretty addresses and one with "?p=" at every run; the others where there is time.
_QUICK = {("twentytwentyone", False), ("twentysixteen", True)}
each_blog = pytest.mark.parametrize(
    ("theme", "plain"),
    [
        pytest.param(t, p, id=f"{t}{'-plain' * p}", marks=[] if (t, p) in _QUICK else pytest.mark.slow)
        for t in TEMPLATES
        for p in (False, True)
    ],
)


def crawl(url: str, folder: Path, *arguments: str) -> Ran:
    ran = warraq("crawl", url, "--delay", "0", "--allow-host", "127.0.0.1", "--json", "--quiet", *arguments, cwd=folder)
    assert "Traceback" not in ran.err, ran.err
    return ran


def exported(folder: Path) -> dict[str, dict[str, Any]]:
    """By path and query, decoded."""
    ran = warraq("export", "-", cwd=folder)
    records = [json.loads(line) for line in ran.out.splitlines()]
    return {unquote(urlsplit(r["url"])._replace(scheme="", netloc="").geturl()): r for r in records}


@pytest.mark.slow
@each_blog
def test_every_public_post_is_archived_once_and_right_and_a_second_crawl_is_small(
    theme: str, plain: bool, tmp_path: Path
):
    blog = Blog(theme, posts(), plain=plain)
    with serve(blog) as server:
        ran = crawl(server.url(), tmp_path)
        first = asked(server.exchanges)
        again = crawl(server.url(), tmp_path)
        second = asked(server.exchanges)[len(first) :]
    assert ran.code == 0, ran.err
    assert [path for path, n in Counter(first).items() if n > 1] == []
    public = {unquote(blog.post_path(post)): post for post in blog.posts if not post.password}
    records = exported(tmp_path)
    assert records.keys() == public.keys()
    for path, post in public.items():
        record = records[path]
        assert record["title"] == post.title
        assert record["text"].split("\n\n") == list(post.paragraphs)
        assert datetime.fromisoformat(record["published_at"]) == post.published
        assert record["authors"] == [AUTHORS[post.author]]
        assert record["categories"] == [CATEGORIES[c] for c in post.categories]
        assert record["tags"] == [TAGS[t] for t in post.tags]
    assert (again.code, again.json["new"], again.json["changed"]) == (0, 0, 0)
    assert len(second) <= 5, "robots.txt, the home page, three categories"
