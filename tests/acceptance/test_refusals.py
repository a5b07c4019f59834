"""Whatever comes to the callback that is not the platform's is turned away, and harms nobody."""

import secrets
import time
from dataclasses import replace
from urllib.parse import parse_qs, urlencode

import pytest

from tests.acceptance import wire
from tests.acceptance.configuration import ACCOUNT
from tests.acceptance.service import Answer, Service
from tests.acceptance.wire import Push

MEBIBYTE = 1 << 20
BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE xml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<xml><ToUserName>&b;</ToUserName></xml>"
)
NO_TIME = (
    "<xml><ToUserName>gh_acceptance</ToUserName><FromUserName>o</FromUserName>"
    "<CreateTime>soon</CreateTime><MsgType>text</MsgType></xml>"
)
FILE_READER = '<!DOCTYPE xml [<!ENTITY x SYSTEM "file:///etc/passwd">]><xml><Content>&x;</Content></xml>'


def text(service: Service, content: str = "富民花苑3栋楼下烧烤店油烟太大") -> str:
    """Return the XML of a text of somebody new."""
    resident = service.resident()
    service.spoken.add(content)
    return wire.message(ACCOUNT, resident.openid, "text", Content=content)


def test_a_wrong_signature_is_forbidden(service: Service) -> None:
    push = wire.sealed(ACCOUNT, text(service))
    query = {name: values[0] for name, values in parse_qs(push.query).items()} | {"msg_signature": "0" * 40}

    assert service.push(replace(push, query=urlencode(query))).status == 403


def test_a_changed_body_is_forbidden(service: Service) -> None:
    first, second = (wire.sealed(ACCOUNT, text(service)) for _ in range(2))

    assert service.push(Push(first.query, second.body)).status == 403


@pytest.mark.parametrize("shift", [-600, 600])
def test_an_old_or_a_future_push_is_forbidden(service: Service, shift: int) -> None:
    push = wire.sealed(ACCOUNT, text(service), at=int(time.time()) + shift)

    assert service.push(push).status == 403


def test_another_accounts_push_is_forbidden(service: Service) -> None:
    assert service.push(wire.sealed(ACCOUNT, text(service), appid="wx-of-somebody-else")).status == 403


def test_a_plain_push_is_forbidden_in_safe_mode(service: Service) -> None:
    stamp = str(int(time.time()))
    query = {"signature": ACCOUNT.sign(stamp, "1"), "timestamp": stamp, "nonce": "1"}

    assert service.push(Push(urlencode(query), text(service).encode())).status == 403


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"\xff\xfe\x00",
        b"<xml>",
        b"<xml><ToUserName>x</ToUserName></xml>",
        b"<html></html>",
        BILLION_LAUGHS.encode(),
        FILE_READER.encode(),
        secrets.token_bytes(200),
    ],
    ids=["empty", "json", "no-utf8", "cut", "no-envelope", "html", "entities", "file-entity", "noise"],
)
def test_garbage_is_a_bad_request(service: Service, body: bytes) -> None:
    push = wire.sealed(ACCOUNT, text(service))

    assert service.push(replace(push, body=body)).status == 400


@pytest.mark.parametrize("query", ["", "timestamp=now&nonce=1&msg_signature=x&encrypt_type=aes", "a=1&a=2"])
def test_a_query_without_a_signature_is_turned_away(service: Service, query: str) -> None:
    push = wire.sealed(ACCOUNT, text(service))

    assert service.push(replace(push, query=query)).status in {400, 403}


@pytest.mark.parametrize(
    "xml",
    [
        "not xml",
        BILLION_LAUGHS,
        FILE_READER,
        "<xml></xml>",
        "<xml><MsgType>text</MsgType></xml>",
        NO_TIME,
    ],
    ids=["text", "entities", "file-entity", "empty", "no-sender", "no-time"],
)
def test_garbage_in_a_good_envelope_is_a_bad_request(service: Service, xml: str) -> None:
    assert service.push(wire.sealed(ACCOUNT, xml)).status == 400


def test_more_than_a_mebibyte_is_too_large(service: Service) -> None:
    push = wire.sealed(ACCOUNT, text(service))

    answer = service.push(replace(push, body=push.body + b" " * MEBIBYTE))

    assert answer.status == 413


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("hologram", {"Content": "x"}),
        ("event", {"Event": "teleported", "EventKey": "k"}),
        ("event", {"Event": "VIEW", "EventKey": "https://example.com/", "MenuId": "1"}),
        ("event", {"Event": "LOCATION", "Latitude": "26.9", "Longitude": "112.6", "Precision": "30"}),
        ("event", {"Event": "TEMPLATESENDJOBFINISH", "MsgID": 1, "Status": "success"}),
        ("event", {"Event": "unsubscribe"}),
    ],
)
def test_what_needs_no_answer_is_acknowledged(
    service: Service, kind: str, fields: dict[str, str | int]
) -> None:
    resident = service.resident()

    answer = service.push(resident.push(kind, **fields))

    assert answer == Answer(200, "success")


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("text", {"Content": ""}),
        ("text", {"Content": "  \n "}),
        ("text", {"Content": "]]&gt;<b>&amp;"}),
        ("text", {"Content": "\U0001f525" * 500}),
        ("text", {"Content": "油烟" * 5000}),
        ("image", {}),
        ("voice", {"Format": "amr"}),
        ("location", {"Location_X": "north", "Location_Y": "", "Label": ""}),
        ("location", {"Location_X": "91", "Location_Y": "181", "Scale": "x", "Label": "nowhere"}),
        ("link", {"Title": "t"}),
        ("event", {}),
        ("event", {"Event": "SCAN"}),
        ("event", {"Event": "CLICK", "EventKey": "no-such-button"}),
        ("event", {"Event": "subscribe", "EventKey": "qrscene_"}),
    ],
)
def test_odd_messages_are_answered_all_the_same(
    service: Service, kind: str, fields: dict[str, str | int]
) -> None:
    resident = service.resident()

    answer = service.push(resident.push(kind, **fields))

    assert answer.status == 200
    wire.opened(ACCOUNT, answer.body)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_not_allowed(service: Service, method: str) -> None:
    assert service.request(method, "/wechat", b"", {}).status == 405
