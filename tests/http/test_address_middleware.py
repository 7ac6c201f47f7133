"""crawler.http.address_middleware and resolver: real crawls that a hostile site tries to lead astray."""

from typing import Any

import pytest
from scrapy.resolver import dnscache
from twisted.internet.address import IPv4Address, IPv6Address

from crawler.http.resolver import PublicResolver, operator_proxies
from tests.support.hostile import Server, crawl, page, raw, redirect


def test_no_form_of_a_private_address_is_dialled_by_link_or_redirect() -> None:
    with Server() as secret:
        port = secret.port
        forms = [
            *(f"http://{host}:{port}/" for host in ("127.0.0.1", "2130706433", "0x7f.1", "0x7f000001", "127.1")),
            *(f"http://{host}:{port}/" for host in ("017700000001", "[::ffff:127.0.0.1]", "[::1]", "localhost")),
            *(f"http://{host}:{port}/" for host in ("LOCALHOST.", "x.localhost", "[::ffff:7f00:1]", "127。0。0。1")),
            *(f"http://user:pass@127.0.0.1:{port}/", f"http://127.0.0.1:{port}\\@news.example/"),
            f"ftp://127.0.0.1:{port}/",
            f"https://127.0.0.1:{port}/",
            "http://10.0.0.1/",
            "http://169.254.169.254/latest/meta-data/",
            "file:///etc/passwd",
            "data:text/html,hello",
            "gopher://127.0.0.1/",
        ]
        forms = [form for form in forms if len(form) > 1]
        answers = {f"/{number}": redirect(form) for number, form in enumerate(forms)}
        refresh = f'<html><head><meta http-equiv="refresh" content="0;url=http://127.0.0.1:{port}/"></head></html>'
        with Server(answers | {"/refresh": page(refresh)}) as site:
            lures = [site.url(f"/{number}") for number in range(len(forms))]
            done = crawl([*forms, *lures, site.url("/refresh")], allow=[site.address], home=site.url())
        assert secret.connections == 0
    for form in forms:
        assert done.fates[form].error == "Refused", form
        assert done.fates[form].reason == "refused"
    for lure in lures:
        assert done.fates[lure].status is None or done.fates[lure].status == 302, lure
    assert int(done.stats["warraq/refused"]) >= len(forms)
    assert done.listening == []


def test_a_name_that_resolves_to_a_private_address_is_not_dialled() -> None:
    names = {"evil.example": ["127.0.0.1"], "six.example": ["::1"], "wrapped.example": ["::ffff:127.0.0.1"]}
    names |= {"lan.example": ["10.0.0.1", "192.168.1.1"], "xn--mgb9awbf.example": ["169.254.169.254"]}
    with Server() as secret:
        urls = [f"http://{name}:{secret.port}/" for name in names]
        site = {name: f"http://{name}/" for name in names}
        declared = crawl([urls[0]], home=urls[0], names=names)
        done = crawl([*urls, *site.values()], names=names)
        assert secret.connections == 0
    assert declared.fates[urls[0]].error == "Forbidden"  # its robots.txt can't be read
    for url in urls:
        assert "neither port 80 or 443" in str(done.fates[url].message)
    for url in site.values():
        assert done.fates[url].error == "Forbidden"
        assert "no public address" in str(done.fates[url].message), done.fates[url]
    assert "retry/count" not in done.stats


def test_a_name_that_resolves_to_a_private_address_is_refused_by_name_of_that_address() -> None:
    with Server() as secret:
        url = f"http://evil.example:{secret.port}/"
        entry = {"url": url, "meta": {"dont_obey_robotstxt": True}}
        done = crawl([entry], home=url, names={"evil.example": ["127.0.0.1"]})
        assert secret.connections == 0
    assert (done.fates[url].error, done.fates[url].reason) == ("Refused", "refused")
    assert "evil.example resolves to 127.0.0.1" in str(done.fates[url].message)
    assert f"WARRAQ_ALLOW_HOSTS=evil.example:{secret.port}" in str(done.fates[url].message)


def test_an_unknown_name_is_unreachable_not_refused() -> None:
    entry = {"url": "http://nowhere.example/", "meta": {"dont_obey_robotstxt": True}}
    done = crawl([entry], settings={"RETRY_TIMES": 1})
    assert done.fates["http://nowhere.example/"].error == "CannotResolveHostError"
    assert done.stats["retry/count"] == "1"


def test_the_operator_allows_a_host_by_name() -> None:
    with Server({"/": page("ok")}) as server:
        by_name = server.url("/", "paper.localhost")
        done = crawl(
            [by_name, server.url()],
            allow=[f"paper.localhost:{server.port}"],
            names={"paper.localhost": ["127.0.0.1"]},
        )
    assert done.fates[by_name].status == 200
    assert done.fates[server.url()].error == "Refused"


