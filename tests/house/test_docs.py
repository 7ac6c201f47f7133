"""The documents against the program: nothing is left out of them, and nothing that they name is missing."""

import re
import shlex
from dataclasses import fields
from importlib.util import find_spec
from pathlib import Path

import pytest

from crawler import settings
from crawler.registry import declared_sites
from crawler.site import Selectors, Site
from crawler.themes import THEMES
from tests.support import commands_page
from tests.support.rooms.docs import ROOT, fences, keys, text

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
CODE = sorted(path for folder in ("crawler", "spiders", "storage", "tests") for path in (ROOT / folder).rglob("*.py"))
COMMANDS = commands_page.commands()
# Environment variables and settings of the same form that are no part of the product, but of other programs.
OTHER_NAMES = {"RFC", "README", "RAY_ADDRESS"}


def code_of(page: str) -> list[str]:
    """Everything that stands as code: lines of fenced blocks, and what is between backticks."""
    prose = re.sub(r"^```\w*\n.*?^```", "", page, flags=re.MULTILINE | re.DOTALL)
    snippets = re.findall(r"`([^`]+)`", prose) + re.findall(r"<code dir=\"ltr\">([^<]+)</code>", prose)
    spans = [" ".join(span.split()).replace("\\|", "|") for span in snippets]
    return [line for block in fences(page) for line in block.splitlines()] + spans


# The commands


def test_commands_md_is_what_the_program_has():
    written = text("docs/commands.md").partition(commands_page.MARK)[2].lstrip("\n")
    assert written == commands_page.render(), "run: python -m tests.support.commands_page"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_words_of_help(name: str):
    for parameter in commands_page.parameters(COMMANDS[name]):
        assert parameter.declared.help, parameter.names
        assert parameter.kind is bool or parameter.values, f"{parameter.names} says nothing of its value: add a metavar"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_names_a_command_or_option_that_does_not_exist(page: Path):
    for line in code_of(page.read_text(encoding="utf-8")):
        for call in re.findall(r"(?:^|[/\s(])warraq ((?:[a-z][a-z-]+|-).*?)(?=$| && | \|\| | #| \| |;)", line):
            name, *rest = call.split()
            if name.startswith("-"):
                assert name in ("--version", "--help", "-h"), line
                continue
            if any(each.startswith(f"{name} ") for each in COMMANDS):  # a group of commands
                if not rest:
                    continue
                if name not in COMMANDS or not rest[0].startswith(("-", "[")):
                    name = f"{name} {rest.pop(0)}"
            assert name in COMMANDS, f"{page.name}: {line}"
            wrong = {word for word in rest if word.startswith("--")} - commands_page.options(COMMANDS[name])
            assert not wrong, f"{page.name}: {line}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_an_option_named_by_itself_belongs_to_some_command(page: Path):
    known = set().union(*(commands_page.options(command) for command in COMMANDS.values())) | {"--version"}
    for benchmark in (ROOT / "tests/benchmarks").glob("*.py"):
        known |= set(re.findall(r'add_argument\(\s*"(--[a-z-]+)"', benchmark.read_text(encoding="utf-8")))
    for span in code_of(page.read_text(encoding="utf-8")):
        if span.startswith("--"):
            assert span.split()[0] in known, f"{page.name}: {span}"


# Readmes


def test_both_readmes_have_the_same_commands():
    def commands_of(name: str) -> list[str]:
        return [re.sub(r"\s+# .*", "", line).rstrip() for block in fences(text(name)) for line in block.splitlines()]

    assert commands_of("README.md") == commands_of("README.ar.md")


def test_the_two_set_up_commands_stand_alone_in_their_blocks():
    alone = [block.strip() for block in fences(text("README.md")) if len(block.splitlines()) == 1]
    assert alone == [
        "python3 -m venv .venv && .venv/bin/pip install -e . && .venv/bin/warraq demo",
        "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/pytest",
    ]


@pytest.mark.parametrize("name", ["README.md", "README.ar.md", "docs/add-a-site.md"])
def test_the_site_file_that_is_shown_is_the_one_that_is_there(name: str):
    assert text("spiders/hespress.py") in fences(text(name))


def test_the_arabic_readme_reads_from_right_to_left():
    outside = re.sub(r'<div dir="rtl">.*?</div>', "", text("README.ar.md"), flags=re.DOTALL)
    prose = re.sub(r"^```\w*\n.*?^```|!\[.*?\]\(.*?\)", "", outside, flags=re.MULTILINE | re.DOTALL)
    assert not prose.strip()


