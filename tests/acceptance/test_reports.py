"""A resident reports; the account is verified first."""

import io
import re
import time
from urllib.parse import urlencode

import pytest
from PIL import Image

from tests.acceptance.configuration import ACCOUNT
from tests.acceptance.desk import Desk
from tests.acceptance.service import Service

NUMBER = re.compile(r"GX\d{8}-\d{4,}")
PROMISE = re.compile(r"\d{1,2}月\d{1,2}日（周[一二三四五六日]）\d{2}:\d{2} 前办结")
REPORTS = {
    "餐饮油烟": ("楼下烧烤店天天晚上油烟往家里灌，窗户都不敢开", "富民花苑3栋楼下"),
    "扬尘": ("工地渣土车进进出出不洒水，到处都是灰", "就在祥光社区旁边"),
    "黑臭水体": ("河水又黑又臭", "柿江河，金山社区那一段"),
}
COMPLETE = "富民花苑3栋楼下烧烤店油烟太大，熏得没法开窗"
CODES = {"餐饮油烟": "oil_fume", "扬尘": "dust", "黑臭水体": "black_water"}


def test_the_platform_verifies_the_address(service: Service) -> None:
    stamp, nonce, echo = str(int(time.time())), "8473", "5927782489442352469"
    query = {"signature": ACCOUNT.sign(stamp, nonce), "timestamp": stamp, "nonce": nonce, "echostr": echo}

    answer = service.get(f"/wechat?{urlencode(query)}")

    assert (answer.status, answer.body) == (200, echo)


def test_nobody_else_verifies_the_address(service: Service) -> None:
    query = {"signature": "0" * 40, "timestamp": str(int(time.time())), "nonce": "1", "echostr": "2"}

    answer = service.get(f"/wechat?{urlencode(query)}")

    assert answer.status == 403


@pytest.mark.parametrize("category", REPORTS)
def test_a_report_is_filed_within_three_messages(service: Service, desk: Desk, category: str) -> None:
    resident = service.resident()

    replies = []
    for message in REPORTS[category]:
        replies.append(resident.writes(message))
        if NUMBER.search(replies[-1]):
            break

    receipt = replies[-1]
    number = NUMBER.search(receipt)
    assert number, replies
    assert category in receipt
    assert "华兴街道" in receipt
    assert PROMISE.search(receipt)
    ticket = desk.ticket(number.group())
    assert ticket["category"] == CODES[category]
    assert ticket["office"] == {"code": "430476001", "name": "华兴街道"}
    assert ticket["status"] == "dispatched"


def test_what_and_where_in_one_message_are_filed_at_once(service: Service) -> None:
    resident = service.resident()

    receipt = resident.writes(COMPLETE)

    assert NUMBER.search(receipt)
    assert "餐饮油烟" in receipt


def test_a_photo_after_the_receipt_joins_the_ticket(service: Service, desk: Desk) -> None:
    resident = service.resident()
    number = NUMBER.search(resident.writes(COMPLETE))
    assert number
    service.platform.media["photo-1"] = _jpeg()

    reply = resident.sends("image", PicUrl="https://mmbiz.qpic.cn/photo", MediaId="photo-1")

    assert number.group() in reply
    assert len(desk.ticket(number.group())["attachments"]) == 1


def test_the_resident_asks_how_far_it_is(service: Service) -> None:
    resident = service.resident()
    number = NUMBER.search(resident.writes(COMPLETE))
    assert number

    reply = resident.writes("进度")

    assert number.group() in reply
    assert "华兴街道" in reply


def test_the_same_matter_again_is_no_second_ticket(service: Service) -> None:
    resident = service.resident()
    first = NUMBER.search(resident.writes(COMPLETE))
    assert first

    again = resident.writes("富民花苑3栋楼下那家烧烤店又在冒油烟，油烟味很重")

    assert NUMBER.findall(again) == [first.group()]


def _jpeg() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (32, 24), "gray").save(file, "JPEG")
    return file.getvalue()
