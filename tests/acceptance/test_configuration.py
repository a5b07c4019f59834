"""A configuration that cannot work stops the start with one line that names the key."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.acceptance import configuration
from tests.acceptance.service import clean_environment, run

Tree = dict[str, Any]


def _unknown_key(tree: Tree) -> None:
    tree["server"]["prot"] = 8080


def _unknown_section(tree: Tree) -> None:
    tree["sever"] = {"port": 8080}


def _bad_value(tree: Tree) -> None:
    tree["server"]["port"] = "eighty"


def _no_communities(tree: Tree) -> None:
    tree["zone"]["districts"][0]["offices"][0]["communities"] = {}


def _no_departments(tree: Tree) -> None:
    del tree["zone"]["categories"]["dust"]["departments"]


def _secret_in_the_file(tree: Tree) -> None:
    tree["wechat"] = {"secret": "0123456789abcdef"}


@pytest.mark.parametrize(
    ("spoil", "key"),
    [
        (_unknown_key, "server.prot"),
        (_unknown_section, "sever"),
        (_bad_value, "server.port"),
        (_no_communities, "zone.districts[0].offices[0].communities"),
        (_no_departments, "zone.categories.dust.departments"),
        (_secret_in_the_file, "wechat.secret"),
    ],
)
def test_a_bad_file_is_told_in_one_line_that_names_the_key(
    tmp_path: Path, spoil: Callable[[Tree], None], key: str
) -> None:
    tree = configuration.zone()
    spoil(tree)
    file = tmp_path / "config.yaml"
    file.write_text(yaml.safe_dump(tree, allow_unicode=True), "utf-8")

    line = _refused("--config", str(file))

    assert key in line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_SERVER__PROT", "8080"),
        ("BOT_SEVER__PORT", "8080"),
        ("BOT_SERVER__PORT", "eighty"),
        ("BOT_DATABASE__URL", "mysql://localhost/jiesu"),
        ("BOT_WECHAT__ENCODING_AES_KEY", "too-short"),
        ("BOT_WECHAT__MODE", "secret"),
        ("BOT_SIMULATOR__ENABLED", "perhaps"),
    ],
)
def test_a_bad_variable_is_told_in_one_line_that_names_it(name: str, value: str) -> None:
    line = _refused(**{name: value})

    assert name in line
    assert "0123456789abcdef" not in line


def test_a_missing_file_is_told_in_one_line(tmp_path: Path) -> None:
    line = _refused("--config", str(tmp_path / "nowhere.yaml"))

    assert "nowhere.yaml" in line


def test_a_missing_token_is_told_in_one_line(tmp_path: Path) -> None:
    line = _refused(BOT_DATABASE__URL=f"sqlite:///{tmp_path}/jiesu.db")

    assert "BOT_WECHAT__TOKEN" in line


def test_a_simulator_beside_a_real_secret_is_refused() -> None:
    line = _refused(BOT_SIMULATOR__ENABLED="true", BOT_WECHAT__SECRET="0123456789abcdef")

    assert "simulator" in line.lower()
    assert "0123456789abcdef" not in line


def test_a_database_that_nobody_answers_at_is_told_in_one_line() -> None:
    line = _refused(
        BOT_DATABASE__URL="postgresql://jiesu:hidden-word@127.0.0.1:9/jiesu", BOT_WECHAT__TOKEN="abc"
    )

    assert "database.url" in line
    assert "hidden-word" not in line


def _refused(*options: str, **variables: str) -> str:
    """Start a service that must not start, and return the one line that it says."""
    done = run("serve", *options, variables=clean_environment() | variables)
    lines = done.stderr.splitlines()
    assert done.returncode != 0
    assert len(lines) == 1, done.stderr
    return lines[0]
