"""No secret of a database URL is ever printed, however it is spelled."""

import json
from pathlib import Path

import pytest

from storage.db.database import connect, place
from storage.db.database_url import shown_url
from storage.errors import UsageError
from tests.support.running import warraq

SECRET = "hunter2"
SPELLINGS = [
    f"postgresql://user:{SECRET}@127.0.0.1:9/name",
    f"postgresql://user@127.0.0.1:9/name?password={SECRET}",
    f"postgresql://127.0.0.1:9/name?user=user&PASSWORD={SECRET}",
    f"postgresql://127.0.0.1:9/name?pass%77ord={SECRET}",
    f"postgresql://127.0.0.1:9/name?sslkey=/key&sslpassword={SECRET}&application_name=x",
    f"postgresql://127.0.0.1:9/name?password=first&password={SECRET}",
    f"postgresql://127.0.0.1:9/name?passfile=/home/{SECRET}",
    f"postgresql://127.0.0.1:9/name?options=-c%20my.key%3D{SECRET}",
    f"postgresql://127.0.0.1:9/name?pasword={SECRET}",
    f"postgres://user:a@{SECRET}@127.0.0.1:9/name",
    f"postgresql://user:a@b/{SECRET}@127.0.0.1:9/name",
    f"postgresql://user:{SECRET}@127.0.0.1:port/name",
    f"mysql://user:{SECRET}@127.0.0.1/name?password={SECRET}",
]


@pytest.mark.parametrize("url", SPELLINGS)
def test_no_spelling_of_a_secret_is_printed(url: str, tmp_path: Path) -> None:
    ran = warraq("stats", "--json", "--db", url, cwd=tmp_path)
    assert ran.code in (2, 5), ran
    assert SECRET not in ran.out + ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("command", ["crawl hespress --db", "copy --to", "health --json --db", "verify --db"])
def test_no_command_prints_the_secret(command: str, tmp_path: Path) -> None:
    ran = warraq(*command.split(), SPELLINGS[1], cwd=tmp_path)
    assert ran.code in (2, 5), ran
    assert SECRET not in ran.out + ran.err
    assert "Traceback" not in ran.err


def test_what_is_no_secret_stays_readable() -> None:
    engine = connect("postgresql://user:p@db.example.org:5433/news?sslmode=require&password=x&host=/run/pg")
    assert place(engine) == (
        "postgresql+psycopg://user:***@db.example.org:5433/news?sslmode=require&password=***&host=/run/pg"
    )
    plain = connect("postgresql://user@db.example.org/news")
    assert place(plain) == "postgresql+psycopg://user@db.example.org/news" == shown_url(plain.url)


def test_an_unknown_parameter_is_named_without_its_value(tmp_path: Path) -> None:
    url = f"postgresql://postgres@127.0.0.1:9/name?pasword={SECRET}"
    ran = warraq("stats", "--json", "--db", url, cwd=tmp_path)
    assert ran.code == 5
    assert 'invalid connection option "pasword"' in ran.err


def test_a_password_with_an_at_sign_must_be_encoded() -> None:
    with pytest.raises(UsageError, match="%40"):
        connect("postgresql://user:a@b@127.0.0.1/name")
    assert place(connect("postgresql://user:a%40b@127.0.0.1/name")).count("@") == 1


@pytest.mark.slow
@pytest.mark.postgres
def test_a_copy_names_its_target_without_the_secret(bare_postgres_url: str, tmp_path: Path) -> None:
    from storage.archive import Archive

    Archive.open(tmp_path / "archive").close()
    url = f"{bare_postgres_url}&password={SECRET}"
    ran = warraq("copy", "--to", url, "--json", cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert "password=***" in json.loads(ran.out)["to"]
    assert SECRET not in ran.out + ran.err
