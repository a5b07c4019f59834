import struct
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.webhook import BODY_LIMIT_BYTES, Gate, Refused
from handlers.residents.incoming import Kind, Reply
from tests.bot.webhook.platform import (
    ACCOUNT,
    APPID,
    KEY,
    NONCE,
    NOW,
    OLD_KEY,
    OPENID,
    STAMP,
    TOKEN,
    cdata,
    decrypt,
    encrypt,
    encrypt_raw,
    event,
    gate,
    plain_query,
    sealed,
    sign,
    text_message,
)

HELLO = text_message("楼下烧烤店油烟太大")


def refusal(of: Gate, query: dict[str, str], body: bytes) -> tuple[int, str]:
    with pytest.raises(Refused) as refused:
        of.open(query, body, NOW)
    return refused.value.status, refused.value.reason


def test_a_plain_push_opens_in_plain_mode():
    opened = gate("plain", keys=()).open(plain_query(), HELLO.encode(), NOW)

    assert opened.incoming.text == "楼下烧烤店油烟太大"
    assert (opened.incoming.openid, opened.incoming.account) == (OPENID, ACCOUNT)
    assert opened.incoming.sent_at == NOW
    assert opened.key_used is None


def test_a_sealed_push_opens_in_safe_mode_and_names_its_key():
    opened = gate().open(*sealed(encrypt(HELLO)), NOW)

    assert opened.incoming.text == "楼下烧烤店油烟太大"
    assert (opened.key_used, opened.nonce) == (KEY, NONCE)


@pytest.mark.parametrize("mode", ["plain", "compatible"])
def test_a_sealed_push_opens_in_the_other_modes_where_a_key_is_set(mode):
    assert gate(mode).open(*sealed(encrypt(HELLO)), NOW).incoming.kind is Kind.TEXT


def test_compatible_mode_takes_a_plain_push_and_answers_it_plainly():
    compatible = gate("compatible")

    opened = compatible.open(plain_query() | {"encrypt_type": "raw"}, HELLO.encode(), NOW)

    assert "<Content><![CDATA[收到]]></Content>" in compatible.seal(opened, Reply("收到"), NOW)[0]


def test_a_push_sealed_with_the_key_before_the_newest_opens_and_is_answered_with_that_key():
    rotating = gate(keys=(KEY, OLD_KEY))

    opened = rotating.open(*sealed(encrypt(HELLO, key=OLD_KEY)), NOW)
    body, _ = rotating.seal(opened, Reply("收到"), NOW)

    assert opened.key_used == OLD_KEY
    assert "收到" in decrypt(cdata(body, "Encrypt"), key=OLD_KEY)[0]


def test_safe_mode_refuses_a_plain_push_even_with_a_true_signature():
    assert refusal(gate(), plain_query(), HELLO.encode()) == (403, "plain")


def test_plain_mode_without_a_key_refuses_a_sealed_push():
    assert refusal(gate("plain", keys=()), *sealed(encrypt(HELLO))) == (403, "no_key")


def test_safe_mode_does_not_take_the_three_part_signature_for_the_message_signature():
    query, body = sealed(encrypt(HELLO))

    assert refusal(gate(), query | {"msg_signature": query["signature"]}, body) == (403, "signature")


def test_safe_mode_does_not_need_the_three_part_signature():
    query, body = sealed(encrypt(HELLO))
    del query["signature"]

    assert gate().open(query, body, NOW).incoming.kind is Kind.TEXT


@pytest.mark.parametrize("missing", ["signature", "timestamp", "nonce"])
def test_a_plain_push_without_a_part_of_its_signature_is_unreadable(missing):
    query = plain_query()
    del query[missing]

    assert refusal(gate("plain"), query, HELLO.encode()) == (400, "query")


@pytest.mark.parametrize("stamp", ["-1", "soon", "1" * 30, "٣", "1.5"])
def test_a_timestamp_that_is_no_second_is_unreadable(stamp):
    query = plain_query() | {"timestamp": stamp, "signature": sign(TOKEN, stamp, NONCE)}

    assert refusal(gate("plain"), query, HELLO.encode()) == (400, "query")


@pytest.mark.parametrize("age_seconds", [301, -301])
def test_a_push_outside_the_window_is_stale(age_seconds):
    stamp = str(int(STAMP) - age_seconds)

    assert refusal(gate("plain"), plain_query(stamp), HELLO.encode()) == (403, "stale")
    assert refusal(gate(), *sealed(encrypt(HELLO), stamp)) == (403, "stale")


@pytest.mark.parametrize("age_seconds", [300, -300])
def test_a_push_at_the_edge_of_the_window_is_fresh(age_seconds):
    stamp = str(int(STAMP) - age_seconds)

    assert gate("plain").open(plain_query(stamp), HELLO.encode(), NOW).incoming.kind is Kind.TEXT


def test_the_window_is_a_setting():
    wide = gate("plain", freshness=timedelta(hours=1))

    assert wide.open(plain_query(str(int(STAMP) - 3000)), HELLO.encode(), NOW).incoming.kind is Kind.TEXT


def test_a_push_for_another_app_is_refused():
    assert refusal(gate(), *sealed(encrypt(HELLO, appid="wxother"))) == (403, "appid")


def test_a_push_for_another_account_is_refused_where_ours_is_known():
    assert refusal(gate(original_id="gh_other"), *sealed(encrypt(HELLO))) == (403, "recipient")
    assert gate(original_id=ACCOUNT).open(*sealed(encrypt(HELLO)), NOW).incoming.account == ACCOUNT


def test_a_push_sealed_with_a_strange_key_is_refused():
    assert refusal(gate(), *sealed(encrypt(HELLO, key="B" * 42 + "A"))) == (403, "undecryptable")


