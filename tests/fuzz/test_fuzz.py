"""What broke a reader once is read now, and so is what Hypothesis makes of the seeds."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.__main__ import CASES, NAMES
from tests.fuzz.targets import TARGETS, Target

KEPT = sorted(path for path in CASES.glob("*/*") if path.is_file())
every_target = pytest.mark.parametrize("name", NAMES)


def test_every_target_has_its_name() -> None:
    assert tuple(TARGETS) == NAMES
    assert {path.parent.name for path in KEPT} <= set(NAMES)


@pytest.mark.parametrize("case", KEPT, ids=lambda path: f"{path.parent.name} {path.name}")
@pytest.mark.timeout(60)
def test_what_broke_a_reader_is_read(case: Path) -> None:
    TARGETS[case.parent.name].check(case.read_bytes())


@every_target
def test_seeds_are_read(name: str) -> None:
    for seed in TARGETS[name].seeds:
        TARGETS[name].check(seed)


@st.composite
def spoiled(draw: st.DrawFn, target: Target) -> bytes:
    """A seed with pieces cut out, doubled, exchanged for words of its language or for any bytes."""
    data = draw(st.sampled_from(list(target.seeds)))
    pieces = st.one_of(st.binary(max_size=12), st.sampled_from([word.encode() for word in target.words]))
    for _ in range(draw(st.integers(1, 6))):
        at, end = sorted((draw(st.integers(0, len(data))), draw(st.integers(0, len(data)))))
        put = draw(st.one_of(pieces, st.just(data[at:end] * 2)))
        data = data[:at] + put + data[draw(st.sampled_from([at, end])) :]
    return data[:40_000]


@every_target
@given(data=st.data())
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
def test_spoiled_seeds_are_read(name: str, data: st.DataObject) -> None:
    TARGETS[name].check(data.draw(spoiled(TARGETS[name])))


@pytest.mark.slow
@every_target
@given(data=st.data())
@settings(max_examples=1_500, suppress_health_check=list(HealthCheck))
def test_many_spoiled_seeds_are_read(name: str, data: st.DataObject) -> None:
    TARGETS[name].check(data.draw(st.one_of(spoiled(TARGETS[name]), st.binary(max_size=3_000))))
