from urllib.parse import quote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.urls import clean_url, key_number, url_key

SLUG = "أخبار-اليوم"


@pytest.mark.parametrize(
    ("given_url", "clean"),
    [
        ("HTTPS://WWW.Example.COM:443/a/?b=1#c", "https://www.example.com/a/?b=1"),
        ("http://example.com:8080", "http://example.com:8080/"),
        (f"https://example.com/{SLUG}/", f"https://example.com/{quote(SLUG)}/"),
        (f"https://example.com/{quote(SLUG).lower()}/", f"https://example.com/{quote(SLUG)}/"),
        ("https://example.com/%7Eann/%41", "https://example.com/~ann/A"),
        ("https://example.com/100%", "https://example.com/100%25"),
        ("https://example.com/%C7%e1", "https://example.com/%C7%E1"),
        ("https://example.com/a/./b/../c", "https://example.com/a/c"),
        ("https://example.com/?utm_source=x&p=12&fbclid=y", "https://example.com/?p=12"),
        ("https://user:secret@example.com/x", "https://example.com/x"),
        ("https://example.com./x", "https://example.com/x"),
        ("https://موقع.مصر/خبر", "https://xn--4gbrim.xn--wgbh1c/%D8%AE%D8%A8%D8%B1"),
        (" https://example.com/a\tb\n ", "https://example.com/ab"),
        ("http://[::1]:80/x", "http://[::1]/x"),
        ("https://example.com/a b", "https://example.com/a%20b"),
        ("https://example.com/?a[]=1&b", "https://example.com/?a[]=1&b"),
    ],
)
def test_a_url_is_made_tidy(given_url: str, clean: str) -> None:
    assert clean_url(given_url) == clean


@pytest.mark.parametrize(
    "junk",
    [
        "", "   ", "example.com/x", "/x", "ftp://example.com/", "javascript:alert(1)", "mailto:a@b.com", "http://",
        "http://[::1", "http://exa mple.com/", "http://example.com:99999/", "http://good.com\\@evil.com/", "http:///x",
        "http://a..b/", "file:///etc/passwd", "http://<script>/", "data:text/html,x", "http://\ud800/",
    ],
)  # fmt: skip
def test_what_is_no_http_url_is_refused(junk: str) -> None:
    with pytest.raises(ValueError, match="no http"):
        clean_url(junk)


