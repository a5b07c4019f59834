"""The configuration that the service under test runs on: the shipped one, with what the tests need."""

import json
from pathlib import Path
from typing import Any

import yaml

from tests.acceptance.wire import Account

SHIPPED = Path(__file__).parents[2] / "config.yaml"
ACCOUNT = Account(
    token="acceptancetoken",
    appid="wx1234567890abcdef",
    key="abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    original_id="gh_acceptance",
)
SECRET = "0123456789abcdef0123456789abcdef"
OFFICE, OTHER_OFFICE = "430476001", "430476999"
TEMPLATE = "PROGRESS_TEMPLATE"
TEMPLATE_FIELDS = {"character_string1": "number", "thing2": "category", "thing3": "note", "time4": "time"}


def zone() -> dict[str, Any]:
    """Return the shipped configuration with a second office of our own, and without quiet hours."""
    tree: dict[str, Any] = yaml.safe_load(SHIPPED.read_text("utf-8"))
    tree["zone"]["calendar"]["quiet"] = {"start": "00:00", "end": "00:00"}
    ours = next(district for district in tree["zone"]["districts"] if district.get("ours"))
    ours["offices"].append(
        {"code": OTHER_OFFICE, "name": "试点街道", "communities": {f"{OTHER_OFFICE}001": "试点社区"}}
    )
    return tree


def write(folder: Path) -> Path:
    """Write that configuration into ``folder``."""
    file = folder / "config.yaml"
    file.write_text(yaml.safe_dump(zone(), allow_unicode=True, sort_keys=False), "utf-8")
    return file


def environment(folder: Path, database_url: str, platform_url: str, port: int) -> dict[str, str]:
    """Return the variables of a service in safe mode; whatever fails is tried again within a second."""
    return {
        "BOT_SERVER__PORT": str(port),
        "BOT_DATABASE__URL": database_url,
        "BOT_ARCHIVE__URL": (folder / "archive").as_uri(),
        "BOT_WECHAT__TOKEN": ACCOUNT.token,
        "BOT_WECHAT__APPID": ACCOUNT.appid,
        "BOT_WECHAT__SECRET": SECRET,
        "BOT_WECHAT__ENCODING_AES_KEY": ACCOUNT.key,
        "BOT_WECHAT__ORIGINAL_ID": ACCOUNT.original_id,
        "BOT_WECHAT__API_BASE_URL": platform_url,
        "BOT_WECHAT__TEMPLATES": json.dumps({"default": TEMPLATE}),
        "BOT_WECHAT__TEMPLATE_FIELDS": json.dumps({"default": TEMPLATE_FIELDS}),
        "BOT_DELIVERY__FIRST_RETRY_SECONDS": "1",
        "BOT_DELIVERY__RETRY_CAP_SECONDS": "1",
        "BOT_DELIVERY__TRIES": "100",
        "BOT_DELIVERY__LEASE_SECONDS": "5",
        "BOT_DELIVERY__POLL_SECONDS": "0.2",
    }
