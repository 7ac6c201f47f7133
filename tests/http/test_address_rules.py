"""crawler.http.address_rules: which addresses may be dialled."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.http.address_rules import Rules, declared_hosts, host_name, is_public, parse_allowed

NOTHING = Rules()


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("0.1.2.3", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.9.9.9", "168.63.129.16"),
        *("169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.168.1.1", "198.18.0.1"),
        *("224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
        *(
            "::",
            "::1",
            "fe80::1",
            "fe80::1%eth0",
            "2606:4700::1111%eth0",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1",
        ),
        *("::ffff:127.0.0.1", "::ffff:a00:1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe"),
        *("64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1", "2001::1", "2001:db8::1", "3fff::1", "5f00::1"),
        *("", "example.com", "1.2.3", "8.8.8.8 ", "08.8.8.8"),
    ],
)
def test_private_special_and_malformed_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@given(st.ip_addresses(v=4))
def test_an_address_that_the_standard_library_calls_private_is_never_public(
    address: ipaddress.IPv4Address,
) -> None:
    if is_public(str(address)):
        assert address.is_global
        assert not address.is_multicast


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_as_public_wrapped_as_bare(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    mapped = ipaddress.IPv6Address((0xFFFF << 32) | number)
    six_to_four = ipaddress.IPv6Address((0x2002 << 112) | (number << 80) | 1)
    nat64 = ipaddress.IPv6Address((0x64FF9B << 96) | number)
    assert is_public(str(address)) == is_public(str(mapped)) == is_public(str(six_to_four)) == is_public(str(nat64))


@pytest.mark.parametrize(
    "url",
    [
        *(
            "http://127.0.0.1/",
            "http://127.0.0.1:8000/",
            "https://10.0.0.1/",
            "http://169.254.169.254/latest/",
        ),
        *(
            "http://2130706433/",
            "http://0x7f.1/",
            "http://0x7f000001/",
            "http://017700000001/",
            "http://127.1/",
        ),
        *(
            "http://0177.0.0.1/",
            "http://010.0.0.1/",
            "http://0x8.8.8.8/",
            "http://127.0.0.1./",
            "http://1.2.3.4.5/",
        ),
        *(
            "http://[::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:7f00:1]/",
            "http://[64:ff9b::7f00:1]/",
        ),
        *("http://[2002:7f00:1::]/", "http://[fe80::1%25eth0]/", "http://[fe80::1]/", "http://[::]/"),
        *(
            "http://localhost/",
            "http://LOCALHOST/",
            "http://localhost./",
            "http://a.localhost/",
            "http://printer/",
        ),
        *(
            "http://nas.local/",
            "http://metadata.google.internal/",
            "http://x.home.arpa/",
            "http://abc.onion/",
        ),
        *("http://１２７.0.0.1/", "http://127。0。0。1/", "http://ⓛocalhost/"),
        *(
            "http://127%2e0.0.1/",
            "http://news.example\\@127.0.0.1/",
            "http://news.example\t/",
            "http://\n127.0.0.1/",
        ),
        *("http://user:pass@news.example/", "http://user@news.example/", "http://@news.example/"),
        *(
            "file:///etc/passwd",
            "ftp://news.example/",
            "gopher://news.example/",
            "data:text/html,x",
            "//news.example",
        ),
        *("javascript:alert(1)", "", "http://", "http:///x", "https://:443/", "http://news.example:0/"),
        *("http://news.example:99999/", "http://news.example:22/", "http://news.example:6379/"),
        *("http://news.example:+80/", "http://news.example:8_0/", "http://news.example:٨٠/", "http://[::1/"),
        *("http://-x.example/", "http://a..b/", "http://" + "a" * 64 + ".example/", "http://" + "a." * 200),
    ],
)
def test_what_is_no_public_http_endpoint_is_refused(url: str) -> None:
    assert NOTHING.refusal(url)


@pytest.mark.parametrize(
    "url",
    [
        *(
            "http://news.example/",
            "https://www.hespress.com/x?y#z",
            "http://news.example:80/",
            "https://a.example:443/",
        ),
        *(
            "http://news.example:443/",
            "http://news.example:/",
            "http://8.8.8.8/",
            "https://[2606:4700::1111]/",
        ),
        *(
            "https://خبر.موقع/",
            "https://xn--mgb9awbf.example/",
            "http://a_b.example/",
            "HTTP://NEWS.EXAMPLE./",
        ),
    ],
)
def test_public_endpoints_pass(url: str) -> None:
    assert NOTHING.refusal(url) is None


@given(st.text(max_size=60))
def test_judging_never_raises(text: str) -> None:
    for url in (text, f"http://{text}/", f"http://[{text}]:80/", f"https://a.example:{text}"):
        NOTHING.refusal(url)


@given(st.integers(0, 2**32 - 1))
def test_no_number_is_a_host(number: int) -> None:
    for form in (str(number), hex(number), f"0{number:o}", f"{number >> 24}.{number & 0xFFFFFF}"):
        assert NOTHING.refusal(f"http://{form}/")


def test_the_operator_allows_a_host_at_one_port() -> None:
    rules = Rules(allowed=parse_allowed(["127.0.0.1:8000"]))
    assert rules.refusal("http://127.0.0.1:8000/") is None
    assert rules.refusal("http://127.0.0.1:8001/")
    assert rules.refusal("http://127.0.0.1/")
    assert rules.refusal("http://localhost:8000/")
    assert rules.refusal("http://2130706433:8000/")
    assert rules.refusal("http://[::ffff:127.0.0.1]:8000/")


def test_a_host_allowed_without_a_port_may_be_dialled_at_the_usual_ports_and_the_sites_own() -> None:
    rules = Rules(allowed=parse_allowed(["localhost"]), declared=declared_hosts(["http://localhost:8000/"]))
    assert rules.refusal("http://localhost/") is None
    assert rules.refusal("http://localhost:8000/x") is None
    assert rules.refusal("http://localhost:9000/")
    assert rules.refusal("http://127.0.0.1/")


def test_a_sites_own_port_is_allowed_at_its_own_host_only() -> None:
    rules = Rules(declared=declared_hosts(["https://www.news.example:8443/", "/politics/", "not a url"]))
    assert rules.refusal("https://www.news.example:8443/x") is None
    assert rules.refusal("https://news.example:8443/x") is None
    assert rules.refusal("https://other.example:8443/")
    assert rules.refusal("https://news.example:8444/")


def test_a_name_has_253_letters_at_most() -> None:
    longest = ".".join(["a" * 63, "b" * 63, "c" * 63, "d" * 61])  # RFC 1035: 255 bytes with the lengths of its parts
    assert NOTHING.refusal(f"http://{longest}/") is None
    assert NOTHING.refusal(f"http://{longest}d/")


def test_no_page_reaches_the_operators_proxy() -> None:
    rules = Rules(proxies=frozenset({("proxy.example", 80), ("127.0.0.1", 3128)}))
    assert rules.refusal("http://proxy.example/")
    assert rules.refusal("http://127.0.0.1:3128/")
    assert rules.refusal("https://proxy.example/") is None


def test_the_refusal_tells_how_to_allow_it() -> None:
    why = NOTHING.refusal("http://127.0.0.1:8000/")
    assert why is not None
    assert "WARRAQ_ALLOW_HOSTS=127.0.0.1:8000" in why


def test_the_list_takes_names_addresses_and_ports() -> None:
    entries = ["localhost", " 127.0.0.1:80 ", "::1", "[::1]:8000", "News.Example.", ""]
    assert parse_allowed(entries) == {
        ("localhost", None),
        ("127.0.0.1", 80),
        ("::1", None),
        ("::1", 8000),
        ("news.example", None),
    }


@pytest.mark.parametrize("entry", ["http://localhost", "a b", "10.0.0.0/8", "localhost/x", "localhost:http"])
def test_a_wrong_entry_is_named(entry: str) -> None:
    with pytest.raises(ValueError, match=f"WARRAQ_ALLOW_HOSTS: '{entry}' is neither"):
        parse_allowed([entry])


def test_a_wrong_host_is_named() -> None:
    with pytest.raises(ValueError, match=r"'\*' is no"):
        parse_allowed(["*"])


@given(st.from_regex(r"[a-zA-Z0-9.:-]{1,30}", fullmatch=True))
def test_naming_a_host_twice_changes_nothing(host: str) -> None:
    try:
        once = host_name(host)
    except ValueError:
        return
    assert host_name(once) == once
