"""`warraq read` on pages that were saved as files."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.running import environment, warraq


@pytest.mark.shared
@pytest.mark.parametrize("name", ["page.html", "page.txt"])
def test_the_seed_is_read_as_its_gold_has_it(shared: Path, tmp_path: Path, name: str):
    gold = json.loads((shared / "corpus/seed/gold.json").read_text(encoding="utf-8"))
    ran = warraq("read", str(shared / "corpus/seed" / name), "--json", cwd=tmp_path)
    assert ran.code == 0, ran.err
    article = ran.json
    assert article["title"] == gold["title"]
    assert article["text"].split("\n\n") == gold["paragraphs"]
    assert article["categories"] == ["آسيا", "أخبار العالم"]
    assert not [phrase for phrase in gold["must_not_contain"] if phrase in article["text"]]
    if name == "page.html":
        assert article["authors"] == gold["authors"]
        assert article["published_at"] == gold["published"]
        assert article["tags"] == gold["tags"]
    else:
        assert (article["published_at"], article["authors"], article["tags"], article["image"]) == (None, [], [], None)
        assert article["url"] is None


ARTICLE = (
    "<html lang=ar><body><article><h1>افتتاح محطة تحلية جديدة في شمال البلاد</h1><span class=date>منذ 3 ساعات</span>"
    "<p>افتتحت وزارة المياه محطة تحلية جديدة تكفي نصف مليون نسمة، وقال الوزير إن العمل بها استمر عامين كاملين.</p>"
    "<p>وأضاف أن المحطة ستزود المدن الساحلية بالمياه خلال فصل الصيف، وأن محطة ثانية ستفتتح العام المقبل.</p></article>"
)


def test_a_relative_date_counts_from_the_fetch_and_is_none_without_it(tmp_path: Path):
    (tmp_path / "page.html").write_text(ARTICLE, encoding="utf-8")
    known = warraq("read", "page.html", "--json", "--fetched-at", "2025-10-28T12:00+03:00", cwd=tmp_path).json
    assert known["published_at"] == "2025-10-28T06:00:00+00:00"
    assert warraq("read", "page.html", "--json", cwd=tmp_path).json["published_at"] is None


def test_a_page_without_an_article_says_why_and_exits_with_1(tmp_path: Path):
    (tmp_path / "page.html").write_text("<html><body><h1>404</h1><p>Not found", encoding="utf-8")
    ran = warraq("read", "page.html", "--json", cwd=tmp_path)
    assert (ran.code, "reason" in ran.json, "Traceback" in ran.err) == (1, True, False)


def test_explain_says_where_each_field_came_from(tmp_path: Path):
    (tmp_path / "page.html").write_text(ARTICLE, encoding="utf-8")
    evidence = warraq("read", "page.html", "--json", "--explain", cwd=tmp_path).json["evidence"]
    assert {"title", "text", "encoding"} <= evidence.keys()


@pytest.mark.parametrize("kind", ["html", "text"])
def test_a_page_or_its_text_may_come_from_stdin(tmp_path: Path, kind: str):
    text = "افتتاح محطة تحلية جديدة في شمال البلاد\n\n" + "\n\n".join(
        "افتتحت وزارة المياه محطة تحلية جديدة تكفي نصف مليون نسمة، وقال الوزير إن العمل بها استمر عامين كاملين."
        for _ in range(2)
    )
    ran = subprocess.run(
        [sys.executable, "-m", "crawler", "read", "-", "--json"],
        input=(ARTICLE if kind == "html" else text).encode(),
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr.decode()
    assert json.loads(ran.stdout)["title"] == "افتتاح محطة تحلية جديدة في شمال البلاد"


def test_the_address_of_a_page_tells_which_declared_site_it_is_of(tmp_path: Path):
    (tmp_path / "page.html").write_text(ARTICLE, encoding="utf-8")
    read = warraq("read", "page.html", "--url", "https://www.hespress.com/x-1.html", "--json", cwd=tmp_path)
    assert read.json["site"] == "hespress"


def test_a_file_without_end_is_refused(tmp_path: Path):
    ran = warraq("read", "/dev/zero", cwd=tmp_path)
    assert (ran.code, "MiB" in ran.err, "Traceback" in ran.err) == (2, True, False)
