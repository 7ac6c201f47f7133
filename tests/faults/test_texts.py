"""Texts made to break what reads or shows them: F33, F36, F39."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, make_url, select

from storage.archive import Archive
from storage.db.schema import metadata
from storage.errors import UsageError
from storage.filters import Filters
from tests.support.hostile import Answer, Server, page, raw, redirect, reset
from tests.support.newspapers.small_site import GOOD, TEXT, listing
from tests.support.rooms.search import add, found
from tests.support.running import ROOT, warraq
from tests.support.small_archive import fill

HOSTILE = [
    "'", '"', '""', '"""', "';--", "'; drop table articles; --", '" OR 1=1 --', "*", "وزير*", "* *", "^وزير",
    "title:وزير", "{title} : وزير", "{title body", "NEAR(وزير مصر)", "NEAR", "AND", "NOT", "OR", "OR OR", "NOT NOT",
    "وزير AND", "AND وزير", "وزير NOT", "NOT وزير", "وزير OR", "OR وزير", "| |", "|", "||", "وزير |", "| وزير", "-",
    "--", "- -", "-وزير", "--وزير", "وزير -", "-\"وزير\"", "(", ")", "((((", "(وزير", "وزير)", "()", "وزير + مصر",
    ":", "::", "وزير:*", "وزير & !مصر", "!!", "<->", "وزير <-> مصر", "<2>", "\\", "\\\\", "وزير\\", "'وزير'", "''",
    "\x00", "وزير\x00مصر", "\x00وزير", "\ud800", "وزير\udfff", "\ue000", "وزير\ue000مصر", "\ufeff", "\u200f",
    "\u202eوزير", "%", "_", "%s", "%(asked)s", ":asked", "?", "?1", "$1", "@@", "{}", "[]", "<b>وزير</b>", "&amp;",
    "\n", "\t\r\n", "وزير\nمصر", "«", "»", "«وزير", "وزير»", "“", "”", "“وزير", "„وزير“", "ـ", "ـــ", "َ", "َُِّ",
    "﷽", "ﷺ", "﷼", "😀", "👨\u200d👩\u200d👧", "é", "e\u0301", "ß", "İ", "ı", "ǅ", "٣٫٥", "1e309", "0x1F", "-1", "1.5",
    "a@b.example", "https://x.example/?a=b&c=d", "/etc/passwd", "../..", "a_b", "__", "و", "ال", "لل", "ه", "ي",
    "x" * 5_000, "و" * 5_000, '"' * 5_000, "(" * 5_000, "-" * 5_000, "| " * 5_000, "وزير\u0301\u0301",
]  # fmt: skip


def answer(engine: Engine, query: str, *, exact: bool = False, **filters: str) -> object:
    try:
        return found(engine, query, exact=exact, filters=Filters(**filters))
    except UsageError as error:
        return str(error)


@pytest.fixture
def hostile(both: tuple[Engine, Engine]) -> tuple[Engine, Engine]:
    for number, written in enumerate([*HOSTILE, "قال وزير في مصر ان مصر", "AND OR NOT NEAR وزير", "title body"], 1):
        stored = written.replace("\x00", " ").encode("utf-8", "ignore").decode()
        for engine in both:
            add(engine, number, stored, title=stored[:50])
    return both


@pytest.mark.parametrize("exact", [False, True])
def test_f33_no_query_breaks_an_engine_or_makes_them_disagree(hostile: tuple[Engine, Engine], exact: bool) -> None:
    assert len(HOSTILE) >= 100
    sqlite, postgres = hostile
    for query in HOSTILE:
        assert answer(sqlite, query, exact=exact) == answer(postgres, query, exact=exact), query


PIECES = [
    "وزير",
    "الوزير",
    "مصر",
    "مصري",
    "لمصر",
    "كرة",
    "القدم",
    "له",
    "x1",
    '"',
    "«",
    "»",
    "-",
    "|",
    " ",
    " ",
    "OR",
    "3.5",
]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.lists(st.sampled_from(PIECES), max_size=9).map("".join) | st.text(max_size=12),
    exact=st.booleans(),
)
@pytest.mark.slow
def test_f33_any_query_has_one_answer(hostile: tuple[Engine, Engine], query: str, exact: bool) -> None:
    sqlite, postgres = hostile
    assert answer(sqlite, query, exact=exact) == answer(postgres, query, exact=exact)


@pytest.mark.parametrize("name", ["site", "section"])
def test_f33_a_filter_is_compared_and_never_run(both: tuple[Engine, Engine], name: str) -> None:
    for engine in both:
        add(engine, 1, "قال وزير في مصر")
    for value in HOSTILE:
        one, other = (answer(engine, "وزير", **{name: value}) for engine in both)
        assert one == other, value
        assert one == set() or "is no name" in str(one), value
    assert [found(engine, "وزير") for engine in both] == [{1}, {1}]


@pytest.mark.slow
@pytest.mark.parametrize("command", ["search", "show", "history", "diff", "export", "coverage", "runs"])
def test_f33_no_argument_of_a_command_is_an_error_of_a_database(
    database_url: str, tmp_path: Path, command: str
) -> None:
    with Archive.open(tmp_path / "archive", database_url) as archive:
        fill(archive)
    before = warraq("export", "-", "--db", database_url, cwd=tmp_path).out
    for value in (
        "'",
        "'; drop table articles; --",
        "1 or 1=1",
        "%",
        "\\",
        "99999999999999999999",
        "\u202e",
        "x" * 5000,
    ):
        argument = {"export": ("-", "--site", value), "runs": ("--site", value)}.get(command, ("--", value))
        ran = warraq(command, "--db", database_url, *argument, cwd=tmp_path)
        assert ran.code in (0, 1, 2), (value[:50], ran)
        assert "Traceback" not in ran.err, ran.err
    assert warraq("export", "-", "--db", database_url, cwd=tmp_path).out == before


