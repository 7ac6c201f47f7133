"""Printing of the reports of `probe` and `check`."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from crawler.output.printing import minute, one_line, table
from crawler.translation import _, counted, padded, terminal_line

if TYPE_CHECKING:
    from rich.console import Console

    from crawler.probe.channel_check import ChannelCheck
    from crawler.probe.probe_report import ProbeReport, Sample
    from crawler.probe.saved_sample import Renewal
    from crawler.probe.site_check import SiteCheck


def print_report(out: "Console", report: "ProbeReport") -> None:
    """Print a probe report: the site, its endpoints, its articles."""
    name = f"{report.title}, " if report.title else ""
    out.print(f"{name}{report.home}", style="bold", markup=False)
    about = [
        _("theme {name}").format(name=report.theme) if report.theme else _("no theme that we know"),
        _("country {code}").format(code=report.country) if report.country else "",
        _("zone {name}").format(name=report.timezone) if report.timezone else "",
        _("Crawl-delay {seconds:g} s").format(seconds=report.delay_s) if report.delay_s else "",
        counted("{n} categories in its menus", len(report.categories))
        if report.categories
        else _("no categories in its menus"),
    ]
    out.print("  " + terminal_line(_(", ").join(filter(None, about))), markup=False)
    if report.refusal:
        line = _("The site refuses: {reason}. It is left in peace.").format(reason=_(report.refusal.value))
        out.print(f"  {terminal_line(line)}", markup=False)
    print_channel_checks(out, report.checks)
    print_samples(out, report.articles)
    spent = counted("{n} requests, {seconds:.1f} s", report.requests, seconds=report.seconds)
    out.print(terminal_line(spent), style="dim")


def print_channel_checks(out: "Console", checks: "Sequence[ChannelCheck]") -> None:
    """Print a table of the checked endpoints."""
    if not checks:
        return
    rows = [
        [
            check.channel,
            _("yes") if check.works else _("no"),
            check.total or check.articles,
            minute(check.newest.isoformat()) if check.newest else "-",
            check.url,
            _(check.note) if check.note else "",
        ]
        for check in checks
    ]
    out.print()
    columns = [_("channel"), _("works"), _("articles"), _("newest (UTC)"), _("address"), _("note")]
    out.print(table(None, columns, rows, right=(2,), unbroken=(0, 1, 3)))


def print_samples(out: "Console", samples: "Iterable[Sample]") -> None:
    """Print the sample articles, field by field."""
    for sample in samples:
        out.print()
        out.print(one_line(sample.url), markup=False, soft_wrap=True)
        if sample.article is None:
            line = _("no article: {reason}").format(reason=one_line(_(sample.reason) if sample.reason else ""))
            out.print(f"  {terminal_line(line)}", markup=False)
            continue
        article = sample.article
        words = counted("{n} words", len(article.text.split()))
        rows = [
            (_("headline"), article.title),
            (_("published"), article.published_at.isoformat() if article.published_at else None),
            (_("authors"), "، ".join(article.authors)),
            (_("section"), article.section),
            (_("text"), f"{words}: {article.text[:100]}…"),
        ]
        for label, value in rows:
            out.print(f"  {padded(label + ':', 11)}{one_line(value) or '-'}", markup=False, soft_wrap=True)


def print_renewal(out: "Console", renewal: "Renewal") -> None:
    """Print the updated fields of an expected article, before and after."""
    if not renewal.changed:
        line = _("{site}: {file} is as it was").format(site=renewal.site, file=renewal.expected)
        out.print(terminal_line(line), markup=False, soft_wrap=True)
        return
    line = _("{site}: wrote {file}").format(site=renewal.site, file=renewal.expected)
    out.print(terminal_line(line), style="bold", markup=False, soft_wrap=True)
    for name, (before, now) in renewal.changed.items():
        for sign, value in (("-", before), ("+", now)):
            value_text = one_line("، ".join(map(str, value)) if isinstance(value, list) else value)
            out.print(f"  {sign} {name}: {value_text}", markup=False, soft_wrap=True)


def print_check(out: "Console", result: "SiteCheck") -> None:
    """Print the check of one site: its endpoints, its fields, and whether it works."""
    out.print(result.site, style="bold", markup=False)
    if result.report:
        print_channel_checks(out, result.report.checks)
        count = len(result.report.articles)
        if count:
            out.print()
            coverage = ", ".join(f"{name} {number}/{count}" for name, number in result.fields.items())
            line = counted("{n} articles read: {fields}", count, fields=coverage)
            out.print(f"  {terminal_line(line)}", markup=False, soft_wrap=True)
    if result.works:
        out.print("  " + terminal_line(_("works")), style="green")
    for problem in result.problems:
        line = _("does not work: {problem}").format(problem=one_line(_(problem)))
        out.print(f"  {terminal_line(line)}", style="red", markup=False, soft_wrap=True)
    out.print()
