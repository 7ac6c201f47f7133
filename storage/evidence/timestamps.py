"""Timestamps of an authority (RFC 3161): making requests and checking responses. Does not use a network."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storage.errors import UsageError
from storage.messages import message

if TYPE_CHECKING:
    from cryptography.x509 import Certificate


@dataclass(frozen=True, slots=True)
class Timestamp:
    """The content of a response. at: aware, by the authority's clock; None: unreadable. problem: what is wrong."""

    at: datetime | None
    problem: str | None


def timestamp_request(text: bytes) -> bytes:
    """The request (DER) for a timestamp of this text, with a nonce; it also requests the authority's certificate."""
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder  # noqa: PLC0415 - only attest needs it

    builder = TimestampRequestBuilder().data(text).hash_algorithm(HashAlgorithm.SHA256)
    return builder.nonce(nonce=True).cert_request(cert_request=True).build().as_bytes()


def answer_problem(request: bytes, answer: bytes, text: bytes) -> str | None:
    """Why a response is no valid answer to this request; None if it is valid."""
    from rfc3161_client import decode_timestamp_response  # noqa: PLC0415

    read = read_timestamp(answer, text)
    if read.problem is not None:
        return read.problem
    nonce = int(decode_timestamp_response(answer).tst_info.nonce or 0)
    length = (nonce.bit_length() + 8) // 8
    if nonce.to_bytes(length, "big") not in request:
        return message("it answers another request")
    return None


def read_timestamp(answer: bytes, text: bytes, certificates: "Sequence[Certificate]" = ()) -> Timestamp:
    """Check a response for a text. certificates: of the authority; without any, the signature is not checked."""
    from rfc3161_client import decode_timestamp_response  # noqa: PLC0415

    try:
        response: Any = decode_timestamp_response(answer)
        if response.status not in (0, 1):
            why = " ".join(response.status_string) or response.status
            return Timestamp(None, message("the authority refused: {why!s}", why=why))
        imprint, at = response.tst_info.message_imprint, response.tst_info.gen_time
        digest = {
            "2.16.840.1.101.3.4.2.1": hashlib.sha256,
            "2.16.840.1.101.3.4.2.2": hashlib.sha384,
            "2.16.840.1.101.3.4.2.3": hashlib.sha512,
        }[imprint.hash_algorithm.dotted_string](text).digest()
        if imprint.message != digest:
            return Timestamp(at, message("it is of another text"))
        if certificates:
            _verify(response, digest, certificates)
    except UsageError:
        raise
    except Exception as error:  # the parser may raise any exception for a hostile response
        why = " ".join(str(error).split())[:200] or type(error).__name__
        return Timestamp(None, message("it can't be trusted: {why!s}", why=why))
    return Timestamp(at, None)


def _verify(response: Any, digest: bytes, certificates: "Sequence[Certificate]") -> None:
    from rfc3161_client import VerifierBuilder  # noqa: PLC0415

    roots = [each for each in certificates if each.issuer == each.subject] or list(certificates)
    builder = VerifierBuilder()
    for each in certificates:
        add = builder.add_root_certificate if each in roots else builder.add_intermediate_certificate
        builder = add(each)
    builder.build().verify(response, digest)


def read_certificates(path: Path) -> "list[Certificate]":
    """Read the certificates of a PEM file. Raises UsageError."""
    from cryptography.x509 import load_pem_x509_certificates  # noqa: PLC0415

    try:
        return list(dict.fromkeys(load_pem_x509_certificates(path.read_bytes())))
    except OSError as error:
        raise UsageError(message("can't read {path}: {why}", path=path, why=error.strerror)) from error
    except ValueError as error:
        raise UsageError(
            message("{path} holds no certificate in PEM; save the authority's root certificate there", path=path)
        ) from error
