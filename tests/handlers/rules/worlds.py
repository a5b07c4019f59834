"""A small zone for the tests of the rules: two streets of ours, one of a neighbour."""

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from handlers.rules.zone import Zone

SHANGHAI = ZoneInfo("Asia/Shanghai")


def tree() -> dict[str, Any]:
    """Return the zone as it comes out of a file."""
    return deepcopy(_TREE)


def zone(**changes: Any) -> Zone:
    """Return the zone with some of its keys replaced."""
    return Zone.model_validate(tree() | changes)


def at(local: str) -> datetime:
    """Return the UTC moment of a local "2026-11-24 08:30"."""
    return datetime.fromisoformat(local).replace(tzinfo=SHANGHAI).astimezone(UTC)


def category(**changes: Any) -> dict[str, Any]:
    """Return a category as it comes out of a file."""
    return {
        "name": "扬尘",
        "what_example": "工地不洒水",
        "where_example": "北门工地",
        "departments": {"industry": "construction", "comprehensive": "ecology"},
        "outcomes": [{"code": "rectified", "label": "整改到位"}],
    } | changes


_TREE = {
    "name": "试验区",
    "desk": {"name": "调度台", "robot": "desk"},
    "departments": {
        "construction": {"name": "住建局", "robot": "builders"},
        "ecology": {"name": "生态环境局"},
    },
    "categories": {
        "dust": category(),
        "none": category(name="其他", departments={"industry": "desk", "comprehensive": "desk"}),
    },
    "districts": [
        {
            "code": 1001,
            "name": "本区",
            "ours": True,
            "offices": [
                {
                    "code": 1001001,
                    "name": "东街道",
                    "robot": "east",
                    "communities": {
                        1001001001: "春社区",
                        1001001002: {"name": "夏社区", "centre": [26.95, 112.65]},
                    },
                    "polygon": [[26.9, 112.6], [26.9, 112.61], [26.91, 112.61], [26.91, 112.6]],
                },
                {
                    "code": 1001002,
                    "name": "西街道",
                    "communities": {1001002001: "秋社区"},
                    "centre": [26.9, 112.5],
                },
            ],
        },
        {
            "code": 1002,
            "name": "邻区",
            "answers": "邻区12345热线",
            "offices": [
                {
                    "code": 1002001,
                    "name": "南街道",
                    "communities": {1002001001: "冬社区"},
                    "centre": [26.8, 112.5],
                }
            ],
        },
    ],
}
