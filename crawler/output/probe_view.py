"""How the reports of `probe` and `check` look to people."""

from typing import Any

from rich.console import Console

from crawler.output.printing import minute, one_line, table


def print_findings(out: Console, findings: Any) -> None:
    """One probe: the site, its doors, its articles."""
    name = f"{findings.title}, " if findings.title else ""
    out.print(f"{name}{findings.home}", style="bold", markup=False)
    about = [
        f"theme {findings.theme}" if findings.theme else "no theme that we know",
        f"country {findings.country}" if findings.country else "",
        f"zone {findings.timezone}" if findings.timezone else "",
        f"Crawl-delay {findings.delay_s:g} s" if findings.delay_s else "",
        f"{len(findings.categories)} categories in its menus" if findings.categories else "no categories in its menus",
    ]
    out.print("  " + ", ".join(filter(None, about)), markup=False)
    if findings.refusal:
        out.print(f"  The site refuses: {findings.refusal.value}. It is left in peace.", markup=False)
    print_endpoints(out, findings.checks)
    print_samples(out, findings.articles)
    out.print(f"{findings.requests} requests, {findings.seconds:.1f} s", style="dim")


def print_endpoints(out: Console, endpoints: Any) -> None:
    """One table of doors, each with an article that it names."""
    if not endpoints:
        return
    rows = [
        [
            endpoint.channel,
            "yes" if endpoint.works else "no",
            endpoint.total or endpoint.found,
            minute(endpoint.newest.isoformat()) if endpoint.newest else "-",
            endpoint.url,
            endpoint.note or "",
        ]
        for endpoint in endpoints
    ]
    out.print()
    columns = ["channel", "works", "articles", "newest (UTC)", "address", "note"]
    out.print(table(None, columns, rows, right=(2,), whole=(0, 1, 3)))


def print_samples(out: Console, samples: Any) -> None:
    """What was read of each article page, field by field."""
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


def print_check(out: Console, result: Any) -> None:
    """One site: its doors, its fields, and whether it works."""
    out.print(result.site, style="bold", markup=False)
    if result.found:
        print_endpoints(out, result.found.checks)
        count = len(result.found.articles)
        if count:
            out.print()
            told = ", ".join(f"{name} {number}/{count}" for name, number in result.fields.items())
            out.print(f"  {count} articles read: {told}", markup=False, soft_wrap=True)
    if result.works:
        out.print("  works", style="green")
    for problem in result.problems:
        out.print(f"  does not work: {one_line(problem)}", style="red", markup=False, soft_wrap=True)
    out.print()
