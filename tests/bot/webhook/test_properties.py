"""Whatever comes, the gate opens, or refuses with one of three statuses, and does nothing else."""

import base64
import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.webhook import Gate, Opened, Refused
from bot.webhook.crypto import EnvelopeKey
from handlers.residents.incoming import Kind, Reply
from tests.bot.webhook.platform import (
    APPID,
    KEY,
    NOW,
    OLD_KEY,
    cdata,
    decrypt,
    encrypt,
    encrypt_raw,
    event,
    gate,
    message,
    plain_query,
    sealed,
    text_message,
)

GATES = [gate("safe", keys=(KEY, OLD_KEY)), gate("compatible"), gate("plain", keys=())]
PARAMETERS = ["signature", "msg_signature", "timestamp", "nonce", "encrypt_type", "echostr", "openid"]
ANY_TEXT = st.text(st.characters(), max_size=60)
QUERIES = st.dictionaries(st.sampled_from(PARAMETERS), ANY_TEXT)
WRITTEN = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=300
)
NAMES = ["MsgType", "Event", "Content", "MediaId", "EventKey", "Location_X", "ScanCodeInfo", "MsgID", "List"]
KINDS = ["text", "image", "voice", "location", "link", "event", "EVENT", "x"]
EVENTS = ["subscribe", "SCAN", "LOCATION", "location_select", "pic_weixin", "TEMPLATESENDJOBFINISH", "?"]
LEAVES = st.one_of(st.just(""), st.sampled_from(["1", "-1", "nan", "9" * 500, "qrscene_", "{", "text", "油"]))
ELEMENTS = st.recursive(
    LEAVES,
    lambda inner: st.lists(st.tuples(st.sampled_from(NAMES), inner), max_size=4).map(
        lambda pairs: "".join(f"<{name}>{value}</{name}>" for name, value in pairs)
    ),
    max_leaves=8,
)


def opened_or_refused(of: Gate, query: dict[str, str], body: bytes) -> Opened | None:
    try:
        return of.open(query, body, NOW)
    except Refused as refused:
        return {400: None, 403: None, 413: None}[refused.status]


@given(st.sampled_from(GATES), QUERIES, st.binary(max_size=300))
def test_any_query_and_any_bytes_are_refused(of, query, body):
    assert opened_or_refused(of, query, body) is None


@given(QUERIES)
def test_any_check_of_the_address_is_refused_without_the_token(query):
    for of in GATES:
        with pytest.raises(Refused):
            of.echo(query)


@given(
    st.one_of(
        st.binary(max_size=300), ANY_TEXT.map(lambda text: f"<xml>{text}</xml>".encode("utf-8", "replace"))
    )
)
def test_any_bytes_rightly_signed_open_or_are_refused(body):
    opened_or_refused(gate("plain"), plain_query(), body)


@given(st.binary(max_size=200))
def test_any_plaintext_rightly_sealed_opens_or_is_refused(packed):
    opened_or_refused(gate(), *sealed(encrypt_raw(packed)))


@given(st.sampled_from(KINDS), st.sampled_from(EVENTS), ELEMENTS)
def test_any_elements_become_a_value_or_are_refused(kind, name, inner):
    of = gate("plain")
    for xml in (message(kind, inner), event(name, inner)):
        opened = opened_or_refused(of, plain_query(), xml.encode())
        if opened:
            of.seal(opened, Reply("好"), NOW)


@given(WRITTEN.map(str.strip).filter(bool))
def test_any_text_comes_through_the_envelope_as_written(text):
    incoming = gate().open(*sealed(encrypt(text_message(text))), NOW).incoming

    assert (incoming.kind, incoming.text) == (Kind.TEXT, text)


@given(st.one_of(WRITTEN, st.lists(st.sampled_from(["]", "]]>", ">", "<![CDATA[", "字"])).map("".join)))
def test_any_reply_comes_through_the_envelope_as_written(text):
    of = gate(reply_limit_bytes=10_000)
    opened = of.open(*sealed(encrypt(text_message("a"))), NOW)

    body, _ = of.seal(opened, Reply(text), NOW)

    spoken = "" if body == "success" else cdata(decrypt(cdata(body, "Encrypt"))[0], "Content")
    assert spoken == (text if text.strip() else "")


@given(ANY_TEXT, st.sampled_from([KEY, OLD_KEY]))
def test_sealing_and_opening_are_each_others_inverse(text, key):
    with contextlib.suppress(UnicodeEncodeError):
        assert EnvelopeKey(key).open(EnvelopeKey(key).seal(text, APPID)) == (text, APPID)


@settings(max_examples=200)
@given(st.data())
def test_a_tampered_push_never_opens(data):
    encrypted = bytearray(base64.b64decode(encrypt(text_message("楼下油烟"))))
    query, whole = sealed(base64.b64encode(encrypted).decode())
    place = data.draw(st.integers(0, len(encrypted) - 1))
    encrypted[place] ^= data.draw(st.integers(1, 255))

    _, changed = sealed(base64.b64encode(encrypted).decode())

    assert opened_or_refused(gate(), query, changed) is None
    assert opened_or_refused(gate(), query, whole) is not None


@given(
    st.sampled_from(["timestamp", "nonce", "msg_signature"]), st.integers(0, 9), st.characters(codec="ascii")
)
def test_a_tampered_query_never_opens(name, place, other):
    query, body = sealed(encrypt(text_message("楼下油烟")))
    value = query[name]
    changed = value[: place % len(value)] + other + value[place % len(value) + 1 :]

    result = opened_or_refused(gate(), query | {name: changed}, body)

    assert (result is not None) == (changed == value)
