"""The command line, in this process; the acceptance tests run it as one of its own."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import cli
from bot.classifying import classified
from bot.settings import BadSettings, load
from nlp import Analyser, Gazetteer, load_lexicon

PASSWORD = "a long enough password"


@pytest.fixture
def environ(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The variables of a service with an empty database."""
    monkeypatch.chdir(tmp_path)
    return {
        "BOT_DATABASE__URL": sqlite_url,
        "BOT_ARCHIVE__URL": (tmp_path / "archive").as_uri(),
        "BOT_WECHAT__TOKEN": "abc",
    }


@pytest.fixture(scope="module")
def understanding() -> Analyser:
    """An analyser that knows no names; loading takes about a second."""
    return Analyser(load_lexicon(), Gazetteer(()), "GX")


def run(environ: Mapping[str, str], *arguments: str, stdin: str = "") -> Result:
    return CliRunner().invoke(cli, arguments, input=stdin, env=dict(environ))


def test_every_command_is_told() -> None:
    told = run({}, "--help").output

    assert all(
        command in told for command in ("serve", "migrate", "check", "classify", "user", "token", "menu")
    )


def test_migrating_twice_does_nothing_the_second_time(tmp_path: Path, environ: dict[str, str]) -> None:
    fresh = environ | {"BOT_DATABASE__URL": f"sqlite:///{tmp_path / 'fresh.db'}"}

    first, second = run(fresh, "migrate"), run(fresh, "migrate")

    assert first.output.startswith("applied 0001")
    assert second.output == "nothing to do\n"


def test_an_officer_gets_an_account_and_a_token(environ: dict[str, str]) -> None:
    unit = ("--role", "office", "--office", "430476001")

    added = run(environ, "user", "add", "huaxing", *unit, "--password-stdin", stdin=f"{PASSWORD}\n")
    token = run(environ, "token", "add", "huaxing")

    assert added.output == "added huaxing\n"
    assert (token.exit_code, len(token.output.split())) == (0, 1)


def test_a_token_alone_is_enough_for_another_system(environ: dict[str, str]) -> None:
    made = run(environ, "token", "add", "dashboard", "--role", "leader")

    assert made.exit_code == 0
    assert len(made.output.strip()) > 30


def test_a_leaked_token_is_ended_by_its_name(environ: dict[str, str]) -> None:
    run(environ, "token", "add", "dashboard", "--role", "leader")
    name = run(environ, "token", "list").output.split("\t")[0]

    revoked, again = run(environ, "token", "revoke", name), run(environ, "token", "revoke", name)

    assert revoked.output == f"revoked {name}\n"
    assert again.exit_code == 2
    assert run(environ, "token", "list").output.endswith("revoked\n")


def test_an_account_gets_another_password_and_is_closed(environ: dict[str, str]) -> None:
    run(environ, "user", "add", "lin", "--role", "leader", "--password-stdin", stdin=f"{PASSWORD}\n")

    short = run(environ, "user", "password", "lin", "--password-stdin", stdin="short\n")
    changed = run(environ, "user", "password", "lin", "--password-stdin", stdin=f"{PASSWORD}-2\n")
    closed, unknown = run(environ, "user", "close", "lin"), run(environ, "user", "close", "nobody")

    assert (short.exit_code, changed.output, closed.output) == (2, "changed lin\n", "closed lin\n")
    assert unknown.exit_code == 2
    assert run(environ, "user", "list").output == "lin\tleader\t-\tclosed\n"


@pytest.mark.parametrize(
    ("arguments", "stdin", "field"),
    [
        (("user", "add", "a", "--role", "mayor", "--password-stdin"), PASSWORD, "role"),
        (("user", "add", "a", "--role", "office", "--password-stdin"), PASSWORD, "office"),
        (("user", "add", "a b", "--role", "leader", "--password-stdin"), PASSWORD, "name"),
        (("user", "add", "a", "--role", "leader", "--password-stdin"), "short", "password"),
        (("user", "add", "a", "--role", "leader", "--password-stdin"), "", "password"),
        (("token", "add", "a", "--role", "mayor"), "", "role"),
    ],
)
def test_a_refused_account_is_told_in_one_line_that_names_the_field(
    environ: dict[str, str], arguments: tuple[str, ...], stdin: str, field: str
) -> None:
    refused = run(environ, *arguments, stdin=stdin)

    assert refused.exit_code == 2
    assert refused.stderr.startswith(f"{field}: ")
    assert refused.stderr.count("\n") == 1
    assert PASSWORD not in refused.output


def test_a_name_is_taken_once(environ: dict[str, str]) -> None:
    add = ("user", "add", "leader", "--role", "leader", "--password-stdin")

    first, again = run(environ, *add, stdin=PASSWORD), run(environ, *add, stdin=PASSWORD)

    assert first.exit_code == 0
    assert again.stderr.startswith("name: ")


def test_texts_are_classified_a_line_each(environ: dict[str, str]) -> None:
    lines = ['{"id": "a", "text": "富民花苑3栋楼下烧烤店油烟太大"}', "", '{"id": 2, "text": "进度"}']

    done = run(environ, "classify", stdin="\n".join(lines))

    report, progress = map(json.loads, done.stdout.splitlines())
    assert (report["id"], report["primary"], report["office"]) == ("a", "oil_fume", "华兴街道")
    assert (progress["id"], progress["intent"]) == (2, "progress")


def test_a_line_that_cannot_be_read_is_named(environ: dict[str, str]) -> None:
    done = run(environ, "classify", stdin="\nnothing\n")

    assert done.exit_code == 2
    assert done.stderr.startswith("standard input, line 2: ")


@pytest.mark.parametrize("line", ["", "[]", '{"text": "x"}', '{"id": 1}', '{"id": 1, "text": 2}', "[" * 9999])
def test_only_an_object_with_id_and_text_is_classified(understanding: Analyser, line: str) -> None:
    zone = load(None, {}).zone

    with pytest.raises(BadSettings, match="standard input, line 7: "):
        classified(understanding, zone, line, 7)


def test_an_unreachable_database_is_told_without_its_password(environ: dict[str, str]) -> None:
    away = environ | {"BOT_DATABASE__URL": "postgresql://u:hidden@127.0.0.1:9/jiesu"}

    told = run(away, "migrate")

    assert told.exit_code == 2
    assert told.stderr.startswith("database.url: ")
    assert "hidden" not in told.output


@pytest.mark.parametrize(
    "url",
    ["sqlite://", "sqlite:////proc/none/x.db", "postgresql://u:hidden@db:port/x", "postgresql+x:/hidden"],
)
def test_an_address_that_names_no_database_is_told_in_one_line(environ: dict[str, str], url: str) -> None:
    told = run(environ | {"BOT_DATABASE__URL": url}, "migrate")

    assert told.exit_code == 2
    assert told.stderr.startswith(("database.url: ", "BOT_DATABASE__URL: "))
    assert told.stderr.count("\n") == 1
    assert "hidden" not in told.output


def test_a_database_of_a_newer_version_is_told(environ: dict[str, str], sqlite_url: str) -> None:
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()

    told = run(environ, "token", "add", "somebody")

    assert told.exit_code == 2
    assert told.stderr.startswith("database.url: ")
