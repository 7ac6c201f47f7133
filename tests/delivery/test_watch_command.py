"""`warraq watch` as a user runs it: answers, feed, program, webhook; killed and failing deliveries come again."""

import http.server
import json
import ssl
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar
from xml.etree import ElementTree

import pytest
from sqlalchemy import insert

from crawler.delivery.webhook import Webhook
from storage.archive import Archive
from storage.db.schema import watches
from storage.errors import UsageError
from tests.support.running import Ran, start, warraq
from tests.support.small_archive import HOME, NOW, keep, page
from tests.support.web.certificates import write_certificate

ATOM = "{http://www.w3.org/2005/Atom}"


def save(folder: Path, *paths: str, hours: int = 0) -> None:
    with Archive.open(folder) as archive:
        archive.add_site("example", HOME, "المثال", "EG", "Africa/Cairo")
        run_id = archive.start_run("example", now=NOW + timedelta(hours=hours))
        for path in paths:
            at = NOW + timedelta(hours=hours, seconds=1)
            keep(archive, run_id, page(f"{HOME}/{path}", at, f"الوزير <b>{path}</b>\nوصل الوزير في الساعة {hours}."))
        archive.finish_run(run_id, status="done", now=NOW + timedelta(hours=hours, minutes=1), requests=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save(tmp_path / "archive", "1")
    assert watch(tmp_path / "archive", "add", "الوزير", "--name", "وزير").code == 0
    return tmp_path / "archive"


def watch(folder: Path, *arguments: str, **env: str) -> Ran:
    return warraq("watch", *arguments, "--archive", str(folder), cwd=folder.parent, **env)


def news(ran: Ran) -> list[tuple[int, str, str]]:
    return [
        (each["delivery"], item["kind"], item["article"]["url"].removeprefix(f"{HOME}/"))
        for each in ran.json["deliveries"]
        for item in each["news"]
    ]


def test_a_saved_search_that_this_version_refuses_is_told_and_stops_no_other(folder: Path):
    with Archive.open(folder) as archive, archive.engine.begin() as connection:
        row = {"name": "a", "query": "قسم: سياسة", "exact": False, "timezone": "UTC", "added_at": NOW, "deliveries": 0}
        connection.execute(insert(watches).values(**row))
    save(folder, "2", hours=1)
    ran = watch(folder, "run", "--json")
    assert (ran.code, news(ran)) == (1, [(1, "new", "2")])
    assert "warraq: a: there is nothing behind the colon of 'قسم:'" in ran.err


def test_what_comes_is_printed_once_and_kept_in_the_feed(folder: Path):
    assert watch(folder, "run").out == ""
    save(folder, "2", hours=1)
    save(folder, "1", hours=5)
    ran = watch(folder, "run", "--json", "--atom", "news.xml")
    assert (ran.code, news(ran)) == (0, [(1, "edited", "1"), (1, "new", "2")])
    assert news(watch(folder, "run", "--json")) == []
    save(folder, "3", hours=6)
    shown = watch(folder, "run", "وزير", "--atom", "news.xml")
    assert "new: الوزير <b>3</b>" in shown.out
    feed = ElementTree.parse(folder.parent / "news.xml").getroot()
    entries = feed.findall(f"{ATOM}entry")
    assert entries[0].find(f"{ATOM}link").get("href") == f"{HOME}/3"
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries) == 3
    assert all("<b>" not in (entry.findtext(f"{ATOM}content") or "") for entry in entries)
    listed = watch(folder, "list", "--json").json
    assert [(each["watch"], each["articles"], each["unconfirmed"]) for each in listed] == [("وزير", 3, 0)]
    assert watch(folder, "remove", "وزير").code == 0
    assert watch(folder, "run", "وزير").code == 2


