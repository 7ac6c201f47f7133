"""A timestamp authority of OpenSSL on loopback."""

from collections.abc import Iterator

import pytest

from tests.support.evidence.openssl_authority import OpensslAuthority
from tests.support.requirements import lacks


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpensslAuthority]:
    made = OpensslAuthority.made(tmp_path_factory.mktemp("authority"))
    if made is None:
        lacks("openssl", "there is no program openssl")
    with made:
        yield made
