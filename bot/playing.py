"""What the simulator needs that a real account would bring: credentials, templates, posters."""

import secrets
import string
from collections.abc import Sequence

from pydantic import SecretStr

from bot.sections import AES_KEY_CHARACTERS, TemplateSource
from bot.settings import Settings
from bot.simulator.values import (
    SampleOffice,
    SamplePoster,
    SampleTemplate,
    SimulatorSettings,
)
from handlers.residents.posters import posters
from handlers.rules.zone import Zone

ACCOUNT = "gh_simulator"
TEMPLATE = "SIMULATED_PROGRESS"
_FIELDS: dict[str, TemplateSource] = {
    "character_string1": "number",
    "thing2": "category",
    "thing3": "note",
    "time4": "time",
}
_LABELS = {"number": "工单编号", "category": "类别", "note": "进展", "time": "时间"}
_LETTERS = string.ascii_letters + string.digits


def with_credentials(settings: Settings, base_url: str) -> Settings:
    """Return settings whose missing credentials are made up for this run, and whose platform is ours.

    A token that was set without a key means plain mode, as on a real account.
    """
    wechat = settings.wechat
    made_up = not wechat.token.get_secret_value()
    key = _random(AES_KEY_CHARACTERS) if made_up else wechat.encoding_aes_key.get_secret_value()
    change = {
        "token": SecretStr(_random(32)) if made_up else wechat.token,
        "appid": wechat.appid or "wxsimulated",
        "secret": SecretStr(_random(32)),
        "encoding_aes_key": SecretStr(key),
        "mode": "safe" if made_up else wechat.mode,
        "original_id": wechat.original_id if not made_up else ACCOUNT,
        "api_base_url": f"{base_url}/simulator/platform",
        "templates": wechat.templates or {"default": TEMPLATE},
        "template_fields": wechat.template_fields or {"default": _FIELDS},
    }
    return settings.model_copy(update={"wechat": wechat.model_copy(update=change)})


def account(settings: Settings, base_url: str) -> SimulatorSettings:
    """Return what the simulator is told of the account that it plays."""
    wechat = settings.wechat
    return SimulatorSettings(
        base_url=base_url,
        token=wechat.token.get_secret_value(),
        appid=wechat.appid,
        secret=wechat.secret.get_secret_value(),
        encoding_aes_key=wechat.encoding_aes_key.get_secret_value(),
        mode=wechat.mode,
        account=wechat.original_id or ACCOUNT,
        name=f"{settings.zone.name}接诉",
    )


def templates() -> Sequence[SampleTemplate]:
    """Return the one template of the simulated account."""
    fields = tuple((key, _LABELS[source]) for key, source in _FIELDS.items())
    return (SampleTemplate(TEMPLATE, "诉求办理进展通知", fields),)


def scenes(zone: Zone) -> Sequence[SamplePoster]:
    """Return the posters of the zone's estates and markets, then those of its communities."""
    known = [SamplePoster(scene.place, key) for key, scene in posters(zone).items()]
    return sorted(known, key=lambda poster: poster.scene[2:].isdigit())


def offices(zone: Zone) -> Sequence[SampleOffice]:
    """Return the zone's own street offices."""
    return tuple(SampleOffice(office.code, office.name) for office in zone.own_offices)


def _random(length: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(length))
