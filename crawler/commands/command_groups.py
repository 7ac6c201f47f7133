"""The commands in `warraq --help`, by what a user wants to do."""

from collections.abc import Mapping
from typing import Any

from typer.core import TyperGroup

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
    """Lists commands under headings, each with its whole first sentence."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the sections; a command of none of them comes last."""
        placed = {name for names in GROUPS.values() for name in names}
        rest = tuple(name for name in self.commands if name not in placed)
        for heading, names in {**GROUPS, "Further": rest}.items():
            rows = [(name, self.commands[name].get_short_help_str(_LONGEST)) for name in names]
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)
