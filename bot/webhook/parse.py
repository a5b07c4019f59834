"""From the elements of one push to what the dialogue understands."""

from datetime import UTC, datetime

from bot.webhook.document import Fields
from bot.webhook.events import parse_event
from bot.webhook.messages import parse_message
from bot.webhook.push import Push
from bot.webhook.refusal import bad
from handlers.residents.incoming import Datum, Incoming

_NAME_LIMIT_CHARACTERS = 128
"""Openids have 28 characters and original ids 15; anything much longer is not one."""
_LAST_SECOND = int(datetime(9999, 1, 1, tzinfo=UTC).timestamp())


def parse(fields: Fields, *, position_datum: Datum) -> Incoming:
    """Return the push as a value; Refused(400) where one of the four common elements is missing or wrong.

    Anything else that is missing, of the wrong type or unknown makes a Kind.OTHER, which is answered
    ``success``: the platform would only send the same again.
    """
    push = _common(fields)
    if push.type == "event":
        return parse_event(push, position_datum)
    return parse_message(push)


def _common(fields: Fields) -> Push:
    return Push(
        fields=fields,
        sender=_name(fields, "FromUserName"),
        account=_name(fields, "ToUserName"),
        sent_at=_sent_at(fields),
        type=_required(fields, "MsgType").lower(),
    )


def _required(fields: Fields, name: str) -> str:
    value = fields.text(name)
    if not value:
        raise bad("fields")
    return value


def _name(fields: Fields, name: str) -> str:
    value = _required(fields, name)
    if len(value) > _NAME_LIMIT_CHARACTERS:
        raise bad("fields")
    return value


def _sent_at(fields: Fields) -> datetime:
    seconds = fields.integer("CreateTime")
    if seconds is None or seconds > _LAST_SECOND:
        raise bad("fields")
    return datetime.fromtimestamp(seconds, UTC)
