"""Logs: JSON, one object a line, and nothing in it that names a person or opens a door."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from bot import logs
from bot.sections import Log


@pytest.fixture(autouse=True)
def _put_back() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_an_event_is_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(Log())

    structlog.get_logger("bot.test").info("filed", number="GX20261124-0001", category="扬尘")

    (line,) = lines(capsys)
    assert (line["event"], line["number"], line["category"]) == ("filed", "GX20261124-0001", "扬尘")
    assert (line["level"], line["logger"]) == ("info", "bot.test")
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize("key", sorted(logs.PERSONAL))
def test_what_names_a_person_is_hidden(capsys: pytest.CaptureFixture[str], key: str) -> None:
    logs.configure(Log())

    structlog.get_logger("bot.test").warning("odd", **{key: "o6_bmjrPTlm6_2sgVt7hMZOPfL2M"})

    (line,) = lines(capsys)
    assert line[key] == logs.HIDDEN


def test_of_an_error_only_its_type_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(Log())

    try:
        int("13800000000 富民花苑3栋")
    except ValueError:
        structlog.get_logger("bot.test").exception("failed")
        logging.getLogger("library").exception("failed as well")

    ours, theirs = lines(capsys)
    assert ours["error"] == theirs["error"] == "ValueError"
    assert "13800000000" not in json.dumps([ours, theirs])


def test_the_level_is_kept_by_us_and_by_libraries(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(Log(level="warning"))

    structlog.get_logger("bot.test").info("quiet")
    logging.getLogger("library").info("quiet")
    logging.getLogger("library").warning("loud")

    assert [line["event"] for line in lines(capsys)] == ["loud"]


def test_the_web_servers_access_log_is_off(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(Log(level="debug"))

    logging.getLogger("aiohttp.access").info("GET /wechat?openid=o6_bmjrPTlm6_2sgVt7hMZOPfL2M")

    assert lines(capsys) == []


def test_a_person_may_read_it_too(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(Log(format="console"))

    structlog.get_logger("bot.test").info("serving", url="http://127.0.0.1:8080")

    assert "serving" in capsys.readouterr().err
