"""Sentences from a grammar: rules in a text file, filled by a seeded choice."""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

Grammar = dict[str, tuple[str, ...]]


@cache
def grammar(path: Path) -> Grammar:
    """Read a file of rules: "[name]", then its alternatives, one a line; lines that begin with "#" are remarks."""
    rules: dict[str, list[str]] = {}
    lines = rules.setdefault("", [])
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            lines = rules.setdefault(line[1:-1], [])
        elif line.strip() and not line.startswith("#"):
            lines.append(line.strip())
    return {name: tuple(lines) for name, lines in rules.items() if name}


@dataclass(slots=True)
class Writer:
    """Says things in the words of one grammar. cast: values that {=rule} repeats; used: patterns of the
    present article; said: sentences of all articles of the site."""

    rules: Grammar
    random: Random
    cast: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    said: set[str] = field(default_factory=set)

    def say(self, rule: str) -> str:
        """One alternative of the rule, its slots filled."""
        return self.fill(self.random.choice(self.rules[rule]))

    def sentence(self, *rules: str) -> str:
        """One alternative of the rules, its slots filled, that was not said before; no pattern twice before all were used.

        A site's texts don't repeat each other, because what many of its pages say is what a reader learns to leave out.
        """
        choices = [line for rule in rules for line in self.rules[rule]]
        text = ""
        for _ in range(60):
            if self.used.issuperset(choices):
                self.used.difference_update(choices)
            line = self.random.choice([line for line in choices if line not in self.used])
            self.used.add(line)
            text = self.fill(line)
            if text not in self.said:
                break
        self.said.add(text)
        return text

    def several(self, rule: str, count: int) -> list[str]:
        """Different values of a rule, as many as it can give, at most count."""
        sentences = dict.fromkeys(self.say(rule) for _ in range(count * 4))
        return list(sentences)[:count]

    def fill(self, text: str) -> str:
        """The text with its slots filled."""
        return re.sub(r"\{([=#]?)([^}]+)\}", self._slot, text)

    def _slot(self, match: re.Match[str]) -> str:
        mark, name = match.groups()
        if mark == "#":
            low, high = name.split("-")
            return str(self.random.randint(int(low), int(high)))
        if mark == "=":
            if name not in self.cast:
                self.cast[name] = self.say(name)
            return self.cast[name]
        return self.say(name)
