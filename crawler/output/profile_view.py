"""A site's profile in words."""

from typing import Any

from rich.console import Console

from crawler.output.printing import one_line, print_prose

MOST_SHOWN = 20  # of a list; `--json` has all


def print_profile(out: Console, described: dict[str, Any]) -> None:
    """Print what is known of a site. described: as `crawler.workers.site_profiles.described` gives it."""
    if not described["learned_at"]:
        out.print("Nothing is known of its pages yet: a crawl that brings five articles learns them.", markup=False)
        return
    templates = described["templates"]
    since = f"redesigned {described['generation'] - 1} times" if described["generation"] > 1 else "never redesigned"
    if templates:
        about = f"{len(templates)} templates, learned from {described['pages']} pages, {since}"
        out.print(f"{about}; fingerprint {described['fingerprint']}", markup=False)
    out.print(f"last change: {described['learned_at']}", markup=False)
    for number, template in enumerate(templates, 1):
        _print_template(out, number, template)
    _print_lines(out, "printed before or after its articles, and left out", described["lines"])
    _print_lines(out, "furniture, left out wherever it stands", described["furniture"])
    values = [f"{value} ({source})" for source, value in described["values"]]
    _print_lines(out, "metadata that says the same on most pages, and is ignored", values)
    _print_lines(out, "parts of titles that name the site", described["names"])
    _print_lines(out, "forgotten, and not to be learned again", described["forgotten"])


def _print_template(out: Console, number: int, template: dict[str, Any]) -> None:
    out.print(f"\ntemplate {number}, of {template['pages']} pages", style="bold", markup=False)
    out.print(f"  body: {one_line(template['container'])}", markup=False, soft_wrap=True)
    for name, places in (("before the body", template["leads"]), ("furniture in it", template["furniture"])):
        if places:
            out.print(f"  {name}: {one_line('; '.join(places[:MOST_SHOWN]))}", markup=False, soft_wrap=True)
    for name, places in template.get("field_paths", {}).items():
        out.print(f"  {name}: {one_line('; '.join(places[:MOST_SHOWN]))}", markup=False, soft_wrap=True)


def _print_lines(out: Console, about: str, lines: list[str]) -> None:
    if not lines:
        return
    out.print(f"\n{about} ({len(lines)}):", markup=False)
    for line in lines[:MOST_SHOWN]:
        print_prose(out, one_line(line), style="dim")
    if len(lines) > MOST_SHOWN:
        out.print(f"… and {len(lines) - MOST_SHOWN} more: see `--json`", markup=False)
