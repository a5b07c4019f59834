"""The lexicon on the command line, in this process."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import cli
from nlp.lexicon_file import PACKAGED
from storage.database import Database
from tests.clock import TUESDAY_MORNING as NOW
from tests.contracts import rows

PACKAGED_TEXT = PACKAGED.read_text(encoding="utf-8")
GROUP = "  油烟: ["


@pytest.fixture
def environ(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The variables of a service with an empty database, in which desk and leader have accounts."""
    monkeypatch.chdir(tmp_path)
    given = {
        "BOT_DATABASE__URL": sqlite_url,
        "BOT_ARCHIVE__URL": (tmp_path / "archive").as_uri(),
        "BOT_WECHAT__TOKEN": "abc",
    }
    for name, role in (("desk", "dispatcher"), ("boss", "leader")):
        run(given, "token", "add", name, "--role", role)
    return given


@pytest.fixture
def draft(tmp_path: Path) -> str:
    """A file in which one word was added to the packaged lexicon."""
    assert GROUP in PACKAGED_TEXT
    file = tmp_path / "draft.yaml"
    file.write_text(PACKAGED_TEXT.replace(GROUP, f"{GROUP}灶头烟, ", 1), encoding="utf-8")
    return str(file)


def run(environ: Mapping[str, str], *arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, env=dict(environ))


def lexicon(environ: Mapping[str, str], *arguments: str) -> Result:
    return run(environ, "lexicon", *arguments)


def publish(environ: Mapping[str, str], file: str, author: str = "desk", note: str = "加词") -> Result:
    return lexicon(environ, "publish", file, "--author", author, "--note", note)


def test_what_is_in_force_is_exported_word_for_word(environ: dict[str, str]) -> None:
    assert lexicon(environ, "export").stdout == PACKAGED_TEXT


def test_a_file_is_published_listed_and_shown(environ: dict[str, str], draft: str) -> None:
    published = publish(environ, draft, note="居民这样说")

    listed, shown = lexicon(environ, "list"), lexicon(environ, "show")

    assert (published.exit_code, published.output) == (0, "published 1\n")
    assert "desk\t居民这样说" in listed.output.splitlines()[0]
    assert "groups 油烟\t+灶头烟" in shown.output
    assert lexicon(environ, "export", "--version", "0").stdout == PACKAGED_TEXT


def test_a_text_is_tried_with_what_is_in_force_and_with_a_draft(environ: dict[str, str], draft: str) -> None:
    found = lexicon(environ, "try", "灶头烟好大", "--draft", draft).output

    now, later = found.split("draft.yaml")
    assert now.startswith("version 0")
    assert "灶头烟" not in now
    assert "餐饮油烟\t+" in later
    assert "灶头烟" in later


def test_a_draft_is_compared_over_stored_tickets(environ: dict[str, str], draft: str) -> None:
    database = Database(environ["BOT_DATABASE__URL"])
    database.write_now(
        lambda unit: rows.filed(
            unit, text="灶头烟好大", category="oil_fume", first_category="none", corrected_at=NOW
        )
    )
    database.close()

    found = lexicon(environ, "compare", draft, "--tickets", "10")

    assert "1 tickets read, 1 change" in found.stdout
    assert "right 0 -> 1" in found.stdout
    assert "better\tGX20261124-0001\tnone -> oil_fume\toil_fume" in found.stdout
    assert "0/1" in found.stderr


def test_words_that_misled_are_listed(environ: dict[str, str]) -> None:
    database = Database(environ["BOT_DATABASE__URL"])
    long_ago, why = {"first_category": "dust", "corrected_at": NOW}, [["灰", "dust", 1.0]]
    database.write_now(lambda unit: rows.filed(unit, why=why, **long_ago))
    database.close()

    found = lexicon(environ, "misled", "--days", "366")

    assert "1\t灰\t扬尘 -> 餐饮油烟 1\tGX20261124-0001" in found.output


@pytest.mark.parametrize(
    ("author", "note", "words"),
    [("nobody", "词", "author"), ("boss", "词", "调度台"), ("desk", " ", "note")],
)
def test_who_may_not_publish_is_told_in_one_line(
    environ: dict[str, str], draft: str, author: str, note: str, words: str
) -> None:
    answer = publish(environ, draft, author, note)

    assert answer.exit_code == 2
    assert words in answer.stderr
    assert len(answer.stderr.splitlines()) == 1


def test_a_file_that_is_no_lexicon_names_its_key(environ: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(PACKAGED_TEXT.replace("\nnear: ", "\nnear: far # "), encoding="utf-8")

    for answer in (publish(environ, str(file)), lexicon(environ, "compare", str(file))):
        assert answer.exit_code == 2
        assert "near" in answer.stderr


def test_a_version_that_never_was_is_told(environ: dict[str, str]) -> None:
    answer = lexicon(environ, "export", "--version", "7")

    assert (answer.exit_code, answer.stdout) == (2, "")
    assert "第7版" in answer.stderr
