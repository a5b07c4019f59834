"""The account's menu, as WeChat wants it: at most three buttons with five entries each."""

from typing import Any


def buttons() -> list[dict[str, Any]]:
    """Return the menu; the keys are those that the dialogue knows."""
    return [
        {"type": "click", "name": "我要反映", "key": "report"},
        {
            "name": "我的工单",
            "sub_button": [
                {"type": "click", "name": "查进度", "key": "progress"},
                {"type": "click", "name": "催办", "key": "urge"},
            ],
        },
        {
            "name": "帮助",
            "sub_button": [
                {"type": "click", "name": "怎么用", "key": "help"},
                {"type": "click", "name": "找人工", "key": "human"},
                {"type": "click", "name": "我的信息", "key": "privacy"},
            ],
        },
    ]
