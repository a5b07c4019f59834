"""The published samples of the platform and of well-kept libraries, recomputed."""

import hashlib
from datetime import UTC, datetime

import pytest

from bot.webhook import Gate, Refused
from bot.webhook.crypto import EnvelopeKey, signature
from handlers.residents.incoming import Kind

ZEROS = "A" * 43
DEMO_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
V3 = (
    "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6Js"
    "XUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8Ea"
    "jAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04="
)
V5 = (
    "hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QLvbeUgmBM4x6F8PGHQHFVAFmOD2LdJF9"
    "FrXpbUAh0B5GIItb52sn896wVsMSHGuPE328HnRGBcrS7C41IzDWyWNlZkyyXwon8T332jisa+h6tEDYsVticbSnyU8dKOIbgU6ux5VTjg3y"
    "t+WGzjlpKn6NPhRjpA912xMezR4kw6KWwMrCVKSVCZciVGCgavjIQ6X8tCOp3yZbGpy0VxpAe+77TszTfRd5RJSVO/HTnifJpXgCSUdUue1v"
    "6h0EIBYYI1BD1DlD+C0CR8e6OewpusjZ4uBl9FyJvnhvQl+q5rv1ixrcpCumEPo5MJSgM9ehVsNPfUM669WuMyVWQLCzpu9GhglF2PE="
)
V6_ECHO = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="
V6 = (
    "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvu"
    "JTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwG"
    "c2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9"
    "EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0"
    "lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q=="
)
V7 = "jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg=="


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def post(token: str, key: str, appid: str) -> Gate:
    return Gate(token=token, appid=appid, keys=[key], mode="safe")


def body(encrypted: str) -> bytes:
    return f"<xml><ToUserName>x</ToUserName><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>".encode()


def test_v1_the_official_check_is_echoed_whenever_it_comes():
    gate = Gate(token="AAAAA", appid="wx", keys=[], mode="plain")
    query = {
        "signature": "f464b24fc39322e44b38aa78f5edd27bd1441696",
        "timestamp": "1714036504",
        "nonce": "1514711492",
        "echostr": "4375120948345356249",
    }

    assert gate.echo(query) == "4375120948345356249"


def test_v2_the_official_plain_push_passes_the_signature():
    gate = Gate(token="AAAAA", appid="wx", keys=[], mode="plain")
    query = {
        "signature": "899cf89e464efb63f54ddac96b0a0a235f53aa78",
        "timestamp": "1714037059",
        "nonce": "486452656",
    }
    push = (
        b"<xml><ToUserName>gh_1</ToUserName><FromUserName>o1</FromUserName><CreateTime>1714037059</CreateTime>"
        b"<MsgType>event</MsgType><Event>debug_demo</Event><debug_str>hello world</debug_str></xml>"
    )

    opened = gate.open(query, push, at(1714037059))

    assert (opened.incoming.kind, opened.incoming.event) == (Kind.OTHER, "debug_demo")


def test_v3_the_official_safe_push_is_opened():
    text, receiver = EnvelopeKey(ZEROS).open(V3)

    assert receiver == "wxba5fad812f8e6fb9"
    assert '"debug_str":"hello world"' in text
    assert len(text.encode()) == 167
    assert signature("AAAAA", "1714112445", "415670741") == "6c5c811b55cc85e0e1b54100749188c20beb3f5d"
    assert signature("AAAAA", "1714112445", "415670741", V3) == "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3"


def test_v3_a_push_in_json_passes_the_lock_and_is_refused_as_unreadable():
    gate = post("AAAAA", ZEROS, "wxba5fad812f8e6fb9")
    query = {
        "signature": "6c5c811b55cc85e0e1b54100749188c20beb3f5d",
        "timestamp": "1714112445",
        "nonce": "415670741",
        "encrypt_type": "aes",
        "msg_signature": "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3",
    }

    with pytest.raises(Refused) as refused:
        gate.open(query, body(V3), at(1714112445))

    assert (refused.value.status, refused.value.reason) == (400, "xml")


def test_v4_the_official_reply_is_sealed_to_the_same_letter():
    sealed = EnvelopeKey(ZEROS).seal(
        '{"demo_resp":"good luck"}', "wxba5fad812f8e6fb9", salt=b"707722b803182950"
    )

    assert (
        sealed == "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="
    )
    assert signature("AAAAA", "1713424427", "415670741", sealed) == "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1"


def test_v5_the_official_crypto_demo_is_a_text_of_a_resident():
    gate = post("spamtest", DEMO_KEY, "wx2c2769f8efd9abc2")
    query = {
        "signature": "16120ec1b8dbb870f510d87ce6bc2463eae6ca1a",
        "timestamp": "1409735669",
        "nonce": "1320562132",
        "encrypt_type": "aes",
        "msg_signature": "5d197aaffba7e9b25a30732f161a50dee96bd5fa",
    }

    incoming = gate.open(query, body(V5), at(1409735669)).incoming

    assert (incoming.kind, incoming.text, incoming.key) == (Kind.TEXT, "abcdteT", "6054768590064713728")


def test_v6_the_official_wecom_sample_opens_with_the_same_envelope():
    key = EnvelopeKey("jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C")

    echo = key.open(V6_ECHO)
    text, receiver = key.open(V6)

    assert echo == ("1616140317555161061", "wx5823bf96d3bd56c7")
    assert receiver == "wx5823bf96d3bd56c7"
    assert "<Content><![CDATA[hello]]></Content>" in text
    assert (
        signature("QDG6eK", "1409659589", "263014780", V6_ECHO) == "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3"
    )
    assert signature("QDG6eK", "1409659813", "1372623149", V6) == "477715d11cdb4164915debcba66cb864d751f3e6"


def test_v7_the_length_counts_bytes_of_chinese_text():
    sealed = EnvelopeKey(DEMO_KEY).seal("我是中文abcd123", "wxb11529c136998cb6", salt=b"aaaabbbbccccdddd")

    assert sealed == V7
    assert EnvelopeKey(DEMO_KEY).open(V7) == ("我是中文abcd123", "wxb11529c136998cb6")


def test_the_signature_is_the_sorted_parts_in_sha1():
    assert signature("b", "c", "a") == hashlib.sha1(b"abc", usedforsecurity=False).hexdigest()


def test_a_key_is_not_printed():
    assert DEMO_KEY not in repr(EnvelopeKey(DEMO_KEY))
