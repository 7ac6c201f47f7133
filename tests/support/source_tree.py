"""The project's Python files and what they import, read from their syntax trees."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@cache
def python_files(*where: str) -> list[Path]:
    """The Python files of folders or files in the checkout, sorted."""
    paths = [ROOT / each for each in where]
    return sorted(file for path in paths for file in ([path] if path.is_file() else path.rglob("*.py")))


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imports(path: Path) -> tuple[str, ...]:
    """The dotted names that a file imports, also in functions and under TYPE_CHECKING.

    `from a.b import c` gives both a.b and a.b.c, as c may be a module.
    """
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, (base, node.module)))
            names += [module, *(f"{module}.{alias.name}" for alias in node.names)]
    return tuple(names)


@cache
def imported_files() -> dict[str, set[str]]:
    """Each module of crawler, spiders and storage, with those of their modules that it imports by name.

    The `__init__` of a package whose module is imported is left out: Python runs it, but the import does not name it.
    """
    files = {module_name(path): path for path in python_files("crawler", "spiders", "storage")}
    graph = {}
    for module, path in files.items():
        named = [name for name in imports(path) if name in files]
        graph[module] = {
            name for name in named if name != module and not any(other.startswith(f"{name}.") for other in named)
        }
    return graph