def test_shell_commands_can_be_read_by_a_shell():
    for page in PAGES:
        for block in re.findall(r"^```sh\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
            assert shlex.split(block, comments=True), page.name


# Links


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_relative_link_leads_somewhere(page: Path):
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.is_file(), f"{page.name}: {target}"
        if anchor:
            headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
            slugs = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
            assert anchor in slugs, f"{page.name}: {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_of_the_project_that_is_named_is_there(page: Path):
    for name in code_of(page.read_text(encoding="utf-8")):
        if re.fullmatch(r"(?:crawler|spiders|storage|tests|docs|\.ci)/[\w./-]*", name):
            assert (ROOT / name).exists(), f"{page.name}: {name}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_test_and_module_that_a_command_runs_is_there(page: Path):
    for line in code_of(page.read_text(encoding="utf-8")):
        for module in re.findall(r"python3? -m (tests[\w.]*)", line):
            assert find_spec(module), f"{page.name}: {line}"
        for path in re.findall(r"pytest [^#]*?(tests/[\w./]+)", line):
            assert (ROOT / path).exists(), f"{page.name}: {line}"


def test_architecture_md_names_every_module_in_the_row_of_its_room():
    rows = re.findall(
        r"^\| `((?:crawler|storage)/[\w/]*)` \|[^|]*\|([^|]*)\|", text("docs/architecture.md"), re.MULTILINE
    )
    named = {f"{room}{name}" for room, files in rows for name in re.findall(r"`(\w+)`", re.sub(r"\(.*?\)", "", files))}
    modules = {
        str(path.relative_to(ROOT).with_suffix(""))
        for folder in ("crawler", "storage")
        for path in (ROOT / folder).rglob("*.py")
        if path.name != "__init__.py" and path.parent.name != "versions"
    }
    assert modules - named == set(), "add them to the row of their room"
    assert named - modules == set(), "there is no such file"


# Names that people type or set


def test_every_environment_variable_and_setting_of_ours_is_documented():
    used = {
        name
        for path in [*CODE, ROOT / ".ci/run"]
        for name in re.findall(r"WARRAQ_[A-Z_]*[A-Z]", path.read_text(encoding="utf-8"))
    }
    documented = {
        name for page in PAGES for name in re.findall(r"`(WARRAQ_[A-Z_]+)`", page.read_text(encoding="utf-8"))
    }
    assert used - documented == set(), "say what it does in docs/commands.md, safety.md or architecture.md"
    assert documented - used == set(), "no code knows it"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_setting_that_is_named_exists(page: Path):
    for name in re.findall(r"`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)`", page.read_text(encoding="utf-8")):
        assert hasattr(settings, name) or name.startswith("WARRAQ_") or name in OTHER_NAMES, f"{page.name}: {name}"


def test_the_numbers_of_safety_md_are_those_of_the_settings():
    page = text("docs/safety.md")
    for name, shown in (
        ("DOWNLOAD_DELAY", f"{settings.DOWNLOAD_DELAY:g} s apart"),
        ("DOWNLOAD_DELAY_JITTER", f"± {settings.DOWNLOAD_DELAY_JITTER:.0%}".replace("%", " %")),
        ("WARRAQ_MAX_CRAWL_DELAY_S", f"up to {settings.WARRAQ_MAX_CRAWL_DELAY_S:g} s"),
        ("WARRAQ_MAX_WAIT_S", f"{settings.WARRAQ_MAX_WAIT_S:g} s"),
        ("WARRAQ_BACKOFF_S", f"after {settings.WARRAQ_BACKOFF_S:g} s and {4 * settings.WARRAQ_BACKOFF_S:g} s"),
        ("DOWNLOAD_MAXSIZE", f"{settings.DOWNLOAD_MAXSIZE // 2**20} MiB"),
        ("DOWNLOAD_TIMEOUT", f"{settings.DOWNLOAD_TIMEOUT} s"),
        ("REDIRECT_MAX_TIMES", f"{settings.REDIRECT_MAX_TIMES} redirects"),
    ):
        assert name in page
        assert shown in page, f"{name} is {getattr(settings, name)}"


# Formats


# Declaring a site


def test_everything_that_a_site_may_declare_is_documented():
    page = text("docs/add-a-site.md")
    rows = keys(page)
    assert {each.name for kind in (Site, Selectors) for each in fields(kind)} <= rows
    assert all(f"`{theme.name}`" in page for theme in THEMES)


def test_the_site_that_overrides_both_hooks_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "example.py").write_text(fences(text("docs/add-a-site.md"))[1], encoding="utf-8")
    monkeypatch.setenv("WARRAQ_SPIDERS", str(tmp_path))
    declared = declared_sites.declared()
    assert "example" in declared.spiders
    assert not declared.broken
