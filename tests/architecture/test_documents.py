"""Every setting is explained where an operator looks for it."""

import ast
import re
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from bot.settings import Settings
from tests.architecture.source import ROOT, modules

DEPENDENT = {"archive.url", "wechat.mode"}
"""What these are without being set depends on others, and is told in words."""
SETTINGS = (ROOT / "docs" / "settings.md").read_text("utf-8")


def keys() -> Iterator[str]:
    """Yield every ``section.key`` apart from the zone's, whose own comments explain it in config.yaml."""
    for section, field in Settings.model_fields.items():
        if section != "zone":
            assert isinstance(field.annotation, type)
            assert issubclass(field.annotation, BaseModel)
            yield from (f"{section}.{key}" for key in field.annotation.model_fields)


KEYS = tuple(keys())


@pytest.mark.parametrize("key", KEYS)
def test_a_setting_is_explained_with_its_variable(key: str) -> None:
    rows = [row for row in SETTINGS.splitlines() if row.startswith(f"| `{key}` |")]

    assert len(rows) == 1
    assert "BOT_" + key.upper().replace(".", "__") in rows[0]


@pytest.mark.parametrize("key", KEYS)
def test_a_secret_is_marked_as_one(key: str) -> None:
    section, _, name = key.partition(".")
    annotation = Settings.model_fields[section].annotation
    assert annotation is not None
    secret = "SecretStr" in str(annotation.model_fields[name].annotation)

    (row,) = (row for row in SETTINGS.splitlines() if row.startswith(f"| `{key}` |"))

    assert secret == ("| 密钥：" in row)


def test_no_setting_is_explained_that_does_not_exist() -> None:
    explained = set(re.findall(r"^\| `([a-z]+\.[a-z_]+)` \|", SETTINGS, re.MULTILINE))

    assert explained == set(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_a_setting_changes_something(key: str) -> None:
    name = key.partition(".")[2]

    readers = [
        module.path
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr == name
    ]

    assert readers, f"nothing reads {key}"


@pytest.mark.parametrize("key", KEYS)
def test_the_default_in_the_document_is_the_default(key: str) -> None:
    section, _, name = key.partition(".")
    annotation = Settings.model_fields[section].annotation
    assert annotation is not None
    default = annotation.model_fields[name].get_default(call_default_factory=True)

    (row,) = (row for row in SETTINGS.splitlines() if row.startswith(f"| `{key}` |"))

    if isinstance(default, bool | int | float | str) and default and key not in DEPENDENT:
        assert f"| `{_written(default)}` |" in row


def _written(default: object) -> str:
    return str(default).lower() if isinstance(default, bool) else str(default).removesuffix(".0")


def test_the_proxy_of_the_deployment_guide_notes_the_address_itself() -> None:
    guide = (ROOT / "docs" / "deployment.md").read_text("utf-8")

    (console,) = re.findall(r"location /console/ \{(.*?)\}", guide, re.DOTALL)

    assert "proxy_set_header X-Forwarded-For $remote_addr;" in console
