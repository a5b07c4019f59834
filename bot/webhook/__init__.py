"""The WeChat callback: verify, decrypt, parse into Incoming; Reply into XML."""

from bot.webhook.gate import Gate, Mode, Opened
from bot.webhook.refusal import BODY_LIMIT_BYTES, Refused
from bot.webhook.views import BUDGET, routes

__all__ = ["BODY_LIMIT_BYTES", "BUDGET", "Gate", "Mode", "Opened", "Refused", "routes"]
