"""Messages: English texts that know their template and values, so that they can be shown in another language.

`crawler.translation` shows them. Everywhere else, in JSON, logs and rows, a message is its English text.
"""

from collections.abc import Mapping, Sequence
from typing import Any


class Message(str):
    """A text in English which can be shown in another language.

    template: with "{name}" where values stand, as the catalogue has it; values: for them, Messages among them. A value
    with a conversion, as "{name!r}" or "{name!s}", is no word of ours, and stays in every language as it is. number: by
    which other languages choose a form of the template; None: there is one form.
    """

    __slots__ = ("number", "template", "values")

    template: str
    values: Mapping[str, Any]
    number: int | None


def message(template: str, /, **values: Any) -> Message:
    """The English text, to be translated when it is shown. An error among the values stands for its own words."""
    said = {name: words_of(value) if isinstance(value, Exception) else value for name, value in values.items()}
    made = Message(template.format(**said) if said else template)
    made.template, made.values, made.number = template, said, None
    return made


def count_message(template: str, n: int, /, **values: Any) -> Message:
    """A message with the number n in it, as "{n:,} articles", which has a form for each kind of number elsewhere."""
    made = message(template, n=n, **values)
    made.number = n
    return made


def either(names: Sequence[str]) -> str:
    """One name, or several of which one is meant: "a or b or c", each as it is."""
    said = names[0]
    for place, name in enumerate(names[1:]):
        if place == 0:
            said = message("{first!s} or {name!s}", first=said, name=name)
        else:
            said = message("{others} or {name!s}", others=said, name=name)
    return said


def words_of(*errors: BaseException) -> str:
    """What errors say; of a single one the Message with which it was raised, which `str` of an error loses."""
    first = errors[0].args[0] if len(errors) == len(errors[0].args) == 1 else None
    return first if isinstance(first, Message) else "; ".join(map(str, errors))
