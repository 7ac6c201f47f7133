"""A decorator that adds options, stated once, to the options of several commands."""

import inspect
from collections.abc import Callable
from typing import Any

Command = Callable[..., None]
PLACE = "shared"  # the shared options replace this parameter of a command


def takes(options: Command) -> Callable[[Command], Command]:
    """Decorate a command: the parameters of `options` replace its keyword parameter `shared`.

    `shared` receives their values, as a dictionary by name. Typer reads the options from the signature, which the
    decorator sets.
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