@pytest.mark.parametrize("when", [pytest.param("before", marks=pytest.mark.slow), "behind"])
def test_a_delivery_that_is_killed_comes_again_whole_under_its_number(folder: Path, when: str):
    save(folder, "2", "3", hours=1)
    log = folder.parent / "log"
    take = f"open({str(log)!r}, 'a').write(__import__('sys').stdin.read() + '\\n')"
    kill = "__import__('os').kill(__import__('os').getppid(), 9)"
    program = folder.parent / "program.py"
    program.write_text(f"{kill}\n{take}\n" if when == "before" else f"{take}\n{kill}\n")
    arguments = ("watch", "run", "--archive", str(folder), "--exec", f"{sys.executable} {program}")
    process = start(*arguments, cwd=folder.parent)
    process.communicate(timeout=60)
    assert process.returncode == -9
    save(folder, "4", hours=2)
    program.write_text(take)
    assert watch(folder, "run", "--exec", f"{sys.executable} {program}").code == 0
    taken = {}
    for line in log.read_text().splitlines():
        made = json.loads(line)
        assert taken.setdefault(made["delivery"], made) == made, "a number stands for the same news each time"
    paths = [item["article"]["url"][-1] for made in taken.values() for item in made["news"]]
    assert sorted(paths) == ["2", "3", "4"], "nothing is lost, and nothing belongs to two deliveries"
    assert news(watch(folder, "run", "--json")) == []


def test_a_program_that_fails_is_given_the_same_again(folder: Path):
    save(folder, "2", hours=1)
    failed = watch(folder, "run", "--json", "--exec", "false")
    assert (failed.code, failed.json["deliveries"][0]["failed"]) == (1, "false ended with exit code 1")
    assert "comes again" in failed.err
    assert news(watch(folder, "run", "--json", "--exec", "true")) == news(failed)
    missing = watch(folder, "run", "--exec", "no-such-program")
    assert (missing.code, len(missing.err.splitlines())) == (2, 1)


class Hook(http.server.BaseHTTPRequestHandler):
    taken: ClassVar[list[tuple[str, Any]]] = []
    answers: ClassVar[list[int]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.taken.append((self.headers["Idempotency-Key"], json.loads(body)))
        self.send_response(self.answers.pop(0) if self.answers else 204)
        self.send_header("Location", "https://127.0.0.1:1/")
        self.end_headers()

    def log_message(self, *_: Any) -> None: ...


@pytest.fixture(scope="module")
def hook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    certificate = write_certificate(tmp_path_factory.mktemp("tls"), "127.0.0.1")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://127.0.0.1:{server.server_port}/T0/secret?a=b", certificate
    server.shutdown()


def test_a_webhook_gets_the_news_and_again_with_the_same_key_where_it_refused(folder: Path, hook: tuple[str, Path]):
    url, certificate = hook
    Hook.taken.clear()
    Hook.answers[:] = [500, 302]
    save(folder, "2", hours=1)
    for expected in (1, 1, 0):
        ran = watch(
            folder, "run", "--webhook", url, "--allow-host", "127.0.0.1", WARRAQ_ALLOW_HOSTS=url[8:].split("/")[0],
            SSL_CERT_FILE=str(certificate),
        )  # fmt: skip
        assert ran.code == expected, ran.err
        assert "secret" not in ran.out + ran.err
    assert len(Hook.taken) == 3
    assert len({key for key, _ in Hook.taken}) == 1
    assert Hook.taken[0][1] == Hook.taken[2][1]
    assert [item["kind"] for item in Hook.taken[0][1]["news"]] == ["new"]


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.org/",
        "https://127.0.0.1/",
        "https://10.1.2.3/",
        "https://localhost/",
        "https://2130706433/",
        "https://user:word@hooks.example.org/",
        "https://hooks.example.org:8443/",
        "file:///etc/passwd",
        "https://",
    ],
)
def test_a_webhook_that_may_not_be_asked_is_refused_before_anything_is_reported(url: str):
    with pytest.raises(UsageError, match="--webhook"):
        Webhook(url)


def test_a_name_that_leads_to_a_private_address_is_not_connected_to(monkeypatch: pytest.MonkeyPatch):
    answer = [(2, 1, 6, "", ("127.0.0.1", 443))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: answer)
    assert "not public" in (Webhook("https://hooks.example.org/").post(b"{}", "1") or "")
