"""Edits of a site file: writes what was learned from the site's pages into it, as selectors that people can correct."""

import ast
import json
import re
from pathlib import Path

from crawler.profile.paths import SEPARATOR
from crawler.profile.template import Template
from crawler.site import Selectors
from storage.errors import UsageError
from storage.files import atomic_write
from storage.messages import message

LINE = 121  # characters, with the line end
_NAMED_STEPS = 2  # steps of the body's path that the selector has; a longer one breaks with the next small redesign
_NAME = re.compile(r"-?[A-Za-z_][\w-]*")


def call(name: str, arguments: list[str], *, prefix: str, indent: int) -> str:
    """A call as `ruff format` writes it: on one line, on one indented line, or one argument a line."""
    inner, margin = ", ".join(arguments), " " * indent
    if "\n" not in inner:
        if len(one_line := f"{margin}{prefix}{name}({inner})\n") <= LINE:
            return one_line
        if len(indented := f"{margin}    {inner}\n") <= LINE:
            return f"{margin}{prefix}{name}(\n{indented}{margin})\n"
    return f"{margin}{prefix}{name}(\n" + "".join(f"{margin}    {each},\n" for each in arguments) + f"{margin})\n"


def selectors_of(template: Template) -> Selectors | None:
    """CSS selectors of a template's body and of the page furniture in it; None if the body has no class or id."""
    steps = [_css(step) for step in template.container.split(SEPARATOR)]
    named = [step for step in steps if re.search(r"[.#\[]", step)][-_NAMED_STEPS:]
    if not named or not re.search(r"[.#\[]", steps[-1]):
        return None
    body = " ".join(named)
    dropped = [" ".join(map(_css, path.split(SEPARATOR))) for path in sorted(template.furniture)]
    drop = ", ".join(f"{named[-1]} {path}" for path in dropped if re.search(r"[.#\[]", path))
    try:
        return Selectors(body=body, drop=drop)
    except ValueError:
        return None


def _css(step: str) -> str:
    """One element of a DOM path, "div.#main.wide.[role=main]", as a selector.

    Ids with digits are left out, as a path has 0 for each number; so are names that CSS would need escaped.
    """
    tag, *names = re.split(r"\.(?![^\[]*\])", step)
    made = tag
    for name in names:
        if name.startswith("#"):
            made += name if _NAME.fullmatch(name[1:]) and "0" not in name else ""
        elif name.startswith("["):
            made += "[role=main]" if name == "[role=main]" else ""
        elif _NAME.fullmatch(name):
            made += f".{name}"
    return made


def with_selectors(source: str, selectors: Selectors) -> str:
    """Add selectors to the declaration in the text of a site file; returns the new text, formatted.

    Raises UsageError if it has selectors already, or does not declare its site as `site = Site(…)`.
    """
    given = {name: getattr(selectors, name) for name in ("body", "drop")}
    own = [f"{name}={json.dumps(value, ensure_ascii=False)}" for name, value in given.items() if value]
    written = f"selectors=Selectors({', '.join(own)})"
    tree = ast.parse(source)
    assigned = [node for node in ast.walk(tree) if isinstance(node, ast.Assign) and _is_site(node.value)]
    imported = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module == "crawler.site"]
    if len(assigned) != 1 or not imported or not isinstance(assigned[0].value, ast.Call):
        raise UsageError(
            message("it does not declare its site as `site = Site(…)`; write into it: {written}", written=written)
        )
    declaration = assigned[0].value
    if any(keyword.arg == "selectors" for keyword in declaration.keywords):
        raise UsageError(message("it declares selectors already; compare them with: {written}", written=written))
    arguments = [ast.get_source_segment(source, each) or "" for each in declaration.args]
    arguments += [f"{each.arg}={ast.get_source_segment(source, each.value)}" for each in declaration.keywords]
    names = sorted({*(alias.name for alias in imported[0].names), "Selectors"})
    lines = source.splitlines(keepends=True)
    first, last = assigned[0].lineno - 1, assigned[0].end_lineno or assigned[0].lineno
    selected = call("Selectors", own, prefix="selectors=", indent=8).strip()
    lines[first:last] = [call("Site", [*arguments, selected], prefix="site = ", indent=4)]
    lines[imported[0].lineno - 1 : imported[0].end_lineno] = [f"from crawler.site import {', '.join(names)}\n"]
    made = "".join(lines)
    compile(made, "site file", "exec")
    return made


def _is_site(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "Site"


def write_selectors(file: Path, selectors: Selectors) -> None:
    """Write the selectors into the site file. Raises UsageError, and changes nothing, if that is not possible."""
    try:
        made = with_selectors(file.read_text(encoding="utf-8"), selectors)
        with atomic_write(file) as out:
            out.write(made.encode())
    except OSError as error:
        raise UsageError(message("can't change {path}: {why}", path=file, why=error.strerror)) from error
    except UsageError as error:
        raise UsageError(message("{path}: {why}", path=file, why=error)) from error
