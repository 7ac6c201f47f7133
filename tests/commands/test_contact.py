"""No command asks the live web without a contact; this machine, and hosts that are allowed by name, need none."""

from pathlib import Path

import pytest

from tests.support.hostile import Server
from tests.support.newspapers.small_site import GOOD
from tests.support.running import warraq

LIVE = [
    "crawl hespress",
    "crawl --all",
    "crawl https://news.example/",
    "crawl https://news.example/ --allow-host other.example --allow-host news.example:8443",
    "probe https://news.example/",
    "add https://news.example/ --folder new",
    "check hespress sana",
    "read https://news.example/1",
    "save https://news.example/1",
]


@pytest.mark.parametrize("command", LIVE)
def test_the_live_web_is_not_asked_without_a_contact(command: str, tmp_path: Path) -> None:
    ran = warraq(*command.split(), cwd=tmp_path, WARRAQ_CONTACT=" ")
    assert ran.code == 2, ran
    assert ran.err.startswith("warraq: WARRAQ_CONTACT is not set, and ")
    assert len(ran.err.splitlines()) == 1
    assert not list(tmp_path.iterdir()), "nothing was made"


@pytest.mark.parametrize("command", ["crawl", "probe", "read"])
def test_this_machine_needs_no_contact(command: str, tmp_path: Path) -> None:
    with Server(dict(GOOD)) as server:
        ran = warraq(command, server.url("/n/1/"), "--allow-host", "127.0.0.1", cwd=tmp_path, WARRAQ_CONTACT="")
        assert "WARRAQ_CONTACT" not in ran.err
        assert server.exchanges


@pytest.mark.parametrize(
    "env",
    [
        {"WARRAQ_ALLOW_HOSTS": "news.invalid"},
        {"WARRAQ_USER_AGENT": "Paper/2 (+mailto:me@example.org)"},
        {"WARRAQ_CONTACT": "mailto:me@example.org"},
    ],
)
@pytest.mark.slow
def test_a_host_that_is_allowed_by_name_and_an_agent_with_an_address_will_do(
    env: dict[str, str], tmp_path: Path
) -> None:
    refused = {"http_proxy": "http://127.0.0.1:9", "WARRAQ_CONTACT": ""}
    ran = warraq("read", "http://news.invalid/1", cwd=tmp_path, **refused | env)
    assert ran.code == 1, "it was asked, and did not answer"
    assert "WARRAQ_CONTACT" not in ran.err
