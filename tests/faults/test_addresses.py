"""Addresses and names that lead where they must not: F27, F32."""

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.site import Site
from storage.archive import Archive
from storage.warc.writer import WarcWriter
from tests.support.faults.crawls import crawl_at
from tests.support.hostile import Server, crawl, page, raw, redirect, robots
from tests.support.newspapers.small_site import GOOD, MENU, TEXT, listing
from tests.support.running import warraq
from tests.support.small_archive import fill

START = datetime.now(UTC).replace(microsecond=0) - timedelta(days=10)


@pytest.mark.slow
def test_f27_no_form_of_a_private_address_is_dialled_by_link_or_redirect() -> None:
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


def test_f27_a_name_that_resolves_to_a_private_address_is_not_dialled() -> None:
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


def test_f27_a_name_that_resolves_to_a_private_address_is_refused_by_name_of_that_address() -> None:
    with Server() as secret:
        url = f"http://evil.example:{secret.port}/"
        entry = {"url": url, "meta": {"dont_obey_robotstxt": True}}
        done = crawl([entry], home=url, names={"evil.example": ["127.0.0.1"]})
        assert secret.connections == 0
    assert (done.fates[url].error, done.fates[url].reason) == ("Refused", "refused")
    assert "evil.example resolves to 127.0.0.1" in str(done.fates[url].message)
    assert f"WARRAQ_ALLOW_HOSTS=evil.example:{secret.port}" in str(done.fates[url].message)


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
def test_f27_the_operators_proxy_is_used_but_no_page_reaches_it_or_anything_beside_it(name: str) -> None:
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


def test_f27_a_direct_connection_around_the_proxy_is_guarded_by_the_resolver() -> None:
    with Server() as proxy:
        url = f"http://evil.example:{proxy.port}/"
        entry = {"url": url, "meta": {"dont_obey_robotstxt": True}}
        env = {"http_proxy": proxy.url(), "no_proxy": "evil.example"}
        done = crawl([entry], home=url, env=env, names={"evil.example": ["127.0.0.1"]})
        assert proxy.connections == 0
    assert done.fates[url].error == "Refused"


