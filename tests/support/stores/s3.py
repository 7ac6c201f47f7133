"""An object store for tests: moto's S3 server on loopback, and the environment that a process needs to reach it."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

SECRET = "s3cr3t-of-the-tests"


@dataclass(frozen=True)
class Bucket:
    """A bucket with its own URL on a running server. client: boto3's."""

    name: str
    endpoint: str
    client: Any

    @property
    def url(self) -> str:
        return f"s3://{self.name}/warc"

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables for a test's commands."""
        return {**credentials(), "AWS_ENDPOINT_URL": self.endpoint}

    def objects(self) -> dict[str, bytes]:
        """All objects of the bucket, by key."""
        listed = self.client.list_objects_v2(Bucket=self.name).get("Contents", [])
        keys = [each["Key"] for each in listed]
        return {key: self.client.get_object(Bucket=self.name, Key=key)["Body"].read() for key in keys}

    def put(self, name: str, content: bytes) -> None:
        self.client.put_object(Bucket=self.name, Key=f"warc/{name}", Body=content)


def credentials() -> dict[str, str]:
    return {
        "AWS_ACCESS_KEY_ID": "AKIAOFTHETESTS",
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }


@contextmanager
def s3_server() -> Iterator[str]:
    """An S3 server in a thread of this process; yields its URL."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        yield f"http://{host}:{port}"
    finally:
        server.stop()


def new_bucket(endpoint: str) -> Bucket:
    """An empty bucket. The environment of the process has the server's credentials."""
    import boto3

    name = f"pages-{uuid.uuid4().hex[:12]}"
    client = boto3.client("s3", endpoint_url=endpoint)
    client.create_bucket(Bucket=name)
    return Bucket(name, endpoint, client)