@pytest.mark.parametrize(
    "spelling",
    [
        f"https://www.example.com/{SLUG}/",
        f"http://example.com/{SLUG}",
        f"https://example.com/{quote(SLUG)}",
        f"https://example.com/{quote(SLUG).lower()}/",
        f"https://m.example.com/{SLUG}?utm_medium=social&fbclid=1",
        f"https://amp.example.com/{SLUG}",
        f"https://example.com/{SLUG}/amp/",
        f"https://example.com/{SLUG}/?amp=1#top",
        f"https://example.com/{SLUG}?amp",
        f"//example.com/{SLUG}",
        f"https://example.com//{SLUG}//",
        f"EXAMPLE.com/{SLUG}",
        f"https://example.com/{SLUG};jsessionid=1A2B3C4D5E6F7A8B9C0D1E2F3A4B5C6D.node1",
        f"https://example.com/{SLUG}%3BJSESSIONID=0001xyz!12!34/",
        f"https://example.com/{SLUG}?PHPSESSID=d41d8cd98f00b204e9800998ec&amp=1",
        f"https://example.com/{SLUG}?sid=d41d8cd98f00b204e9800998ecf8427e",
        f"https://example.com/{SLUG}?s=d41d8cd98f00b204e9800998ecf8427e",
        f"https://example.com/{SLUG}?CFID=12&CFTOKEN=99",
        f"https://example.com/{SLUG}?ASPSESSIONIDQABCDEFG=ABCDEFGHIJKLMNOPQRSTUVWX",
        f"https://example.com/(S(lit3py55t21z5v55vlm25s55))/{SLUG}",
        f"https://example.com/(A(x7Kq2mGv0AEkAAAA)S(lit3py55t21z5v55vlm25s55))/{SLUG}",
        f"https://example.com/%28lit3py55t21z5v55vlm25s55%29/{SLUG}",
        # alef and a combining hamza, as some keyboards write it
        f"https://example.com/{SLUG.replace('أ', 'ا' + chr(0x654))}",
    ],
)
def test_spellings_of_one_page_share_a_key(spelling: str) -> None:
    assert url_key(spelling) == f"example.com/{SLUG}"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/?p=1", "https://example.com/?p=2"),
        ("https://example.com/?p=1", "https://example.com/"),
        ("https://example.com/News", "https://example.com/news"),
        ("https://example.com/a%2Fb", "https://example.com/a/b"),
        ("https://example.com/a%3Fp=1", "https://example.com/a?p=1"),
        ("https://example.com/?q=a%26b=1", "https://example.com/?q=a&b=1"),
        ("https://example.com/%C7", "https://example.com/%C8"),
        ("https://example.com/a%2541", "https://example.com/aA"),
        ("https://one.example.com/x", "https://two.example.com/x"),
        ("https://example.com:8080/x", "https://example.com/x"),
        ("https://example.com/?amp=2", "https://example.com/"),
        ("https://example.com/amp", "https://example.com/"),
        ("https://m.me/x", "https://me/x"),
        ("https://example.com/show?sid=12", "https://example.com/show?sid=13"),
        ("https://example.com/?s=ميناء", "https://example.com/"),
        ("https://example.com/?cfid=1", "https://example.com/"),
        ("https://example.com/a;id=1", "https://example.com/a;id=2"),
        ("https://example.com/(s)/a", "https://example.com/a"),
        ("https://example.com/" + "a" * 3000, "https://example.com/" + "a" * 3001),
    ],
)
def test_different_pages_keep_different_keys(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


def test_parameters_are_sorted_and_plus_is_a_space() -> None:
    assert url_key("https://e.com/?b=2&a=x+y") == url_key("https://e.com/?a=x%20y&b=2")


def test_junk_comes_back_stripped() -> None:
    assert url_key(" not a url\x00 ") == "not a url"
    assert url_key("mailto:someone@example.com") == "mailto:someone@example.com"


HOSTS = st.sampled_from(
    [
        "www.example.com",
        "m.www.example.com",
        "موقع.مصر",
        "127.0.0.1",
        "[::1]",
        "amp.m.co",
        "a.b",
        "http",
        "x:80",
    ]
)
SESSIONS = [
    ";jsessionid=",
    "(S(lit3py55t21z5v55vlm25s55))",
    "sid=" + "0a" * 16,
    "phpsessid=",
    "cfid=",
    "cftoken=",
    "..",
]
ODDITIES = [*SESSIONS, *"/?&=%#+.;:@~\\ \u0338\u0654\u200f\u2028اأةb1", "%D8", "%a7", "%2", "%25", "/amp", "amp=1"]
TAILS = st.lists(st.sampled_from(ODDITIES)).map("".join)
URLS = st.builds("{}{}/{}".format, st.sampled_from(["http://", "https://", "//", "", "HTTP://u:p@"]), HOSTS, TAILS)


@given(URLS | st.text())
def test_a_key_is_its_own_key(url: str) -> None:
    key = url_key(url)
    assert url_key(key) == key
    assert len(key.encode()) <= 2000
    assert "\x00" not in key


@given(URLS | st.text().map("https://example.com/{}".format))
def test_a_clean_url_is_clean_and_keeps_its_key(url: str) -> None:
    try:
        clean = clean_url(url)
    except ValueError:
        return
    assert clean_url(clean) == clean
    assert clean.isascii()
    assert urlsplit(clean).scheme in ("http", "https")
    assert url_key(clean) == url_key(url)


@given(st.text(max_size=60))
def test_a_key_number_is_that_of_the_key(text: str) -> None:
    assert key_number(text) == key_number(url_key(text))
    assert 0 <= key_number(text) < 2**64
