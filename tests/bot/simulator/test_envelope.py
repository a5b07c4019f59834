import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto import WeChatCrypto

from bot.simulator.envelope import Envelope, EnvelopeError, sign
from tests.bot.simulator.standin import APPID, KEY, TOKEN

ZEROS = "A" * 43


def test_the_official_plain_signature_is_reached():
    assert sign("AAAAA", "1714036504", "1514711492") == "f464b24fc39322e44b38aa78f5edd27bd1441696"


def test_the_official_reply_is_sealed_and_signed_alike():
    envelope = Envelope("wxba5fad812f8e6fb9", ZEROS)

    sealed = envelope.seal('{"demo_resp":"good luck"}', b"707722b803182950")

    assert sealed == (
        "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="
    )
    assert sign("AAAAA", "1713424427", "415670741", sealed) == "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1"


def test_length_is_counted_in_bytes_of_utf8():
    envelope = Envelope("wxb11529c136998cb6", KEY)

    sealed = envelope.seal("我是中文abcd123", b"aaaabbbbccccdddd")

    assert sealed == (
        "jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg=="
    )


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_another_library_opens_what_we_seal(text):
    sealed = Envelope(APPID, KEY).seal(text)
    signature = sign(TOKEN, "1", "2", sealed)

    crypto = WeChatCrypto(TOKEN, KEY, APPID)

    assert crypto.decrypt_message({"Encrypt": sealed}, signature, "1", "2") == text


@given(st.binary(max_size=200))
def test_any_other_bytes_are_refused(noise):
    with pytest.raises(EnvelopeError):
        Envelope(APPID, KEY).open(base64.b64encode(noise).decode())


def test_a_letter_for_another_account_is_refused():
    sealed = Envelope("wx0000000000000000", KEY).seal("hello")

    with pytest.raises(EnvelopeError, match="appid"):
        Envelope(APPID, KEY).open(sealed)


def test_a_key_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        Envelope(APPID, "QUJD")
