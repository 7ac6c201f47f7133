"""The module of each command, loaded when the command runs; the lines of `warraq --help` are in a file."""

from importlib import import_module
from pathlib import Path
from typing import Any

import typer

from crawler.commands.plain_values import spare_conversion

# Name: "module:function" in this package; for a command with subcommands, "module:Typer".
COMMANDS = {
    "demo": "demo:demo",
    "sites": "sources.sites:sites",
    "crawl": "crawl:crawl",
    "pause": "sources.pause:pause",
    "resume": "sources.pause:resume",
    "schedule": "fleet.schedule:schedule",
    "worker": "fleet.worker:worker",
    "read": "articles.read:read",
    "save": "articles.save:save",
    "probe": "sources.new_sites:probe",
    "add": "sources.new_sites:add",
    "check": "sources.new_sites:check",
    "health": "sources.health:health",
    "search": "articles.search:search",
    "facets": "articles.facets:facets",
    "show": "articles.show:show",
    "history": "articles.show:history",
    "diff": "articles.diff:diff",
    "changes": "articles.changes:changes",
    "similar": "articles.similar:similar",
    "serve": "archives.serve:serve",
    "stats": "archives.stats:stats",
    "coverage": "sources.health:coverage",
    "runs": "archives.stats:runs",
    "export": "archives.export:export",
    "dataset": "archives.dataset:dataset",
    "reextract": "archives.edit:reextract",
    "remove": "archives.remove:remove",
    "copy": "archives.export:copy",
    "doctor": "archives.doctor:doctor",
    "backup": "archives.backup:backup",
    "restore": "archives.backup:restore",
    "compact": "archives.compact:compact",
    "reindex": "archives.maintenance:reindex",
    "verify": "archives.maintenance:verify",
    "repair": "archives.maintenance:repair",
    "import": "archives.imports:import_files",
    "fleet": "fleet.fleet:app",
    "watch": "articles.watch:app",
    "attest": "archives.attest:app",
}
# Written by `python -m tests.support.commands_page`: name, tab, the first paragraph of the command's help.
HELP_LINES = Path(__file__).with_name("help_lines.tsv")


def help_lines() -> dict[str, str]:
    """The first paragraph of each command's help, in the order of COMMANDS. Loads no command."""
    lines = HELP_LINES.read_text(encoding="utf-8").splitlines()
    return {name: line for name, _, line in (each.partition("\t") for each in lines)}


def declared(name: str) -> Any:
    """Load and return the function of a command, or its Typer."""
    module, _, attribute = COMMANDS[name].partition(":")
    return getattr(import_module(f"crawler.commands.{module}"), attribute)


def load(name: str) -> Any:
    """Load a command with its options and its whole help."""
    function = declared(name)
    app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
    app.callback()(lambda: None)  # without a callback, a Typer with one command would run that command
    if isinstance(function, typer.Typer):
        app.add_typer(function, name=name)
    else:
        app.command(name, cls=_class_of(name))(function)
    group: Any = typer.main.get_command(app)
    command = group.commands[name]
    spare_conversion(command)
    return command


def _class_of(name: str) -> Any:
    if name not in ("search", "facets"):
        return None
    from crawler.commands.articles.search_options import SearchCommand  # its argument may begin with a hyphen

    return SearchCommand
