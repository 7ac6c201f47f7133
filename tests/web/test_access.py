"""Who may read: loopback or a token, known host names, headers that let nothing run; the process, its socket, its end."""

import socket
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.support.running import environment, warraq
from tests.support.web.served import Served, serving

TOKEN = "a-long-token-of-the-tests-1234567"


@pytest.fixture(scope="module")
def guarded(archive: Path) -> Served:
    with serving(archive, "--name", "archive.example.org", WARRAQ_TOKEN=TOKEN) as running:
        yield running


def listening_addresses(pid: int) -> set[str]:
    """The addresses on which a process listens, as the kernel lists them."""
    inodes = set()
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        target = str(entry.readlink())
        if target.startswith("socket:["):
            inodes.add(target[8:-1])
    addresses = set()
    for name in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and fields[9] in inodes:
                addresses.add(fields[1].rpartition(":")[0])
    return addresses


def test_the_reader_listens_on_loopback_alone(reader: Served):
    assert listening_addresses(reader.process.pid) == {"0100007F"}


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_other_addresses_are_refused_without_a_token(archive: Path, host: str):
    ran = warraq("serve", "--archive", str(archive), "--host", host, "--port", "0", cwd=archive.parent)
    assert (ran.code, ran.out) == (2, "")
    assert "token" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_token_that_can_be_guessed_is_refused(archive: Path, tmp_path: Path):
    (tmp_path / "token").write_text("short\n")
    for arguments, env in (((), {"WARRAQ_TOKEN": "short"}), (("--token-file", str(tmp_path / "token")), {})):
        ran = warraq("serve", "--archive", str(archive), "--port", "0", *arguments, cwd=tmp_path, **env)
        assert ran.code == 2
        assert "16 characters" in ran.err


def test_a_missing_archive_and_a_taken_port_are_said_in_one_line(archive: Path, tmp_path: Path):
    ran = warraq("serve", "--archive", "nothing", cwd=tmp_path)
    assert ran.code == 2
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ran = warraq("serve", "--archive", str(archive), "--port", port, cwd=tmp_path)
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)
    assert "is taken" in ran.err


def test_sigterm_ends_it_as_done(archive: Path):
    with serving(archive) as running:
        assert running.ask("/").status == 200
    assert running.process.returncode == 0


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "", "a b", "[::1"]
)
def test_a_name_that_is_not_the_readers_gets_nothing(reader: Served, host: str):
    answer = reader.ask("/", Host=host)
    assert answer.status in (400, 421)
    assert "خبر" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "localhost:8765", "127.0.0.1:1", "[::1]:80", "LOCALHOST."])
def test_its_own_names_are_answered(reader: Served, host: str):
    assert reader.ask("/", Host=host).status == 200


@pytest.mark.parametrize(
    "path", ["/", "/search", "/nothing", "/search?from=x", "/static/reader.css", "/api/v1/openapi.json"]
)
def test_every_answer_forbids_what_it_does_not_need(reader: Served, path: str):
    headers = reader.ask(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers
    assert not [name for name in headers if name.startswith("access-control")]


def test_without_the_token_nothing_is_shown(guarded: Served):
    for path in ("/", "/search?q=a", "/articles/1", "/edits.atom", "/api/v1/articles", "/api/v1/openapi.json"):
        page, program = guarded.ask(path), guarded.ask(path, Accept="*/*")
        assert page.status in (303, 401)
        assert program.status == 401
        assert "خبر" not in page.text + program.text
    assert guarded.ask("/search?q=a").headers["location"].startswith("/login?next=%2Fsearch")
    assert guarded.ask("/", Authorization=f"Bearer {TOKEN}x", Accept="*/*").status == 401
    assert guarded.ask("/", Cookie=f"warraq_access={TOKEN}", Accept="*/*").status == 401
    assert guarded.ask(f"/?token={TOKEN}", Accept="*/*").status == 401


def test_the_token_opens_by_header_and_by_the_cookie_of_the_form(guarded: Served):
    assert guarded.ask("/", Authorization=f"Bearer {TOKEN}").status == 200
    form = "application/x-www-form-urlencoded"
    wrong = guarded.ask("/login", "POST", urlencode({"token": "wrong"}), Content_Type=form)
    assert (wrong.status, "set-cookie" in wrong.headers) == (401, False)
    right = guarded.ask("/login", "POST", urlencode({"token": TOKEN, "next": "/edits"}), Content_Type=form)
    assert (right.status, right.headers["location"]) == (303, "/edits")
    cookie = right.headers["set-cookie"]
    assert TOKEN not in cookie
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    assert guarded.ask("/", Cookie=cookie.partition(";")[0], Host="archive.example.org").status == 200


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\r\nSet-Cookie: a=b"],
)
def test_the_form_leads_nowhere_else(guarded: Served, target: str):
    form = "application/x-www-form-urlencoded"
    answer = guarded.ask("/login", "POST", urlencode({"token": TOKEN, "next": target}), Content_Type=form)
    assert answer.headers["location"] == "/"


def test_the_token_is_not_printed(guarded: Served):
    assert TOKEN not in guarded.url
    assert environment(WARRAQ_TOKEN=TOKEN)["WARRAQ_TOKEN"] == TOKEN  # it was given, and is nowhere in the pages
    assert TOKEN not in guarded.ask("/", Authorization=f"Bearer {TOKEN}").text
