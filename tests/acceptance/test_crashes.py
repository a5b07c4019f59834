"""What was answered is on disk, whatever dies; who asks nicely gets a clean end."""

import re
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.acceptance import wire
from tests.acceptance.configuration import ACCOUNT
from tests.acceptance.desk import Desk
from tests.acceptance.holding import held
from tests.acceptance.platform import eventually
from tests.acceptance.service import Service
from tests.acceptance.test_casework import filed
from tests.acceptance.test_reports import COMPLETE, NUMBER


@pytest.fixture(autouse=True)
def _left_alive(service: Service) -> Iterator[None]:
    yield
    service.revive()


def test_a_repeat_after_a_crash_gets_the_first_reply(service: Service, desk: Desk) -> None:
    resident = service.resident()
    push = resident.push("text", Content=COMPLETE)
    first = wire.opened(ACCOUNT, service.push(push).body)["Content"]

    service.kill()
    service.start()

    assert NUMBER.search(first)
    assert wire.opened(ACCOUNT, service.push(push).body)["Content"] == first
    assert NUMBER.findall(resident.writes("我的工单")) == NUMBER.findall(first)


def test_what_was_not_yet_sent_at_a_crash_is_sent_after_it(service: Service, desk: Desk) -> None:
    with service.platform.down("gone"):
        resident, number = filed(service)
        desk.acts(number, "accept")
        desk.acts(number, "progress", note="正在装净化器")
        service.platform.wait_for_calls(1)
        service.kill()

    service.start()

    texts = [sent.text for sent in service.platform.told(resident.openid, 2)]
    assert "受理" in texts[0]
    assert "正在装净化器" in texts[1]


def test_a_push_under_way_is_finished_before_the_service_stops(service: Service) -> None:
    resident = service.resident()
    push = resident.push("text", Content=COMPLETE)
    stops = _stops(service)

    with closing(service.connection()) as connection:
        with held(service.variables["BOT_DATABASE__URL"]):
            connection.request("POST", f"/wechat?{push.query}", push.body)
            service.get("/healthz")  # it came later: by now the push is being worked on
            service.terminate()
            eventually(lambda: _stops(service) > stops, "the stop in the log")
        answer = connection.getresponse()
        body = answer.read().decode()

    assert answer.status == 200
    reply = wire.opened(ACCOUNT, body)["Content"]
    assert NUMBER.search(reply)
    assert service.stopped() == 0
    service.start()
    assert NUMBER.findall(resident.writes("我的工单")) == NUMBER.findall(reply)


def _stops(service: Service) -> int:
    return len(re.findall(r'"event": "stopping"', service.log.read_text("utf-8")))
