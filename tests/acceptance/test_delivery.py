"""What the resident is owed arrives: by template after the window, later where the platform is down."""

import re

import pytest

from tests.acceptance.configuration import TEMPLATE, TEMPLATE_FIELDS
from tests.acceptance.desk import Desk
from tests.acceptance.service import Service
from tests.acceptance.test_casework import filed

LONG_NOTE = (
    "经现场核实，该店未安装油烟净化设施，已下达责令改正通知书，限期三日内安装完毕并清洗烟道，我们会复查"
)
THING_LIMIT = 20
"""Characters of a ``thing`` (platform limit; more is refused with 47003)."""
TIME = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}")


def test_once_the_window_is_closed_a_template_message_comes(service: Service, desk: Desk) -> None:
    resident, number = filed(service)
    service.platform.close_window(resident.openid)

    desk.acts(number, "accept")
    desk.acts(number, "progress", note=LONG_NOTE)

    accepted, progressed = service.platform.told(resident.openid, 2)
    for sent in (accepted, progressed):
        assert sent.way == "template"
        assert sent.payload["template_id"] == TEMPLATE
        assert set(sent.fields) == set(TEMPLATE_FIELDS)
        assert sent.fields["character_string1"] == number
        assert sent.fields["thing2"] == "餐饮油烟"
        assert 0 < len(sent.fields["thing3"]) <= THING_LIMIT
        assert TIME.fullmatch(sent.fields["time4"])
    assert progressed.fields["thing3"].startswith(LONG_NOTE[:10])
    assert progressed.fields["thing3"].endswith("…")


@pytest.mark.parametrize("trouble", ["busy", "gone"])
def test_what_could_not_be_sent_is_delivered_later_and_in_order(
    service: Service, desk: Desk, trouble: str
) -> None:
    cases = [filed(service) for _ in range(3)]

    with service.platform.down(trouble):
        for _, number in cases:
            desk.acts(number, "accept")
        service.platform.wait_for_calls(1)
        for _, number in cases:
            desk.acts(number, "progress", note="第一步做完了")
        for _, number in cases:
            desk.acts(number, "progress", note="第二步做完了")
        for _, number in cases:
            desk.acts(number, "resolve", note="第三步全部做完了", outcome="rectified", amount=1)

    for resident, number in cases:
        texts = [sent.text for sent in service.platform.told(resident.openid, 4)]
        assert all(number in text for text in texts)
        marks = ["受理", "第一步做完了", "第二步做完了", "第三步全部做完了"]
        assert [mark for text, mark in zip(texts, marks, strict=True) if mark in text] == marks


def test_filing_goes_on_while_the_platform_is_down(service: Service, desk: Desk) -> None:
    with service.platform.down("gone"):
        resident, number = filed(service)
        reply = resident.writes("进度")

    assert number in reply
    assert desk.ticket(number)["status"] == "dispatched"
