"""The group of all commands: `warraq --help` lists them by purpose; only the called one is loaded."""

from collections.abc import Mapping
from typing import Any

from typer.core import TyperCommand, TyperGroup

from crawler.commands.command_table import COMMANDS, help_lines, load
from crawler.commands.plain_values import spare_conversion
from crawler.commands.translated_help import translate_help
from crawler.translation import language

GROUPS: Mapping[str, tuple[str, ...]] = {
    "Begin": ("demo", "doctor"),
    "Crawl": ("sites", "probe", "add", "check", "crawl", "pause", "resume", "save", "import"),
    "Crawl with several machines": ("schedule", "worker", "fleet"),
    "Watch over crawls": ("health", "coverage", "runs", "stats"),
    "Find and read": ("serve", "search", "facets", "show", "similar", "watch", "read"),
    "Edits and deletions": ("changes", "history", "diff"),
    "Give data back": ("export", "dataset", "copy"),
    "Keep the archive": (
        "verify",
        "repair",
        "attest",
        "backup",
        "restore",
        "compact",
        "reindex",
        "reextract",
        "remove",
    ),
}
_LONGEST = 300  # letters of a command's sentence


class GroupedCommands(TyperGroup):
    """A group that lists commands under headings, each with its whole first sentence, and loads the called one."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        spare_conversion(self)
        # Help and shell completion show these stand-ins, which have no options.
        self.commands = {name: TyperCommand(name, help=line) for name, line in help_lines().items()}

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the name, the loaded command, and the arguments after it."""
        name, command, rest = super().resolve_command(ctx, args)
        if name in COMMANDS:
            command = load(name)
            if language() is not None:
                translate_help(command)
        return name, command, rest

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the sections; commands without a section come last."""
        placed = {name for names in GROUPS.values() for name in names}
        rest = tuple(name for name in self.commands if name not in placed)
        for heading, names in {**GROUPS, "Further": rest}.items():
            rows = [(name, self.commands[name].get_short_help_str(_LONGEST)) for name in names]
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)
