"""Events: what a resident did without writing, and what the platform has to say."""

from collections.abc import Callable
from typing import Any

from bot.webhook.document import Fields
from bot.webhook.push import Push, filled, point
from bot.webhook.receipts import job_receipt, sent_receipt
from handlers.residents.incoming import Datum, Incoming, Kind

Reading = tuple[Kind, dict[str, Any]]
_SCENE_PREFIX = "qrscene_"
_EVENT_LIMIT_CHARACTERS = 64
_ACCOUNT_PREFIXES = ("qualification_verify_", "naming_verify_")


def parse_event(push: Push, position_datum: Datum) -> Incoming:
    """Return an event; names are compared without case, as the platform itself varies it.

    ``position_datum`` is the datum of LOCATION events, on which sources differ.
    """
    event = push.fields.text("Event").lower()[:_EVENT_LIMIT_CHARACTERS]
    kind, rest = _reading(event, push.fields, position_datum)
    return push.becomes(kind, _key(push, event), event=event, **rest)


def _reading(event: str, fields: Fields, position_datum: Datum) -> Reading:
    if event == "location":
        return _position(fields, position_datum)
    if event.startswith(_ACCOUNT_PREFIXES):
        return _account(fields)
    return _READERS.get(event, _other)(fields)


def _key(push: Push, event: str) -> str:
    fields = push.fields
    sent = fields.child("SubscribeMsgSentEvent").child("List")
    numbers = (fields.text("MsgID"), sent.text("MsgID"), fields.child("ScanCodeInfo").text("ScanResult"))
    return push.digest(event, fields.text("EventKey"), *numbers)


def _follow(fields: Fields) -> Reading:
    # Other keys (last_trade_no_...) are no scenes of ours.
    key = fields.text("EventKey")
    return Kind.FOLLOW, {"event_key": key[len(_SCENE_PREFIX) :] if key.startswith(_SCENE_PREFIX) else ""}


def _unfollow(_: Fields) -> Reading:
    return Kind.UNFOLLOW, {}


def _scan(fields: Fields) -> Reading:
    return Kind.SCAN, {"event_key": fields.text("EventKey").removeprefix(_SCENE_PREFIX)}


def _menu_scan(fields: Fields) -> Reading:
    # A scan from our own menu: EventKey is the button's, what was scanned is the result.
    result = fields.child("ScanCodeInfo").text("ScanResult")
    return Kind.SCAN, {"event_key": result, "details": filled(button=fields.text("EventKey"))}


def _menu(fields: Fields) -> Reading:
    return Kind.MENU, {"event_key": fields.text("EventKey")}


def _position(fields: Fields, datum: Datum) -> Reading:
    place = point(fields.decimal("Latitude"), fields.decimal("Longitude"), datum)
    if place is None:
        return Kind.OTHER, {}
    return Kind.POSITION, {"point": place, "details": filled(precision_metres=fields.text("Precision"))}


def _erase(fields: Fields) -> Reading:
    # The person is named in OpenID; FromUserName may be an account of the platform.
    named = fields.text("OpenID")
    details = filled(revoke_info=fields.text("RevokeInfo"))
    return Kind.ERASE, {"details": details, **({"openid": named} if named else {})}


def _account(fields: Fields) -> Reading:
    details = filled(
        expired_time=fields.text("ExpiredTime"),
        fail_time=fields.text("FailTime"),
        fail_reason=fields.text("FailReason"),
    )
    return Kind.ACCOUNT, {"details": details}


def _mass_job(fields: Fields) -> Reading:
    details = filled(
        msg_id=fields.text("MsgID"),
        status=fields.text("Status"),
        sent=fields.text("SentCount"),
        failed=fields.text("ErrorCount"),
    )
    return Kind.OTHER, {"details": details}


def _subscriptions(fields: Fields) -> Reading:
    # The platform's own sample wraps a change in the popup's element: both names are read.
    wrappers = ("SubscribeMsgPopupEvent", "SubscribeMsgChangeEvent")
    choices = [each for name in wrappers for each in fields.child(name).children("List")]
    return Kind.OTHER, {
        "details": filled(accepted=_chosen(choices, "accept"), refused=_chosen(choices, "reject"))
    }


def _chosen(choices: list[Fields], status: str) -> str:
    chosen = (each for each in choices if each.text("SubscribeStatusString").lower() == status)
    return ",".join(each.text("TemplateId") for each in chosen)


def _other(fields: Fields) -> Reading:
    return Kind.OTHER, {"event_key": fields.text("EventKey")}


_READERS: dict[str, Callable[[Fields], Reading]] = {
    "subscribe": _follow,
    "unsubscribe": _unfollow,
    "scan": _scan,
    "scancode_push": _menu_scan,
    "scancode_waitmsg": _menu_scan,
    "click": _menu,
    "templatesendjobfinish": job_receipt,
    "subscribe_msg_sent_event": sent_receipt,
    "subscribe_msg_popup_event": _subscriptions,
    "subscribe_msg_change_event": _subscriptions,
    "masssendjobfinish": _mass_job,
    "user_authorization_revoke": _erase,
    "user_authorization_cancellation": _erase,
    "annual_renew": _account,
    "verify_expired": _account,
}
"""The rest is Kind.OTHER: ``view``, ``view_miniprogram``, ``kf_*``, ``user_info_modified``, unknown ones;
``pic_*`` and ``location_select`` too, since their photos and their point follow as messages of their own."""
