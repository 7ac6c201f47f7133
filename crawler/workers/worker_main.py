"""Code of a worker process: answers calls of its parent, one after the other, within limits of time and memory."""

import ctypes
import os
import pickle
import resource
import signal
import socket
import struct
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import FrameType
from typing import IO, Any, TypeVar

from crawler.extract import extract
from crawler.profile.site_profile import NO_PROFILE, SiteProfile
from crawler.site import Site
from storage.records import Capture, Extraction, Reason

MEMORY_LIMIT_BYTES = 2 * 1024**3  # of address space, for each process
OUT_OF_MEMORY = 86  # exit code of a process that ran out of memory
KEPT_PROFILES = 32  # cached in a process, as objects or packed; twice as many as sites are crawled at once
LENGTH = struct.Struct("!Q")  # length of the pickled message that follows it

_PR_SET_PDEATHSIG = 1  # prctl(2)

Result = TypeVar("Result")
PackedProfile = tuple[str, bytes]  # digest, and the pickled profile: packed and unpacked once, not for each page

_unpacked: dict[str, SiteProfile] = {}  # in a worker process, by digest


class TooSlow(BaseException):
    """Raised by the alarm. Not an Exception, so that no `except Exception` on the way catches it."""


def serve(channel: socket.socket) -> None:
    """Answer calls until the parent closes its end of the channel. The first message says that the process is ready.

    A call is a pickled tuple of a function and its arguments. An answer is a pickled pair: (True, the result) or
    (False, the exception). A call that runs out of memory ends the process with OUT_OF_MEMORY, as the state that it
    leaves is undefined.
    """
    end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles signals, and needs its workers until it has ended
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    limit_memory(MEMORY_LIMIT_BYTES)
    with suppress(ConnectionError), channel, channel.makefile("rb") as calls, channel.makefile("wb") as answers:
        _send(answers, (True, None))
        while (call := _receive(calls)) is not None:
            try:
                _send(answers, answer(call))
            except MemoryError:
                os._exit(OUT_OF_MEMORY)


def end_with_parent() -> None:
    """Have the kernel kill this process when its parent dies, whatever it is doing. Linux only."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def limit_memory(most_bytes: int) -> int:
    """Limit this process's address space to most_bytes, or the inherited limit if that is less; returns the limit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = min(each for each in (most_bytes, soft, hard) if each != resource.RLIM_INFINITY)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    return limit


def answer(call: bytes) -> tuple[bool, Any]:
    """Run a pickled call; returns (True, its result) or (False, its exception). Raises MemoryError."""
    try:
        function, *arguments = pickle.loads(call)  # noqa: S301 - made by the parent process
        return True, function(*arguments)
    except MemoryError:
        raise
    except Exception as error:  # the parent raises it where the call was made
        return False, error


def _send(stream: IO[bytes], message: Any) -> None:
    packed = pickle.dumps(message)
    stream.write(LENGTH.pack(len(packed)) + packed)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes | None:
    """The next message, pickled; None at the end of the file."""
    header = stream.read(LENGTH.size)
    return stream.read(LENGTH.unpack(header)[0]) if len(header) == LENGTH.size else None


def within_limit(work: Callable[[], Result], limit_s: float) -> Result:
    """Call `work` in this process; returns its result. Raises TooSlow after limit_s seconds.

    Uses SIGALRM: call it in a main thread only.
    """

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise TooSlow

    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, limit_s)
    try:
        return work()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def extract_within_limit(
    capture: Capture, site: Site, limit_s: float, profile: SiteProfile = NO_PROFILE, *, part_of: str | None = None
) -> Extraction:
    """Call `extract` in this process. Reason.TIMEOUT after limit_s seconds, Reason.FAILED when it raises.

    Raises MemoryError, which may be the fault of this process rather than of the page.
    """
    try:
        return within_limit(lambda: extract(capture, site, profile=profile, part_of=part_of), limit_s)
    except TooSlow:
        return Extraction(reason=Reason.TIMEOUT, evidence={"error": f"extraction took longer than {limit_s:g} s"})
    except MemoryError:
        raise
    except Exception as error:  # a parser bug affects one page only; the capture stays, with this reason
        return Extraction(reason=Reason.FAILED, evidence={"error": f"{type(error).__name__}: {error}"})


def extract_packed(
    capture: Capture, site: Site, limit_s: float, packed: PackedProfile, part_of: str | None = None
) -> Extraction:
    """Call `extract_within_limit` in a worker process, which unpacks each profile once."""
    return extract_within_limit(capture, site, limit_s, unpacked(packed), part_of=part_of)


def answer_each(calls: Sequence[tuple[Any, ...]]) -> list[Any]:
    """Make several calls in a worker process; returns their results. Raises the first exception."""
    return [function(*arguments) for function, *arguments in calls]


def unpacked(packed: PackedProfile) -> SiteProfile:
    """Unpack a profile, and cache it in this process for later calls."""
    digest, pickled = packed
    if digest not in _unpacked:
        while len(_unpacked) >= KEPT_PROFILES:
            del _unpacked[next(iter(_unpacked))]
        _unpacked[digest] = pickle.loads(pickled)  # noqa: S301 - made by the parent process
    return _unpacked[digest]
