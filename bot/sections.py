"""The sections of the settings, apart from the zone: frozen, with defaults that suit one machine."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, model_validator

from handlers.rules.delivery import Backoff
from handlers.rules.part import Part, mistake

AES_KEY_CHARACTERS = 43
"""Length of an EncodingAESKey (base64 of 32 bytes without ``=``; platform rule)."""
_AES_KEY = re.compile(rf"(?:[A-Za-z0-9+/]{{{AES_KEY_CHARACTERS}}})?")
Positive = Annotated[int, Field(gt=0)]
NO_SECRET = SecretStr("")
TemplateSource = Literal["number", "category", "status", "owner", "note", "time"]
"""What a notice can show in a field of a template message."""


def _local_archive() -> str:
    return (Path.cwd() / "var" / "archive").as_uri()


class Server(Part):
    """Where the service listens, and how long a stop may take."""

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    shutdown_seconds: Positive = 20


class Database(Part):
    """An SQLAlchemy URL, ``sqlite:///`` or ``postgresql+psycopg://``; one with a password is a secret."""

    url: Annotated[str, Field(repr=False, pattern=r"^(sqlite|postgresql)[+a-z]*://")] = (
        "sqlite:///var/jiesu.db"
    )


class Archive(Part):
    """Where photos and voices are kept: ``file:///path`` or an S3 URL."""

    url: Annotated[str, Field(repr=False, pattern=r"^[a-z0-9]+://")] = Field(default_factory=_local_archive)


class Wechat(Part):
    """The service account. ``templates`` maps a notice to a template id, ``template_fields`` to its keys.

    ``mode`` left out is safe where a key is set, else plain.
    """

    token: SecretStr = NO_SECRET
    appid: str = ""
    secret: SecretStr = NO_SECRET
    encoding_aes_key: SecretStr = NO_SECRET
    previous_encoding_aes_keys: tuple[SecretStr, ...] = ()
    mode: Literal["plain", "compatible", "safe"] = "plain"
    original_id: str = ""
    api_base_url: Annotated[str, Field(pattern=r"^https?://\S+$")] = "https://api.weixin.qq.com"
    freshness_seconds: Positive = 300
    reply_limit_bytes: Positive = 2048
    templates: dict[str, str] = Field(default_factory=dict)
    template_fields: dict[str, dict[str, TemplateSource]] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _choose_mode(cls, data: Any) -> Any:
        if not isinstance(data, dict) or data.get("mode"):
            return data
        return {**data, "mode": "safe" if data.get("encoding_aes_key") else "plain"}

    @model_validator(mode="after")
    def _check_keys(self) -> "Wechat":
        if self.mode != "plain" and not self.encoding_aes_key.get_secret_value():
            raise mistake("mode", f"{self.mode} needs wechat.encoding_aes_key")
        for at, key in enumerate((self.encoding_aes_key, *self.previous_encoding_aes_keys)):
            name = f"previous_encoding_aes_keys[{at - 1}]" if at else "encoding_aes_key"
            if not _AES_KEY.fullmatch(key.get_secret_value()):
                raise mistake(name, f"must have {AES_KEY_CHARACTERS} characters, letters and digits")
        return self

    @model_validator(mode="after")
    def _check_templates(self) -> "Wechat":
        for name in self.templates:
            if not (self.template_fields.get(name) or self.template_fields.get("default")):
                raise mistake(f"templates.{name}", "is never sent: wechat.template_fields says nothing of it")
        return self


class Wecom(Part):
    """WeCom group robots: name (as the zone's offices and departments give it) to key."""

    base_url: Annotated[str, Field(pattern=r"^https?://\S+$")] = "https://qyapi.weixin.qq.com"
    robots: dict[str, SecretStr] = Field(default_factory=dict)
    messages_per_minute: Positive = 20
    """Platform limit of a robot."""


class Console(Part):
    """The officers' web pages; sessions are rows, so a restart signs nobody out."""

    cookie_secure: bool = False
    session_hours: Positive = 12


class Scheduler(Part):
    """The clock's jobs; any number of nodes may have it enabled."""

    enabled: bool = True
    tick_seconds: Positive = 30


class Delivery(Part):
    """How the outbox is emptied and failed messages are tried again."""

    workers: Positive = 8
    """Messages on their way at once: a slow one holds up its own ticket only."""
    batch: Positive = 20
    poll_seconds: Annotated[float, Field(gt=0)] = 1.0
    lease_seconds: Positive = 60
    tries: Positive = 24
    first_retry_seconds: Positive = 30
    retry_cap_seconds: Positive = 7200

    @property
    def backoff(self) -> Backoff:
        """How long to wait after a failure, for `handlers.rules.delivery.next_try`."""
        first, cap = timedelta(seconds=self.first_retry_seconds), timedelta(seconds=self.retry_cap_seconds)
        return Backoff(self.tries, first, cap)


class Log(Part):
    """How much is logged, and whether for machines or for people."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["json", "console"] = "json"


class Simulator(Part):
    """The WeChat-like chat page; for development only."""

    enabled: bool = False