@pytest.mark.slow
def test_f27_no_list_feed_or_page_leads_a_crawl_to_another_port(tmp_path: Path) -> None:
    """Addresses that come by robots.txt, sitemap, feed, canonical link, image, frame and menu."""
    with Server() as secret, Server() as site:
        lures = [secret.url("/n/9/"), f"http://2130706433:{secret.port}/n/9/", f"http://[::1]:{secret.port}/n/9/"]
        entries = "".join(f"<url><loc>{url}</loc></url>" for url in lures)
        items = "".join(f"<item><title>خبر</title><link>{url}</link></item>" for url in lures)
        links = "".join(f'<div class="card"><h3><a href="{url}">خبر رقم 9 عن الميناء</a></h3></div>' for url in lures)
        head = f'<link rel="alternate" type="application/rss+xml" href="{secret.url("/feed")}"><link rel="alternate" type="application/rss+xml" href="/feed">'
        marked = f'<link rel="canonical" href="{secret.url("/n/1/")}"><link rel="next" href="{secret.url("/n/1/2/")}"><meta property="og:url" content="{secret.url("/n/1/")}">'
        title = "خبر رقم 1 عن افتتاح الميناء الجديد"
        site.answers |= GOOD | {
            "/robots.txt": robots(f"Sitemap: {secret.url('/sitemap.xml')}\nSitemap: {site.url('/sitemap.xml')}\n"),
            "/sitemap.xml": page(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'),
            "/feed": page(f"<rss version='2.0'><channel>{items}</channel></rss>", Content_Type="application/rss+xml"),
            "/": page(
                f"<html lang=ar><head>{head}</head><body><nav>{MENU}<a href='{secret.url('/c/a/')}'>ثقافة</a></nav>{links}<iframe src='{secret.url('/frame')}'></iframe></body></html>"
            ),
            "/c/a/": listing([1, 3], after=f'{links}<a rel="next" href="{secret.url("/c/a/2/")}">التالي</a>'),
            "/n/1/": page(
                f"<html lang=ar><head><title>{title}</title>{marked}</head><body><article><h1>{title}</h1>{TEXT.format(n=1)}<img src='{secret.url('/x.jpg')}'></article></body></html>"
            ),
        }
        for hours, new in ((0, 4), (5, 0)):
            at = START + timedelta(hours=hours)
            done = crawl_at(at, site.url(), folder=tmp_path, allow_hosts=[site.address])
            assert (done.site["new"], done.site["gone"]) == (new, 0), done.site
            assert secret.connections == 0
        assert len(site.hits("/n/1/")) == 2, "it is visited where it is, whatever address it gives itself"


def everything(folder: Path) -> set[str]:
    """The paths below the folder, but for those that SQLite makes beside a database while it is read."""
    paths = {str(path.relative_to(folder)) for path in folder.rglob("*")}
    return {path for path in paths if not path.endswith(("-wal", "-shm"))}


SLOW = [
    pytest.param(name, marks=pytest.mark.slow) for name in ("..", ".", "a/b", "a\\b", "$(id)", "-rf", "a\nb", "con..")
]
HOSTILE_NAMES = ["../../x", "/abs", "x" * 300, *SLOW]


@pytest.mark.parametrize("name", [*HOSTILE_NAMES, "nul\0"])
def test_f32_no_name_of_a_site_leads_out_of_the_archive(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        Site(name, "https://news.example/")
    with pytest.raises(ValueError, match="name"):
        WarcWriter(tmp_path, name, 1, datetime.now(UTC))
    assert everything(tmp_path) == set()


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_f32_a_command_that_is_given_such_a_name_writes_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / "work").mkdir()
    with Archive.open(tmp_path / "work" / "archive") as archive:
        fill(archive)
    before = everything(tmp_path)
    for command in (("crawl", "--", name), ("export", "-", "--site", name), ("read", "--", name)):
        ran = warraq(*command, cwd=tmp_path / "work")
        assert ran.out == "", (command, ran)
        assert "Traceback" not in ran.err, ran.err
    assert everything(tmp_path) == before


@pytest.mark.slow
def test_f32_paths_of_urls_and_of_imported_files_stay_within_the_archive(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    paths = ["/n/../../../../x/", "/n/%2e%2e/%2e%2e/x/", "/n/%00x/", f"/n/{'x' * 1500}/", "/n/..%5c..%5cx/"]
    links = "".join(
        f'<div class="card"><h3><a href="{url}">خبر رقم 9 عن افتتاح الميناء</a></h3></div>' for url in paths
    )
    with Server(GOOD | {"/c/a/": listing([1, 3], after=links)} | dict.fromkeys(paths, GOOD["/n/5/"])) as server:
        done = crawl_at(datetime.now(UTC), server.url(), folder=tmp_path / "work")
    assert done.site["new"] >= 4
    (warc,) = (tmp_path / "work/archive/warc").iterdir()
    content = gzip.decompress(warc.read_bytes())
    hostile = content.replace(b"127_0_0_1", b"../../../").replace(b"WARC-Filename: ", b"WARC-Filename: ../../../../")
    (tmp_path / "work/other.warc").write_bytes(hostile)
    ran = warraq("import", "other.warc", cwd=tmp_path / "work", WARRAQ_ARCHIVE=str(tmp_path / "work/second"))
    assert "Traceback" not in ran.err, ran.err
    assert {path.name for path in tmp_path.iterdir()} == {"work"}
    assert {path.name for path in (tmp_path / "work").iterdir()} <= {"archive", "second", "other.warc"}
    for archive in ("archive", "second"):
        assert {path.name for path in (tmp_path / "work" / archive).iterdir()} <= {
            "index",
            "warc",
            "locks",
            "robots",
            "warraq.db",
        }


def test_f32_a_link_that_lies_in_the_place_of_a_part_file_is_not_followed(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive") as archive:
        fill(archive)
    (tmp_path / "victim").write_text("kept")
    (tmp_path / ".out.jsonl.part").symlink_to("victim")
    ran = warraq("export", "out.jsonl", cwd=tmp_path)
    assert (ran.code, (tmp_path / "victim").read_text()) == (5, "kept"), ran.err
    for target in ("x" * 300 + ".jsonl", "nowhere/out.jsonl", "archive.jsonl/../../out"):
        ran = warraq("export", target, cwd=tmp_path)
        assert ran.code in (2, 5), ran
        assert len(ran.err.splitlines()) == 1
