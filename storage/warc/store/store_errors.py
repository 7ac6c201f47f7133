"""Conversion of an object store's exceptions into errors that state the cause and a remedy, without credentials."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from storage.errors import ArchiveError, UsageError, WarraqError
from storage.messages import message

# Exception classes by name: each store's client has its own, and may not be installed.
_NO_CREDENTIALS = {"NoCredentialsError", "PartialCredentialsError", "CredentialRetrievalError", "RefreshError"}
_CREDENTIALS = message("give AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE")


@contextmanager
def store_errors(url: str) -> Iterator[None]:
    """Convert the store's errors to ArchiveError, and a missing client package to UsageError.

    FileNotFoundError for an object is not converted. The texts of unknown errors are left out: they may quote requests.
    """
    try:
        yield
    except (WarraqError, FileNotFoundError):
        raise
    except (ImportError, ValueError) as error:
        if isinstance(error, ValueError) and "Protocol not known" not in str(error):
            raise _refusal(url, error) from error
        raise UsageError(
            message(
                "{url} can't be opened: its client is not installed. For s3:// it is: pip install 'warraq[fleet]'",
                url=url,
            )
        ) from error
    except Exception as error:
        raise _refusal(url, error) from error


def _refusal(url: str, error: Exception) -> ArchiveError:
    names = {each.__name__ for each in type(error).__mro__}
    if names & _NO_CREDENTIALS:
        return ArchiveError(
            message("there are no credentials for {url}: {credentials}", url=url, credentials=_CREDENTIALS)
        )
    if isinstance(error, PermissionError):
        return ArchiveError(
            message(
                "{url} refuses the credentials, or grants them too little: {credentials} with the right to list, "
                "read, write and delete there",
                url=url,
                credentials=_CREDENTIALS,
            )
        )
    if isinstance(error, TimeoutError | ConnectionError) or names & {
        "ConnectionError",
        "HTTPClientError",
        "ClientError",
    }:
        return ArchiveError(
            message(
                "{url} does not answer ({kind}): check the network and AWS_ENDPOINT_URL, and run the same again; "
                "nothing is lost",
                url=url,
                kind=type(error).__name__,
            )
        )
    return ArchiveError(
        message("{url} refused ({kind}); run the same again, nothing is lost", url=url, kind=type(error).__name__)
    )


def absent_object(url: str, name: str) -> FileNotFoundError:
    """The error for a missing object."""
    return FileNotFoundError(errno.ENOENT, "No such file or directory", f"{url}/{name}")


def no_bucket(url: str) -> ArchiveError:
    """The error for a missing bucket."""
    return ArchiveError(message("there is no bucket for {url}: make it, or correct the URL", url=url))
