"""The addresses of the open sockets of processes, from /proc."""

import ipaddress
from collections.abc import Iterable
from pathlib import Path

TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))


def addresses(pids: Iterable[int]) -> set[str]:
    """Every TCP address at which these processes listen or to which they are connected."""
    own = {inode for pid in pids for inode in _sockets(pid)}
    there = set()
    for table in TABLES:
        for line in table.read_text(encoding="ascii").splitlines()[1:]:
            _, local, remote, state, *_, inode = line.split()[:10]
            if inode in own:
                there |= {_address(local)} if state == "0A" else {_address(local), _address(remote)}
    return there


def _sockets(pid: int) -> Iterable[str]:
    try:
        for each in Path(f"/proc/{pid}/fd").iterdir():
            target = str(each.readlink())
            if target.startswith("socket:["):
                yield target[8:-1]
    except OSError:  # it has ended
        return


def _address(text: str) -> str:
    """Decode an address of /proc, which has 32-bit words in the machine's byte order; IPv4-mapped becomes IPv4."""
    packed = bytes.fromhex(text.partition(":")[0])
    address = ipaddress.ip_address(b"".join(packed[at : at + 4][::-1] for at in range(0, len(packed), 4)))
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)
