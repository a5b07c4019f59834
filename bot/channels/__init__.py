"""Outward: the WeChat API and the group robots of WeCom."""

from bot.channels.errors import ChannelError, Reaction
from bot.channels.limits import TEXT_LIMIT_BYTES, fit_field, fit_text
from bot.channels.tokens import MemoryShelf, Token, TokenShelf
from bot.channels.transport import Fetched
from bot.channels.wechat import Qr, Sent, WeChatClient
from bot.channels.wecom import WeComRobots

__all__ = [
    "TEXT_LIMIT_BYTES",
    "ChannelError",
    "Fetched",
    "MemoryShelf",
    "Qr",
    "Reaction",
    "Sent",
    "Token",
    "TokenShelf",
    "WeChatClient",
    "WeComRobots",
    "fit_field",
    "fit_text",
]
