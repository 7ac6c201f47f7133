"""Errors in Arabic (WARRAQ_LANG=ar): Warraq's own, and what Typer says of a wrong call."""

import pickle
import re
from typing import Annotated, Literal

import pytest
import typer

from crawler import cli, translation
from crawler.commands import options
from crawler.commands.translated_help import translate_help
from crawler.translation import _
from storage.errors import ArchiveError, UsageError
from storage.messages import either, message
from tests.support.source_tree import ROOT

ARABIC = re.compile("[\u0600-\u06ff]")
CLASSES = "UsageError|NoArchive|ArchiveError|AlreadyRunning|SiteError|WorkersUnavailable|SchemaTooNew"
PLAIN_ERROR = re.compile(rf"\b(?:{CLASSES})\(\s*f?[\"'].*")


@pytest.fixture
def arabic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(translation.VARIABLE, "ar")


@pytest.mark.usefixtures("arabic")
def test_an_error_without_a_translation_comes_after_its_kind() -> None:
    assert cli.error_line(UsageError("nobody translated this")) == "الاستعمال خاطئ: nobody translated this"


@pytest.mark.usefixtures("arabic")
def test_an_error_in_an_error_is_arabic_too_and_values_of_the_user_stay() -> None:
    with pytest.raises(UsageError) as raised:
        options.day("text", "--from")
    assert str(raised.value) == "--from 'text' is no day; write it as YYYY-MM-DD, such as 2025-10-28"
    assert cli.error_line(raised.value) == "ليس 'text' في --from يومًا؛ اكتبه بالشكل YYYY-MM-DD، مثل 2025-10-28"
    outer = ArchiveError(message("can't read {path}: {why}", path="a.warc", why="No such file or directory"))
    outer = ArchiveError(message("taken down, but not erased: {why}", why=outer))
    assert str(outer) == "taken down, but not erased: can't read a.warc: No such file or directory"
    assert cli.error_line(outer) == "أُزيل ولم يُمحَ: تتعذر قراءة a.warc: لا ملف ولا مجلد بهذا الاسم"
    assert _(either(("live", "gone", "text"))) == "live أو gone أو text"


def test_a_message_survives_a_way_to_another_process() -> None:
    sent = pickle.loads(pickle.dumps(message("{path}: {why}", path="a", why=message("interrupted"))))  # noqa: S301
    assert (sent, sent.template, sent.values["why"].template) == ("a: interrupted", "{path}: {why}", "interrupted")


def test_every_error_of_a_command_says_a_message() -> None:
    """A plain text there would be shown in English whatever the language."""
    sources = [path for folder in ("crawler", "storage") for path in sorted((ROOT / folder).rglob("*.py"))]
    plain = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in sources
        if "storage/web/" not in path.as_posix()  # whose errors are pages of the reader
        for found in PLAIN_ERROR.finditer(path.read_text(encoding="utf-8"))
    ]
    assert not plain


def typer_app() -> typer.Typer:
    made = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)

    @made.command()
    def find(
        word: str,
        limit: Annotated[int, typer.Option(min=1, max=9)] = 5,
        order: Annotated[Literal["relevance", "newest"], typer.Option()] = "newest",
        as_json: Annotated[bool, typer.Option("--json")] = False,
    ) -> None:
        """Find a word."""
        raise typer.Abort

    @made.command()
    def forget() -> None:
        """Forget all."""

    return made


@pytest.mark.parametrize(
    ("call", "english", "arabic_line"),
    [
        ("fnd", "No such command 'fnd'. Did you mean 'find'?", "لا أمر باسم 'fnd'. أتقصد 'find'؟"),
        ("zzz", "No such command 'zzz'.", "لا أمر باسم 'zzz'."),
        ("find a --limt 3", "No such option: --limt (Possible options: --limit)", "لا خيار باسم --limt (خيارات قريبة منه: --limit)"),
        ("find a -\x1bq", "No such option: -\\x1b", "لا خيار باسم -\\x1b"),
        ("find a --limit", "Option '--limit' requires an argument.", "الخيار '--limit' يحتاج إلى قيمة."),
        ("find a --json=3", "Option '--json' does not take a value.", "الخيار '--json' لا يأخذ قيمة."),
        ("find", "Missing argument 'word'.", "ينقص المعطى 'word'."),
        ("find a --limit x", None, "قيمة لا تصح لـ '--limit': ليس 'x' عددًا صحيحًا"),
        ("find a --limit 0", None, "قيمة لا تصح لـ '--limit': القيمة 0 أقل من 1"),
        ("find a --limit 10", None, "قيمة لا تصح لـ '--limit': القيمة 10 أكثر من 9"),
        ("find a --order odd", None, "قيمة لا تصح لـ '--order': ليس 'odd' من 'relevance', 'newest'"),
        ("find a b c", "Got unexpected extra argument(s) (b c)", "معطيات زائدة (b c)"),
    ],
)  # fmt: skip
def test_a_wrong_call_is_told_in_arabic_and_english_stays(
    call: str,
    english: str | None,
    arabic_line: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv(translation.VARIABLE, raising=False)
    code, said = called(call, capsys)
    assert code == 2
    assert english is None or said.endswith(f"Error: {english}\n")
    assert not ARABIC.search(said)
    monkeypatch.setenv(translation.VARIABLE, "ar")
    shown_code, shown = called(call, capsys)
    assert shown_code == code
    assert shown.endswith(f"خطأ: {arabic_line}\n")
    assert ("Try 'news" in said, "Usage" in said) == ("جرّب 'news" in shown, "الاستعمال" in shown)
    assert "Error" not in shown


def called(call: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """The exit code of a call of an app of Typer's, and what it says on stderr."""
    command = typer.main.get_command(typer_app())
    if translation.language() is not None:
        translate_help(command)
    with pytest.raises(SystemExit) as ended:
        command(call.split(" "), prog_name="news")
    return int(ended.value.code or 0), capsys.readouterr().err


@pytest.mark.usefixtures("arabic")
def test_a_no_is_told_in_arabic_and_its_exit_code_stays(capsys: pytest.CaptureFixture[str]) -> None:
    assert called("find a", capsys) == (1, "أُلغي!\n")
    assert called("--", capsys)[1].endswith("خطأ: ينقص اسم الأمر.\n")