ODD = "خبر\r\nwarraq: 4 articles removed\x1b[2J\x1b]0;owned\x07\x9b31m\x08\x7f عن افتتاح الميناء"


def shown(text: str) -> str:
    """The characters of an output that a terminal obeys."""
    return "".join(
        sorted({letter for letter in text if (letter < " " and letter != "\n") or "\x7f" <= letter <= "\x9f"})
    )


def test_f36_what_a_page_says_of_itself_is_one_line_without_escapes(tmp_path: Path) -> None:
    bad = "/n/%0d%0awarraq:%20done%1b%5b2J/"
    listed = f'<div class="card"><h3><a href="{bad}">{ODD}</a></h3></div>'
    title = f"<title>{ODD}</title>"
    text = TEXT.format(n=1).replace("<p>", f"<p>{ODD} ", 1)
    answers: dict[str, Answer] = GOOD | {
        "/c/a/": listing([1, 3], after=listed),
        "/n/1/": page(f"<html lang=ar><head>{title}</head><body><article><h1>{ODD}</h1>{text}</article></body></html>"),
        bad: page("", 500, X_Odd="\x1b[31m"),
        "/n/3/": raw(b"HTTP/1.1 200 \x1b[31mOdd\r\nContent-Type: \x1b[2J\r\nRetry-After: \x1b[1m\r\n\r\n"),
        "/n/4/": redirect("/\x1b[2J\x07"),
        "/feed/": page("\x1b[2J", 503, Retry_After="\x1b[31m"),
    }
    with Server(answers) as server:
        ran = warraq("crawl", server.url(), "--delay", "0", "--allow-host", "127.0.0.1", cwd=tmp_path, timeout=240)
    assert shown(ran.out + ran.err) == "", ran
    assert not [
        line for line in (ran.out + ran.err).splitlines() if line.startswith(("warraq: 4 articles", "warraq: done"))
    ]
    for command in (
        ["search", "الميناء"],
        ["show", "1"],
        ["history", "1"],
        ["diff", "1"],
        ["runs"],
        ["stats"],
        ["sites"],
    ):
        ran = warraq(*command, cwd=tmp_path)
        assert shown(ran.out + ran.err) == "", command
    for line in warraq("export", "-", cwd=tmp_path).out.splitlines():
        assert shown(line) == ""
        assert shown(json.loads(line)["title"]) == ""
    output = warraq("crawl", "http://127.0.0.1/\x1b[2J", cwd=tmp_path)
    assert shown(output.err) == "", output.err


SECRETS = ("hunter-database", "hunter-proxy", "hunter-url")


@pytest.mark.slow
def test_f37_no_secret_is_in_an_output_or_a_file(bare_postgres_url: str, tmp_path: Path) -> None:
    home = "http://news.example"
    url = make_url(bare_postgres_url).set(password=SECRETS[0]).render_as_string(hide_password=False)
    env = {"WARRAQ_DB": url, "WARRAQ_CONTACT": "https://news.example/bot"}
    with Server({home + path: answer for path, answer in GOOD.items()} | {f"{home}/n/4/": reset}) as proxy:
        env["http_proxy"] = f"http://user:{SECRETS[1]}@127.0.0.1:{proxy.port}"
        ran = [warraq("crawl", f"http://user:{SECRETS[2]}@news.example/", "--delay", "0", cwd=tmp_path, **env)]
        ran.append(warraq("crawl", f"{home}/", "--delay", "0", "--json", cwd=tmp_path, **env))
        assert ran[1].json["new"] + ran[1].json["same"] > 0, ran
        assert any("proxy-authorization" in each.headers for each in proxy.exchanges), "the proxy has it"
        proxy.answers.clear()
        ran.append(warraq("crawl", f"{home}/", "--delay", "0", cwd=tmp_path, **env))
    commands = ("stats", "runs", "sites", "verify", "health", "export -", "search الميناء", "show 1", "reindex")
    ran += [warraq(*command.split(), cwd=tmp_path, **env) for command in commands]
    ran.append(warraq("stats", cwd=tmp_path, WARRAQ_DB=url.replace("127.0.0.1:5432", "127.0.0.1:1")))
    printed = "".join(each.out + each.err for each in ran)
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    kept += b"".join(gzip.decompress(path.read_bytes()) for path in tmp_path.rglob("*.gz"))
    engine = create_engine(bare_postgres_url)
    with engine.connect() as connection:
        for table in metadata.tables.values():
            kept += repr(connection.execute(select(table)).all()).encode()
    engine.dispose()
    assert b"Proxy-Authorization" not in kept
    for secret in SECRETS:
        assert secret not in printed
        assert secret.encode() not in kept


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_f39_no_pattern_takes_a_tenth_of_a_second_for_a_hundred_kilobytes() -> None:
    command = [sys.executable, "-m", "tests.support.faults.patterns"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=880)
    assert ran.returncode == 0, ran.stderr
    report = json.loads(ran.stdout)
    assert report["patterns"] > 100
    assert report["slow"] == {}
