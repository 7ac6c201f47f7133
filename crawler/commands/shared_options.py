"""Options that several commands share are stated once: a decorator adds them to a command's own."""

import inspect
from collections.abc import Callable
from typing import Any

Command = Callable[..., None]
PLACE = "shared"  # the parameter of a command at whose place the shared options stand


def takes(options: Command) -> Callable[[Command], Command]:
    """Decorate a command so that it has the parameters of `options` in place of its own keyword parameter `shared`.

    `shared` gets their values, as a dictionary by name. Typer reads the options from the signature, which the decorator
    sets.
    """
    stated = inspect.signature(options).parameters.values()
    added = tuple(each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in stated)

    def decorate(command: Command) -> Command:
        def run(**values: Any) -> None:
            command(**{PLACE: {each.name: values.pop(each.name) for each in added}}, **values)

        own = inspect.signature(command)
        groups = (added if each.name == PLACE else (each,) for each in own.parameters.values())
        parameters = [each for group in groups for each in group]
        run.__name__, run.__doc__, run.__module__ = command.__name__, command.__doc__, command.__module__
        run.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {each.name: each.annotation for each in parameters}
        return run

    return decorate
