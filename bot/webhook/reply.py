"""What the chat is told at once, as the platform's XML."""

import re
from datetime import datetime

from wechatpy.replies import TextReply

from bot.channels.limits import TEXT_LIMIT_BYTES, fit_text
from handlers.residents.incoming import Incoming, Kind, Reply

SUCCESS = "success"
"""No answer, and do not push again; never encrypted. An XML with an empty Content is not that."""
SILENT = frozenset(
    {Kind.POSITION, Kind.UNFOLLOW, Kind.RECEIPT, Kind.ERASE, Kind.ACCOUNT, Kind.OTHER},
)
"""Kinds that are never answered: the platform forbids it (LOCATION), or nobody is there to read it."""

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 §2.2 does not allow in a document, lone surrogates included."""
_ENVELOPE = """<xml>
<Encrypt><![CDATA[{encrypt}]]></Encrypt>
<MsgSignature><![CDATA[{signature}]]></MsgSignature>
<TimeStamp>{timestamp}</TimeStamp>
<Nonce><![CDATA[{nonce}]]></Nonce>
</xml>"""


def in_cdata(text: str) -> str:
    """Return ``text`` fit to stand between ``<![CDATA[`` and ``]]>``, which wechatpy does not see to."""
    return _ILLEGAL.sub("", text).replace("]]>", "]]]]><![CDATA[>")


def speaks(incoming: Incoming, reply: Reply) -> bool:
    """Tell whether there is something to say, and somebody who may hear it."""
    return incoming.kind not in SILENT and bool(_ILLEGAL.sub("", reply.text).strip())


def render(incoming: Incoming, reply: Reply, now: datetime, limit_bytes: int = TEXT_LIMIT_BYTES) -> str:
    """Return the reply to ``incoming`` as XML, its text cut with … to ``limit_bytes`` of UTF-8."""
    text: str = TextReply(
        source=in_cdata(incoming.account),
        target=in_cdata(incoming.openid),
        time=int(now.timestamp()),
        content=in_cdata(fit_text(_ILLEGAL.sub("", reply.text), limit_bytes)),
    ).render()
    return text


def envelope(encrypt: str, signature: str, timestamp: str, nonce: str) -> str:
    """Return the XML that carries an encrypted reply."""
    return _ENVELOPE.format(encrypt=encrypt, signature=signature, timestamp=timestamp, nonce=in_cdata(nonce))
