"""The account's passive answer to a push: is it one that the platform would take, and what does it say?"""

from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from bot.simulator.envelope import Envelope, EnvelopeError, sign
from bot.simulator.markup import parse
from bot.simulator.values import SimulatorSettings

_LONGEST_TEXT = 2048
"""Bytes; the working limit of a text message."""
_OK = 200


class NoAnswerError(Exception):
    """Nothing usable came in time: the platform tries again."""


class BadAnswerError(ValueError):
    """An answer that the platform cannot read: the resident is told that the account is out of order."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: ``kind`` and ``content`` as a chat entry has them, ``kind`` "" for silence."""

    kind: str = ""
    content: tuple[tuple[str, Any], ...] = ()
    xml: str = ""
    note: str = ""
    fault: bool = False

    @property
    def fields(self) -> dict[str, Any]:
        """Return the content of the chat entry."""
        return dict(self.content)


class Reader:
    """Reads answers with the strictness of the platform."""

    def __init__(self, settings: SimulatorSettings, envelope: Envelope | None) -> None:
        self._settings = settings
        self._envelope = envelope

    def read(self, status: int, body: bytes, openid: str) -> Answer:
        """Return the answer; NoAnswerError on an HTTP error, BadAnswerError on anything malformed."""
        if status != _OK:
            raise NoAnswerError(f"HTTP {status}")
        text = _decoded(body)
        if text in {"", "success"}:
            return Answer(xml=text)
        plain = self._opened(text)
        root = _parsed(plain)
        self._check_addresses(root, openid)
        kind, content = _shown(root)
        return Answer(kind, tuple(content.items()), plain)

    def _opened(self, text: str) -> str:
        root = _parsed(text)
        if root.find("Encrypt") is None:
            if self._settings.mode == "safe":
                raise BadAnswerError("安全模式下答复必须加密")
            return text
        if self._envelope is None:
            raise BadAnswerError("明文模式下答复不应加密")
        return self._unsealed(root, self._envelope)

    def _unsealed(self, root: ET.Element, envelope: Envelope) -> str:
        sealed, nonce = _need(root, "Encrypt"), _need(root, "Nonce")
        if _need(root, "MsgSignature") != sign(self._settings.token, _need(root, "TimeStamp"), nonce, sealed):
            raise BadAnswerError("答复的 MsgSignature 不对")
        try:
            return envelope.open(sealed)
        except EnvelopeError as error:
            raise BadAnswerError(f"答复解密失败：{error}") from error

    def _check_addresses(self, root: ET.Element, openid: str) -> None:
        if _need(root, "ToUserName") != openid or _need(root, "FromUserName") != self._settings.account:
            raise BadAnswerError("答复的 ToUserName / FromUserName 不对")
        if not _need(root, "CreateTime").isdigit():
            raise BadAnswerError("答复的 CreateTime 不是整数")


def _decoded(body: bytes) -> str:
    try:
        return body.decode().strip()
    except UnicodeDecodeError as error:
        raise BadAnswerError("答复不是 UTF-8") from error


def _parsed(text: str) -> ET.Element:
    try:
        return parse(text)
    except ValueError as error:
        raise BadAnswerError(f"答复不是合规的 XML：{error}") from error


def _need(root: ET.Element, path: str) -> str:
    value = root.findtext(path, "")
    if not value:
        raise BadAnswerError(f"答复缺少 {path}")
    return value


def _shown(root: ET.Element) -> tuple[str, dict[str, Any]]:
    kind = _need(root, "MsgType")
    if kind == "text":
        content = _need(root, "Content")
        if len(content.encode()) > _LONGEST_TEXT:
            raise BadAnswerError(f"答复超过 {_LONGEST_TEXT} 字节")
        return "text", {"text": content}
    if kind == "image":
        return "image", {"media": _need(root, "Image/MediaId")}
    if kind == "news":
        return "news", {"articles": [_article(item) for item in root.findall("Articles/item")]}
    if kind == "transfer_customer_service":
        return "notice", {"text": "已转接人工客服"}
    raise BadAnswerError(f"模拟器不显示 {kind} 类型的答复")


def _article(item: ET.Element) -> dict[str, str]:
    names = {"title": "Title", "description": "Description", "picture": "PicUrl", "url": "Url"}
    return {name: item.findtext(tag, "") for name, tag in names.items()}
