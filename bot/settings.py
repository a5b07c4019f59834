"""config.yaml and ``BOT_*`` variables -> frozen `Settings`, or one line that says what is wrong."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.sections import (
    Archive,
    Console,
    Database,
    Delivery,
    Log,
    Scheduler,
    Server,
    Simulator,
    Wechat,
    Wecom,
)
from bot.sources import PREFIX, BadSettings, overlaid, read_environment, read_file, secrets_in, variable_path
from handlers.rules.part import MISPLACED, mistake
from handlers.rules.zone import Zone

__all__ = [
    "DEFAULT_CONFIG",
    "Archive",
    "BadSettings",
    "Console",
    "Database",
    "Delivery",
    "Log",
    "Scheduler",
    "Server",
    "Settings",
    "Simulator",
    "Wechat",
    "Wecom",
    "load",
]

DEFAULT_CONFIG = Path(__file__).parent.parent / "config.yaml"
"""The configuration that is shipped beside the packages."""
_PLAIN_WORDS = {"extra_forbidden": "unknown setting", "missing": "is missing"}


class Settings(BaseSettings):
    """Everything the service is told before it starts; nothing in it changes while it runs."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    server: Server = Server()
    database: Database = Database()
    archive: Archive = Archive()
    wechat: Wechat = Wechat()
    wecom: Wecom = Wecom()
    console: Console = Console()
    scheduler: Scheduler = Scheduler()
    delivery: Delivery = Delivery()
    log: Log = Log()
    simulator: Simulator = Simulator()
    zone: Zone

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - this and the rest are the library's signature
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take only what `load` hands in, so that no stray variable or .env file gets in."""
        return (init_settings,)

    @model_validator(mode="after")
    def _keep_play_apart(self) -> "Settings":
        if self.simulator.enabled and self.wechat.secret.get_secret_value():
            raise mistake("simulator.enabled", "refused while a real wechat.secret is set")
        return self

    @property
    def robots_without_key(self) -> tuple[str, ...]:
        """Names of group robots that the zone mentions and no key is set for; `check` reports them."""
        zone = self.zone
        codes = [office.code for office in zone.own_offices]
        owners = (zone.desk.robot, *(zone.robot(code) for code in (*codes, *zone.departments)))
        return tuple(name for name in dict.fromkeys(owners) if name and name not in self.wecom.robots)


def load(config: Path | None, environ: Mapping[str, str]) -> Settings:
    """Return the settings of a file (None: the one shipped) overridden by ``BOT_SECTION__KEY`` variables.

    Secrets come from the environment only. BadSettings, in one line that names the key, where a key
    is unknown, missing or bad, or the file cannot be read.
    """
    path = config or DEFAULT_CONFIG
    tree = read_file(path)
    for key in secrets_in(tree, Settings):
        variable = PREFIX + key.upper().replace(".", "__")
        raise BadSettings(f"{path.name}: {key}: is a secret; set {variable} in the environment instead")
    try:
        return Settings(**overlaid(tree, read_environment(Settings, environ)))
    except ValidationError as error:
        raise BadSettings(_told(error, path, environ)) from None


def _told(error: ValidationError, path: Path, environ: Mapping[str, str]) -> str:
    first, *others = error.errors(include_url=False, include_input=False)
    keys = _keys(first)
    source = _variable(keys, environ) or f"{path.name}: {_dotted(keys)}"
    more = f" (and {len(others)} more)" if others else ""
    words = _PLAIN_WORDS.get(first["type"]) or first["msg"].removeprefix("Value error, ")
    return f"{source}: {words}{more}".replace("\n", " ")


def _keys(error: ErrorDetails) -> tuple[str | int, ...]:
    keys = tuple(key for key in error["loc"] if key != "[key]")
    return (*keys, error["ctx"]["key"]) if error["type"] == MISPLACED else keys


def _dotted(keys: tuple[str | int, ...]) -> str:
    parts = (f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys)
    return "".join(parts).removeprefix(".")


def _variable(keys: tuple[str | int, ...], environ: Mapping[str, str]) -> str | None:
    path = tuple(_dotted(keys).replace("[", ".").replace("]", "").split("."))
    for name, value in environ.items():
        if value and name.upper().startswith(PREFIX):
            named = variable_path(name)
            if named[: len(path)] == path or path[: len(named)] == named:
                return name
    return None
