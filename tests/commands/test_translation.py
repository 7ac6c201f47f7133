"""Messages and helps in Arabic (WARRAQ_LANG=ar): complete, right in number, and never where a program reads."""

import os
import re
import string
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from crawler import translation
from crawler.fleet.job_queue import Enqueued
from crawler.fleet.scheduling import Round
from crawler.output import log_lines, summary_lines, watch_view
from crawler.platforms.run_statistics import RunStatistics
from crawler.runs import summary
from crawler.translation import _, counted, in_english
from storage.messages import message
from tests.support.source_tree import ROOT
from tests.support.translations import catalogue

ARABIC = re.compile("[\u0600-\u06ff]")
EXAMPLES = {"ar": (0, 1, 2, 5, 25, 100)}  # a number for each form of a language


@pytest.fixture
def arabic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(translation.VARIABLE, "ar")


def warraq(
    *arguments: str, language: str | None = "ar", folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != translation.VARIABLE}
    environment |= {translation.VARIABLE: language} if language is not None else {}
    return subprocess.run(
        [sys.executable, "-m", "crawler", *arguments],
        capture_output=True, text=True, env=environment, cwd=folder or ROOT, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("language", translation.LANGUAGES)
def test_no_message_lacks_a_translation(language: str) -> None:
    kept = catalogue.read(language)
    lacking = [text for text in catalogue.messages() if not (known := kept.get(_id(text))) or not known.string]
    assert not lacking, f"run python -m tests.support.translations.catalogue, and translate: {lacking}"
    assert not catalogue.untranslated(kept)


def _id(text: str | tuple[str, str]) -> str:
    return text[0] if isinstance(text, tuple) else text


@pytest.mark.parametrize("language", translation.LANGUAGES)
def test_the_files_are_what_the_tool_writes(language: str) -> None:
    assert catalogue.catalogue_file(language, "po").read_bytes() == catalogue.as_po(catalogue.updated(language))
    assert catalogue.catalogue_file(language, "mo").read_bytes() == catalogue.as_mo(catalogue.read(language))


def _fields(template: str) -> set[str]:
    return {f"{name}:{spec}" for _, name, spec, _ in string.Formatter().parse(template) if name is not None}


@pytest.mark.parametrize("language", translation.LANGUAGES)
def test_a_translation_names_the_values_of_its_message(language: str) -> None:
    for each in catalogue.read(language):
        if isinstance(each.id, tuple):
            assert len(each.string) == len(EXAMPLES[language])
            for form in each.string:
                assert _fields(form) <= _fields(each.id[0]), each.id
            assert _fields(each.string[-1]) == _fields(each.id[0]), each.id
        elif each.id and "{" in each.id and not each.id.startswith("{+"):
            fields = _fields(each.id) if "[-deleted-]" not in each.id else set()
            assert not fields or _fields(each.string) == fields, each.id


@pytest.mark.usefixtures("arabic")
def test_numbers_have_their_six_forms() -> None:
    forms = [counted("{n:,} articles", n) for n in EXAMPLES["ar"]]
    assert forms == ["لا مقالات", "مقال واحد", "مقالان", "5 مقالات", "25 مقالًا", "100 مقال"]
    assert counted("{n:,} articles", 1103) == "1,103 مقالات"


def test_without_the_variable_everything_is_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(translation.VARIABLE, raising=False)
    assert counted("{n:,} articles", 2) == "2 articles"
    for other in ("en", "fr", "", "C"):
        monkeypatch.setenv(translation.VARIABLE, other)
        assert _("Options") == "Options"


@pytest.mark.usefixtures("arabic")
def test_a_message_is_english_until_it_is_shown() -> None:
    why = message("{why}; the next run goes on from here", why=message("stopped by a signal"))
    assert why == "stopped by a signal; the next run goes on from here"
    assert orjson.dumps(why) == b'"stopped by a signal; the next run goes on from here"'
    assert _(why) == "أوقفته إشارة؛ يكمل التشغيل التالي من هنا"
    with in_english():
        assert _(why) == why


def run_of(site: str) -> RunStatistics:
    run = RunStatistics(site)
    run.status, run.new, run.changed, run.budget.sent = "interrupted", 3, 2, 11
    run.message = message("{why}; the next run goes on from here", why=message("stopped by a signal"))
    return run


@pytest.mark.usefixtures("arabic")
def test_the_summary_is_arabic_and_its_json_and_log_are_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = run_of("almada")
    with log_lines.log_lines("json", tmp_path / "crawl.log") as log:
        summary_lines.teller(log, on_stdout=True)(run)
    assert capsys.readouterr().out == (
        "almada: انقطع: 3 مقالات جديدة، مقالان معدَّلان، لا شيء على حاله؛ 11 طلبًا، 0 ث؛ "
        "أوقفته إشارة؛ يكمل التشغيل التالي من هنا\n"
    )
    entry = orjson.loads((tmp_path / "crawl.log").read_bytes())
    assert entry["message"].startswith("almada: interrupted: 3 new, 2 changed, 0 same; 11 requests")
    assert not ARABIC.search(str(entry))
    assert not ARABIC.search(str(summary.as_json(run)))


def test_the_help_of_a_command_is_arabic_and_its_options_and_examples_stay() -> None:
    english, shown = warraq("crawl", "--help", language=None).stdout, warraq("crawl", "--help").stdout
    assert set(re.findall(r"--[a-z-]+", english)) == set(re.findall(r"--[a-z-]+", shown))
    assert "الاستعمال: warraq crawl" in shown
    assert "كل المواقع المعرَّفة." in shown
    assert "warraq crawl hespress --since 2025-10-01" in shown
    assert "Exit codes" not in shown
    assert "Options:" not in shown


def test_an_error_is_arabic_and_has_its_exit_code(tmp_path: Path) -> None:
    shown = warraq("search", "كلمة", "--archive", str(tmp_path))
    place = tmp_path / "warraq.db"
    assert shown.returncode == 2
    assert shown.stderr == f"warraq: لا أرشيف في {place}: ازحف إلى موقع أولًا، أو سمِّ غيره بـ --archive\n"


@pytest.mark.usefixtures("arabic")
def test_news_of_a_saved_search_is_arabic(capsys: pytest.CaptureFixture[str]) -> None:
    article = {"id": 7, "title": "عاصفة", "published_at": "2026-11-24", "site": "marfa", "url": "https://a.example/7"}
    item = {"kind": "gone", "matches": False, "article": article, "title_before": None}
    watch_view.print_delivery({"watch": "storms", "delivery": 3, "news": [item]})
    assert capsys.readouterr().out == (
        "storms: خبر واحد (التسليم 3)\n[7] غائب، ولم يعد يُعثر عليه: عاصفة\n    2026-11-24 · marfa · https://a.example/7\n"
    )


@pytest.mark.usefixtures("arabic")
def test_a_round_of_the_schedule_is_arabic_and_its_json_is_not() -> None:
    done = Round(Enqueued(["a", "b"], [], ["c"]), [], 3, None)
    assert done.line() == "دخل الطابور موقعان؛ موقع واحد متروك ساعة لأن زحفه فشل؛ 3 مواقع لم يحن موعدها"
    with in_english():
        assert done.line() == "2 enqueued; 1 left alone for an hour, as their crawls failed; 3 not due yet"
    assert not ARABIC.search(str(done.as_json()))


def test_json_is_the_same_in_every_language(tmp_path: Path) -> None:
    answers = [warraq("doctor", "--json", "--archive", str(tmp_path), language=each).stdout for each in (None, "ar")]
    checks = [[(each["check"], each["state"]) for each in orjson.loads(answer)["checks"]] for answer in answers]
    assert checks[0] == checks[1]
    assert not ARABIC.search(answers[1])


def test_a_terminal_gets_arabic_lines_isolated_and_a_pipe_gets_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(translation.VARIABLE, "ar")
    assert translation.terminal_line("hespress: تم") == "hespress: تم"
    monkeypatch.setattr("sys.stdout", _Terminal())
    assert translation.terminal_line("hespress: تم") == "\u2067\u2066hespress\u2069: تم\u2069"
    assert translation.terminal_line("hespress: done") == "hespress: done"
    assert translation.terminal_line("أمر: news [ARGS]...") == "\u2067أمر: \u2066news [ARGS]...\u2069\u2069"
    assert translation.terminal_line("[عدد: 10]") == "\u2067[عدد: \u206610\u2069]\u2069"
    assert translation.padded("حال", 5) == "\u200eحال\u200e  "


class _Terminal:
    def isatty(self) -> bool:
        return True


def test_the_glossary_has_the_words_of_the_catalogue() -> None:
    """Each Arabic word of docs/glossary.md occurs in a translation of a message that has the English one."""
    page = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z][^|]*) \| ([^|]*) \|", page, re.M)
    assert len(rows) > 20
    kept = [(str(each.id).lower(), str(each.string)) for each in catalogue.read("ar") if each.id]
    for english, arabic_words in rows:
        stems = [word.strip() for word in arabic_words.split("،")]
        assert any(english.strip() in text and any(stem in said for stem in stems) for text, said in kept), english
