"""The arrows: who may import whom. Read from the syntax trees, so that a lazy import counts as well."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Package or module, and what it must not import.
FORBIDDEN = [
    ("storage", ("crawler", "spiders", "scrapy", "twisted", "trafilatura")),
    ("storage/records.py", ("sqlalchemy",)),
    ("storage/arabic.py", ("sqlalchemy",)),
    ("storage/diff/word_diff.py", ("sqlalchemy",)),
    ("storage/revisits.py", ("sqlalchemy",)),
    ("storage/urls.py", ("sqlalchemy",)),
    ("storage/web", ("storage.archive",)),
    ("storage/export", ("storage.archive",)),
    ("storage/search/engine.py", ("storage.archive",)),
    ("storage/queries/article_queries.py", ("storage.archive",)),
    (
        "crawler/extract",
        (
            *("scrapy", "twisted", "sqlalchemy", "requests", "urllib3", "httpx", "urllib.request", "http.client"),
            *(
                "storage.archive",
                "storage.db.database",
                "storage.warc.writer",
                "storage.queries.article_queries",
                "storage.search.engine",
            ),
        ),
    ),
    ("crawler/platforms", ("crawler.extract", "storage.archive", "storage.db.database", "trafilatura")),
    ("crawler", ("spiders",)),
    ("spiders", ("storage", "trafilatura", "spiders")),
    *(
        (
            f"crawler/commands/{name}.py",
            (
                *("scrapy", "twisted", "trafilatura", "crawler.platforms"),
                *("crawler.runs.crawls", "crawler.registry.declared_sites"),
            ),
        )
        for name in ("search", "show", "stats")
    ),
]


def imports(path: Path) -> Iterator[str]:
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, (base, node.module)))
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def files(where: str) -> list[Path]:
    path = ROOT / where
    return [path] if path.is_file() else sorted(path.rglob("*.py")) if path.is_dir() else []


@pytest.mark.parametrize(("where", "never"), FORBIDDEN, ids=[where for where, _ in FORBIDDEN])
def test_no_module_imports_against_the_arrows(where: str, never: tuple[str, ...]):
    wrong = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in files(where)
        for name in imports(path)
        if any(name == bad or name.startswith(bad + ".") for bad in never)
    }
    assert not wrong


# The modules that may open a transaction that writes; docs/architecture.md says what each of them writes.
WRITERS = {
    *("storage/archive.py", "storage/frontier.py", "storage/removal.py", "storage/corrections.py"),
    *("storage/search/index.py", "storage/db/database.py"),
    *(f"storage/maintenance/{name}.py" for name in ("relocate", "repair", "table_copy")),
}


def test_only_the_writers_open_transactions_that_write():
    opening = {
        str(path.relative_to(ROOT))
        for where in ("crawler", "spiders", "storage")
        for path in files(where)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("write", "write_transaction", "database.write", "database.write_transaction")
    }
    assert opening == WRITERS


def test_the_arrows_are_looked_for_where_code_is():
    assert all(files(where) for where, _ in FORBIDDEN if where not in ("storage/diff/word_diff.py", "storage/web"))


def test_no_other_top_level_folder_holds_code():
    holding = {path.relative_to(ROOT).parts[0] for path in ROOT.glob("*/**/*.py") if ".venv" not in path.parts}
    assert holding - {"build", "dist"} <= {"crawler", "spiders", "storage", "tests"}


def test_no_test_file_imports_another():
    """What tests share lies in tests/support; conftest is pytest's."""
    wrong = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in files("tests")
        for name in imports(path)
        if name.startswith("tests.") and ("conftest" in name.split(".") or ".test_" in name)
    }
    assert not wrong
