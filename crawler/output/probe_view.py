"""Display of the reports of `probe` and `check`."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from crawler.output.printing import minute, one_line, table

if TYPE_CHECKING:
    from rich.console import Console

    from crawler.probe.channel_check import ChannelCheck
    from crawler.probe.probe_report import ProbeReport, Sample
    from crawler.probe.saved_sample import Renewal
    from crawler.probe.site_check import SiteCheck


def print_report(out: "Console", report: "ProbeReport") -> None:
    """One probe: the site, its endpoints, its articles."""
    name = f"{report.title}, " if report.title else ""
    out.print(f"{name}{report.home}", style="bold", markup=False)
    about = [
        f"theme {report.theme}" if report.theme else "no theme that we know",
        f"country {report.country}" if report.country else "",
        f"zone {report.timezone}" if report.timezone else "",
        f"Crawl-delay {report.delay_s:g} s" if report.delay_s else "",
        f"{len(report.categories)} categories in its menus" if report.categories else "no categories in its menus",
    ]
    out.print("  " + ", ".join(filter(None, about)), markup=False)
    if report.refusal:
        out.print(f"  The site refuses: {report.refusal.value}. It is left in peace.", markup=False)
    print_channel_checks(out, report.checks)
    print_samples(out, report.articles)
    out.print(f"{report.requests} requests, {report.seconds:.1f} s", style="dim")


def print_channel_checks(out: "Console", checks: "Sequence[ChannelCheck]") -> None:
    """A table of the checked endpoints."""
    if not checks:
        return
    rows = [
        [
            check.channel,
            "yes" if check.works else "no",
            check.total or check.articles,
            minute(check.newest.isoformat()) if check.newest else "-",
            check.url,
            check.note or "",
        ]
        for check in checks
    ]
    out.print()
    columns = ["channel", "works", "articles", "newest (UTC)", "address", "note"]
    out.print(table(None, columns, rows, right=(2,), unbroken=(0, 1, 3)))


def print_samples(out: "Console", samples: "Iterable[Sample]") -> None:
    """The sample articles, field by field."""
    for sample in samples:
        out.print()
        out.print(one_line(sample.url), markup=False, soft_wrap=True)
        if sample.article is None:
            out.print(f"  no article: {one_line(sample.reason)}", markup=False)
            continue
        article = sample.article
        rows = [
            ("headline", article.title),
            ("published", article.published_at.isoformat() if article.published_at else None),
            ("authors", "، ".join(article.authors)),
            ("section", article.section),
            ("text", f"{len(article.text.split())} words: {article.text[:100]}…"),
        ]
        for label, value in rows:
            out.print(f"  {label + ':':<11}{one_line(value) or '-'}", markup=False, soft_wrap=True)


def print_renewal(out: "Console", renewal: "Renewal") -> None:
    """What was renewed of an expected article: each field, as it was and as it is."""
    if not renewal.changed:
        out.print(f"{renewal.site}: {renewal.expected} is as it was", markup=False, soft_wrap=True)
        return
    out.print(f"{renewal.site}: wrote {renewal.expected}", style="bold", markup=False, soft_wrap=True)
    for name, (before, now) in renewal.changed.items():
        for sign, value in (("-", before), ("+", now)):
            shown = one_line("، ".join(map(str, value)) if isinstance(value, list) else value)
            out.print(f"  {sign} {name}: {shown}", markup=False, soft_wrap=True)


def print_check(out: "Console", result: "SiteCheck") -> None:
    """One site: its endpoints, its fields, and whether it works."""
    out.print(result.site, style="bold", markup=False)
    if result.report:
        print_channel_checks(out, result.report.checks)
        count = len(result.report.articles)
        if count:
            out.print()
            coverage = ", ".join(f"{name} {number}/{count}" for name, number in result.fields.items())
            out.print(f"  {count} articles read: {coverage}", markup=False, soft_wrap=True)
    if result.works:
        out.print("  works", style="green")
    for problem in result.problems:
        out.print(f"  does not work: {one_line(problem)}", style="red", markup=False, soft_wrap=True)
    out.print()
