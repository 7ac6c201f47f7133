"""Printing of a site's profile."""

from typing import Any

from rich.console import Console

from crawler.output.printing import one_line, print_prose
from crawler.translation import _, counted, terminal_cell, terminal_line
from storage.messages import message

MOST_SHOWN = 20  # entries shown of a list; `--json` has all


def print_profile(out: Console, described: dict[str, Any]) -> None:
    """Print a site's profile. described: the result of `crawler.workers.site_profiles.described`."""
    if not described["learned_at"]:
        line = _("Nothing is known of its pages yet: a crawl that brings five articles learns them.")
        out.print(terminal_line(line), markup=False)
        return
    templates = described["templates"]
    if templates:
        line = message(
            "{templates!s}, learned from {pages!s}, {since!s}; fingerprint {fingerprint!s}",
            templates=counted("{n} templates", len(templates)),
            pages=counted("{n} pages", described["pages"]),
            since=_since(described["generation"]),
            fingerprint=described["fingerprint"],
        )
        out.print(terminal_line(_(line)), markup=False)
    out.print(terminal_line(_(message("last change: {at!s}", at=described["learned_at"]))), markup=False)
    for number, template in enumerate(templates, 1):
        _print_template(out, number, template)
    _print_lines(out, _("printed before or after its articles, and left out"), described["lines"])
    _print_lines(out, _("furniture, left out wherever it stands"), described["furniture"])
    values = [f"{value} ({source})" for value, source in described["values"]]
    _print_lines(out, _("metadata that says the same on most pages, and is ignored"), values)
    _print_lines(out, _("parts of titles that name the site"), described["names"])
    _print_lines(out, _("forgotten, and not to be learned again"), described["forgotten"])


def _since(generation: int) -> str:
    return counted("redesigned {n} times", generation - 1) if generation > 1 else _("never redesigned")


def _print_template(out: Console, number: int, template: dict[str, Any]) -> None:
    line = counted("template {number}, of {n} pages", template["pages"], number=number)
    out.print("\n" + terminal_line(line), style="bold", markup=False)
    _print_paths(out, _("body"), [template["container"]])
    _print_paths(out, _("before the body"), template["leads"])
    _print_paths(out, _("furniture in it"), template["furniture"])
    for name, paths in template.get("field_paths", {}).items():
        _print_paths(out, _(name), paths)


def _print_paths(out: Console, name: str, paths: list[str]) -> None:
    if paths:
        path_text = one_line("; ".join(paths[:MOST_SHOWN]))
        out.print(f"  {terminal_cell(name + ':')} {path_text}", markup=False, soft_wrap=True)


def _print_lines(out: Console, about: str, lines: list[str]) -> None:
    if not lines:
        return
    out.print("\n" + terminal_line(f"{about} ({len(lines)}):"), markup=False)
    for line in lines[:MOST_SHOWN]:
        print_prose(out, one_line(line), style="dim")
    if len(lines) > MOST_SHOWN:
        rest = counted("… and {n} more: see `--json`", len(lines) - MOST_SHOWN)
        out.print(terminal_line(rest), markup=False)