APP = APPID.encode()
PACKED = b"r" * 16 + struct.pack(">I", 4) + b"text" + APP


@pytest.mark.parametrize(
    "encrypted",
    [
        "",
        "not base64!",
        "AAAA",
        encrypt_raw(b"r" * 16 + struct.pack(">I", 0xFFFFFFFF) + b"text" + APP),
        encrypt_raw(b"short"),
        encrypt_raw(b"", pad=32),
        encrypt_raw(b"r" * 16 + struct.pack(">I", 2) + b"\xff\xfe" + APP),
        encrypt_raw(b"r" * 16 + struct.pack(">I", 2) + b"ok" + b"\xff"),
        encrypt_raw(b"r" * (48 - 33), pad=33),
        encrypt_raw(b"r" * 47 + b"\x00", pad=0),
        encrypt_raw(b"r" * 46 + b"\x01\x02", pad=0),
    ],
)
def test_a_rightly_signed_envelope_with_broken_contents_is_refused(encrypted):
    status, reason = refusal(gate(), *sealed(encrypted))

    assert (status, reason) in {(403, "undecryptable"), (400, "fields")}


@pytest.mark.parametrize("extra", range(33))
def test_every_length_of_text_and_so_every_padding_opens(extra):
    assert (
        gate()
        .open(*sealed(encrypt(text_message("a" + "x" * extra))), NOW)
        .incoming.text.endswith("x" * extra)
    )


def test_an_envelope_without_ciphertext_is_unreadable():
    query, _ = sealed(encrypt(HELLO))

    assert refusal(gate(), query, b"<xml><ToUserName>x</ToUserName></xml>") == (400, "fields")


def test_a_body_over_the_limit_is_too_large():
    assert refusal(gate("plain"), plain_query(), b"x" * (BODY_LIMIT_BYTES + 1)) == (413, "size")


def test_a_gate_needs_a_token_since_anybody_can_sign_with_none():
    with pytest.raises(ValueError, match="token"):
        Gate(token="", appid=APPID, keys=(KEY,), mode="safe")


def test_a_safe_gate_needs_a_key():
    with pytest.raises(ValueError, match="EncodingAESKey"):
        gate(keys=())


@pytest.mark.parametrize("key", ["", "A" * 42, "A" * 44, "?" * 43, "字" * 43])
def test_a_bad_key_stops_the_start_without_being_quoted(key):
    with pytest.raises(ValueError, match=r"^an EncodingAESKey has 43 letters and digits$"):
        gate(keys=(key,))


def test_the_check_of_the_address_is_echoed_in_safe_mode_too():
    assert gate().echo(plain_query() | {"echostr": "4375120948345356249"}) == "4375120948345356249"


@pytest.mark.parametrize("echostr", ["", "\udc80", "<b>\n", "字", "x" * 2000])
def test_an_echo_that_is_no_token_is_refused(echostr):
    with pytest.raises(Refused) as refused:
        gate().echo(plain_query() | {"echostr": echostr})

    assert refused.value.status == 400


def test_the_check_of_the_address_needs_our_token():
    with pytest.raises(Refused) as refused:
        gate().echo(plain_query(token="guessed") | {"echostr": "1"})

    assert (refused.value.status, refused.value.reason) == (403, "signature")


def test_a_sealed_reply_is_signed_over_its_own_time_and_the_nonce_of_the_push():
    opened = gate().open(*sealed(encrypt(HELLO)), NOW)

    body, content_type = gate().seal(opened, Reply("已受理"), NOW + timedelta(seconds=3))
    inner, appid = decrypt(cdata(body, "Encrypt"))

    later = str(int(STAMP) + 3)
    assert content_type == "application/xml"
    assert (cdata(body, "TimeStamp"), cdata(body, "Nonce")) == (later, NONCE)
    assert cdata(body, "MsgSignature") == sign(TOKEN, later, NONCE, cdata(body, "Encrypt"))
    assert appid == APPID
    assert (cdata(inner, "ToUserName"), cdata(inner, "FromUserName")) == (OPENID, ACCOUNT)
    assert (cdata(inner, "MsgType"), cdata(inner, "Content"), cdata(inner, "CreateTime")) == (
        "text",
        "已受理",
        later,
    )


@pytest.mark.parametrize("text", ["", "  \n", "\x00\x07"])
def test_nothing_to_say_is_success_and_never_encrypted(text):
    opened = gate().open(*sealed(encrypt(HELLO)), NOW)

    assert gate().seal(opened, Reply(text), NOW) == ("success", "text/plain")


def test_an_event_that_must_not_be_answered_gets_success_whatever_the_reply():
    inner = "<Latitude>26.9</Latitude><Longitude>112.6</Longitude><Precision>30</Precision>"
    opened = gate().open(*sealed(encrypt(event("LOCATION", inner))), NOW)

    assert gate().seal(opened, Reply("您好"), NOW) == ("success", "text/plain")


def test_a_nonce_cannot_break_out_of_the_reply():
    nonce = "1]]></Nonce><Evil/>"
    opened = gate().open(*sealed(encrypt(HELLO), nonce=nonce), NOW)

    body, _ = gate().seal(opened, Reply("好"), NOW)

    assert cdata(body, "Nonce") != nonce
    assert "]]]]><![CDATA[>" in body


def test_what_is_printed_of_an_opened_push_names_nobody():
    opened = gate().open(*sealed(encrypt(HELLO)), NOW)

    printed = repr(replace(opened))

    assert OPENID not in printed
    assert KEY not in printed
    assert "油烟" not in printed
