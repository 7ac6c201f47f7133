"""README.md and docs/tutorial.md, pasted from top to bottom into a shell."""

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.hostile import Server
from tests.support.newspapers.small_site import GOOD
from tests.support.rooms.crawls import declare, serving
from tests.support.rooms.docs import ROOT, text
from tests.support.running import environment

BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def script(name: str) -> str:
    """The blocks of a page for a shell, in order; each must end well."""
    parts = []
    for language, content in BLOCK.findall(text(name)):
        if language == "sh":
            parts.append(content)
        elif "class " not in content:  # a site file is shown, not run
            parts.append(f"python - <<'PYTHON'\n{content}PYTHON\n")
    return "\n".join(parts)


def without_installation(pasted: str) -> str:
    """The environment of this test stands for the one that the page makes; .ci/run makes that."""
    pasted = re.sub(r"^python3 -m venv .*?install .*? && (?:\.venv/bin/)?pytest$", "", pasted, flags=re.MULTILINE)
    pasted = re.sub(r"^python3 -m venv .*?install -e \. && \.venv/bin/", "", pasted, flags=re.MULTILINE)
    return re.sub(r"^python3 -m venv .*$", "", pasted, flags=re.MULTILINE)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder like a checkout, whose environment is the one that runs this test."""
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    activate = tmp_path / ".venv/bin/activate"
    activate.parent.mkdir(parents=True)
    activate.write_text(f"PATH={Path(sys.executable).parent}:$PATH\n", encoding="utf-8")
    return tmp_path


def paste(pasted: str, folder: Path, **env: str) -> str:
    """What the shell printed. Fails with the command at which it stopped."""
    ran = subprocess.run(
        ["bash", "-eux", "-c", pasted],
        cwd=folder,
        env=environment(PATH=f"{Path(sys.executable).parent}:/usr/bin:/bin", HF_HUB_OFFLINE="1", HF_HOME="hf", **env),
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    assert "Traceback" not in ran.stderr
    return ran.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def web_on_loopback(folder: Path, pasted: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The page's commands with newspapers of this machine in the place of those of the live web."""
    with serving() as newspaper, Server(GOOD) as unknown:
        site = declare(folder / "outlets", newspaper)
        pasted = pasted.replace("crawl hespress", "crawl marfa").replace("https://www.example.com/", unknown.url())
        yield pasted, {"WARRAQ_SPIDERS": str(site), "WARRAQ_ALLOW_HOSTS": "127.0.0.1"}


@pytest.mark.slow
def test_every_block_of_the_readme_works_when_pasted_in_order(checkout: Path) -> None:
    with web_on_loopback(checkout, without_installation(script("README.md"))) as (pasted, env):
        assert "warraq demo\n" in pasted
        assert "crawl marfa" in pasted
        assert "http://127.0.0.1" in pasted
        out = paste(pasted, checkout, **env)
    for promised in ("What this run saw", "الجسر", "gone", "عاصفة"):
        assert promised in out
    assert (checkout / "politics.jsonl.zst").is_file()


@pytest.mark.slow
def test_the_tutorial_works_from_top_to_bottom(checkout: Path) -> None:
    pytest.importorskip("datasets")
    port = str(free_port())
    out = paste(without_installation(script("docs/tutorial.md")).replace("8765", port), checkout)
    assert re.search(r"^@\w+\{", out, re.MULTILINE), "the citation"
    assert "cff-version" in out
    assert (checkout / "bourse.csv").read_text(encoding="utf-8").count("\n") >= 2
    assert (checkout / "restored/warraq.db").is_file()