@pytest.mark.parametrize("name", ["127.0.0.1", "proxy.localhost"])
def test_the_operators_proxy_is_used_but_no_page_reaches_it_or_anything_beside_it(name: str) -> None:
    answers = {
        "http://news.example/": page("through the proxy"),
        "http://news.example/lure": redirect("http://127.0.0.1/"),
        "news.example:443": raw(b"HTTP/1.1 403 Forbidden\r\n\r\n"),
    }
    with Server(answers) as proxy, Server() as secret:
        targets = [
            f"http://{name}:{proxy.port}/",
            *(f"http://127.0.0.1:{port}/" for port in (80, proxy.port, secret.port)),
            *(f"http://{host}/" for host in ("localhost", "10.0.0.1", "printer", "2130706433", "[::1]")),
        ]
        tunnel = {"url": "https://news.example/", "meta": {"dont_obey_robotstxt": True}}
        through = "http://news.example/"
        done = crawl(
            [through, "http://news.example/lure", tunnel, *targets],
            env={"http_proxy": f"http://{name}:{proxy.port}", "https_proxy": f"http://{name}:{proxy.port}"},
            names={"proxy.localhost": ["127.0.0.1"]},
            settings={"RETRY_TIMES": 0},
        )
        assert secret.connections == 0
    assert done.fates[through].size == len("through the proxy")
    assert done.fates["https://news.example/"].error == "TunnelError"
    for target in [*targets, "http://news.example/lure"]:
        assert done.fates[target].error == "Refused", target
    asked = set(proxy.paths())
    assert asked == {"http://news.example/robots.txt", through, "http://news.example/lure", "news.example:443"}


def test_a_direct_connection_around_the_proxy_is_guarded_by_the_resolver() -> None:
    with Server() as proxy:
        url = f"http://evil.example:{proxy.port}/"
        entry = {"url": url, "meta": {"dont_obey_robotstxt": True}}
        env = {"http_proxy": proxy.url(), "no_proxy": "evil.example"}
        done = crawl([entry], home=url, env=env, names={"evil.example": ["127.0.0.1"]})
        assert proxy.connections == 0
    assert done.fates[url].error == "Refused"


class Receiver:
    """Notes what a resolver hands on."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.complete = False

    def resolutionBegan(self, resolution: Any) -> None:
        pass

    def addressResolved(self, address: Any) -> None:
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:
        self.complete = True


class Answers:
    """A name resolver that gives prepared answers, one list a question; a reactor as far as resolvers need one."""

    def __init__(self, *answers: list[str]) -> None:
        self.left = list(answers)
        self.nameResolver = self

    def resolveHostName(self, receiver: Any, name: str, port: int = 0, *_: Any) -> Any:
        receiver.resolutionBegan(None)
        for answer in self.left.pop(0):
            family = IPv6Address if ":" in answer else IPv4Address
            receiver.addressResolved(family("TCP", answer, port))
        receiver.resolutionComplete()


@pytest.fixture(autouse=True)
def _no_cached_names() -> None:
    dnscache.clear()


def resolved(resolver: PublicResolver, name: str, port: int = 80, families: Any = None) -> list[str]:
    receiver = Receiver()
    resolver.resolveHostName(receiver, name, port, families)
    assert receiver.complete
    return receiver.addresses


def test_only_the_public_ones_of_several_addresses_are_handed_on() -> None:
    resolver = PublicResolver(Answers(["10.0.0.1", "8.8.8.8", "::1", "2606:4700::1111"]), 100, frozenset())
    assert resolved(resolver, "news.example") == ["8.8.8.8", "2606:4700::1111"]
    assert "news.example" not in resolver.refused


@pytest.mark.parametrize("cache_size", [0, 100])
def test_rebinding_gains_nothing(cache_size: int) -> None:
    answers = Answers(["8.8.8.8"], ["127.0.0.1"], ["127.0.0.1"])
    resolver = PublicResolver(answers, cache_size, frozenset())
    for _ in range(3):
        assert set(resolved(resolver, "rebind.example")) <= {"8.8.8.8"}


def test_what_was_cached_for_an_allowed_port_is_still_guarded_at_another() -> None:
    resolver = PublicResolver(Answers(["127.0.0.1"]), 100, frozenset({("paper.localhost", 8000)}))
    assert resolved(resolver, "paper.localhost", 8000) == ["127.0.0.1"]
    assert resolved(resolver, "paper.localhost", 8001) == []


def test_only_the_families_asked_for_are_handed_on() -> None:
    resolver = PublicResolver(Answers(["2606:4700::1111", "8.8.8.8"]), 100, frozenset())
    assert resolved(resolver, "news.example", families=[IPv4Address]) == ["8.8.8.8"]
    assert resolved(resolver, "news.example", families=[IPv4Address]) == ["8.8.8.8"]


def test_proxies_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://user:secret@Proxy.Example:3128/")
    monkeypatch.setenv("https_proxy", "127.0.0.1:8888")
    assert operator_proxies() == {("proxy.example", 3128), ("127.0.0.1", 8888)}
    monkeypatch.setenv("http_proxy", "http://[broken")
    monkeypatch.setenv("https_proxy", "http://host:port")
    assert operator_proxies() == frozenset()
