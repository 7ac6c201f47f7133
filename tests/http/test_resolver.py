"""crawler.http.resolver: which of a name's addresses are handed on. Crawls by hostile names: tests/faults/test_addresses.py."""

from typing import Any

import pytest
from scrapy.resolver import dnscache
from twisted.internet.address import IPv4Address, IPv6Address

from crawler.http.resolver import PublicResolver, operator_proxies


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
