"""Messages: English texts with their template and values, so that they can be translated.

`crawler.translation` shows them. Everywhere else, in JSON, logs and rows, a message is its English text.
"""

from collections.abc import Mapping, Sequence
from typing import Any


class Message(str):
    """An English text that can be translated.

    template: with placeholders such as "{name}", as in the catalogue. values: for the placeholders, may be Messages. A
    value with a conversion, as "{name!r}" or "{name!s}", is not translated. number: selects the plural form of the
    template in other languages; None: there is one form.
    """

    __slots__ = ("number", "template", "values")

    template: str
    values: Mapping[str, Any]
    number: int | None


def message(template: str, /, **values: Any) -> Message:
    """Make a Message, which is translated when it is shown. An error among the values is replaced by its message."""
    texts = {name: words_of(value) if isinstance(value, Exception) else value for name, value in values.items()}
    made = Message(template.format(**texts) if texts else template)
    made.template, made.values, made.number = template, texts, None
    return made


def count_message(template: str, n: int, /, **values: Any) -> Message:
    """A Message with the number n in it, such as "{n:,} articles", which other languages translate by plural forms."""
    made = message(template, n=n, **values)
    made.number = n
    return made


def either(names: Sequence[str]) -> str:
    """The names as alternatives, "a or b or c", not translated."""
    text = names[0]
    for place, name in enumerate(names[1:]):
        if place == 0:
            text = message("{first!s} or {name!s}", first=text, name=name)
        else:
            text = message("{others} or {name!s}", others=text, name=name)
    return text


def words_of(*errors: BaseException) -> str:
    """The messages of errors; of a single error the Message with which it was raised, which `str` would lose."""
    first = errors[0].args[0] if len(errors) == len(errors[0].args) == 1 else None
    return first if isinstance(first, Message) else "; ".join(map(str, errors))
