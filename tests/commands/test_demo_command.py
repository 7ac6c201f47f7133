"""`warraq demo`: the commands that it prints work when they are pasted into the shell that ran it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.running import environment, warraq

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["warraq-demo", "a folder/of my own"])
def test_what_the_demo_prints_works_when_it_is_pasted(tmp_path: Path, folder: str):
    chosen = () if folder == "warraq-demo" else ("--archive", folder)
    first = warraq("demo", *chosen, "--quiet", cwd=tmp_path, PATH="/usr/bin:/bin")
    assert first.code == 0, first.err
    pasted = [line.strip() for line in first.out.partition("Try next:\n")[2].splitlines()]
    shown = [line.removeprefix("$ ") for line in first.out.splitlines() if line.startswith("$ ")]
    assert len(pasted) in (6, 7)
    assert len(shown) == 4
    activated = [line for line in pasted if line.startswith(". ")]
    assert len(activated) == (len(pasted) == 7)
    program = pasted[-1].removesuffix(" sites")
    script = [*pasted, *(line.replace("warraq", program, 1) for line in shown)]
    ran = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "\n".join(f"{line}\necho '----'" for line in script)],
        cwd=tmp_path,
        env=environment(PATH="/usr/bin:/bin"),
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert all(answer.strip() for answer in ran.stdout.split("----\n")[len(activated) : -1])
    assert "gone" in ran.stdout


def test_a_program_outside_of_the_path_is_named_by_its_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from crawler.commands.demo import _program_in_shell

    scripts = tmp_path / "my env" / "bin"
    scripts.mkdir(parents=True)
    for name in ("warraq", "activate"):
        (scripts / name).touch(mode=0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "my env"))
    assert _program_in_shell() == ((". 'my env/bin/activate'",), "warraq")
    monkeypatch.setenv("PATH", f"{scripts}:/usr/bin")
    assert _program_in_shell() == ((), "warraq")
    (scripts / "warraq").unlink()
    assert _program_in_shell() == ((), f"{sys.executable} -m crawler")
