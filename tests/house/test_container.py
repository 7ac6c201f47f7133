"""docs/container: the image and the services call commands that exist, as a user without rights, on a Python that we support."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.specifiers import SpecifierSet

from tests.support import commands_page
from tests.support.source_tree import ROOT

FOLDER = ROOT / "docs/container"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
IMAGE = (FOLDER / "Containerfile").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((FOLDER / "compose.yaml").read_text(encoding="utf-8"))
OURS = {name: service for name, service in COMPOSE["services"].items() if service["image"] == "warraq"}
COMMANDS = commands_page.commands()


def calls() -> Iterator[list[str]]:
    """The arguments of every call of `warraq` in the folder."""
    yield from (service["command"] for service in OURS.values())
    health = re.search(r'HEALTHCHECK .*CMD \["warraq", (.*)\]', IMAGE)
    assert health
    yield re.findall(r'"([^"]+)"', health[1])
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    for call in re.findall(r"(?:\bworker|\bwarraq) ((?:doctor|health|runs|backup|crawl)\b[^`\n]*)", page):
        yield call.split()


@pytest.mark.parametrize("call", list(calls()), ids=" ".join)
def test_a_call_is_of_a_command_and_options_that_exist(call: list[str]) -> None:
    assert call[0] in COMMANDS
    assert {word for word in call if word.startswith("--")} <= commands_page.options(COMMANDS[call[0]])


def test_the_python_of_the_image_is_one_that_we_support() -> None:
    versions = re.findall(r"^FROM python:(\d+\.\d+)-slim", IMAGE, re.MULTILINE)
    assert len(versions) == 2
    for version in versions:
        assert SpecifierSet(PROJECT["requires-python"]).contains(version)
        assert f"Programming Language :: Python :: {version}" in PROJECT["classifiers"]


def test_what_the_image_copies_and_installs_is_there() -> None:
    for sources in re.findall(r"^COPY (?!--)(.*) \S+$", IMAGE, re.MULTILINE):
        assert all((ROOT / source).exists() for source in sources.split())
    extras = re.search(r"install --no-cache-dir '\.\[(\w+)\]'", IMAGE)
    assert extras
    assert extras[1] in PROJECT["optional-dependencies"]


def test_nothing_of_ours_runs_as_root_or_writes_outside_the_archive() -> None:
    user = re.findall(r"^USER (\S+)", IMAGE, re.MULTILINE)
    assert user
    assert user[-1].isdecimal()
    assert int(user[-1]) > 0
    assert IMAGE.index("USER ") < IMAGE.index("ENTRYPOINT")
    for service in OURS.values():
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
        assert service["tmpfs"] == [re.findall(r"HOME=(\S+)", IMAGE)[0]]
        assert service["volumes"] == [f"archive:{service['environment']['WARRAQ_ARCHIVE']}"]


def test_the_reader_asks_for_a_token_and_is_not_open_to_other_machines() -> None:
    reader = OURS["reader"]
    file = Path(reader["command"][reader["command"].index("--token-file") + 1])
    assert file.parent == Path("/run/secrets")
    assert reader["secrets"] == [file.name]
    assert COMPOSE["secrets"].keys() == {file.name}
    port, captured = (reader["command"][reader["command"].index(each) + 1] for each in ("--port", "--captured-port"))
    assert reader["ports"] == [f"127.0.0.1:{each}:{each}" for each in (port, captured)]
    assert f"127.0.0.1:{port}/login" in reader["healthcheck"]["test"][-1]


def test_no_secret_is_in_the_files() -> None:
    for name, service in COMPOSE["services"].items():
        for variable, value in service["environment"].items():
            if "PASSWORD" in variable:
                assert value.startswith("${DB_PASSWORD:?"), name


def test_every_volume_and_dependency_is_declared() -> None:
    for service in COMPOSE["services"].values():
        assert {volume.partition(":")[0] for volume in service["volumes"]} <= COMPOSE["volumes"].keys()
        assert service.get("depends_on", {}).keys() <= COMPOSE["services"].keys()
