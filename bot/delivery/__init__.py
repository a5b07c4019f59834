"""Delivery of what the outbox holds."""

from datetime import timedelta

from bot.channels import WeChatClient, WeComRobots
from bot.clock import Clock
from bot.delivery.choosing import Chooser
from bot.delivery.delivery import Delivery
from bot.delivery.recording import Recorder
from bot.delivery.sending import Sender
from bot.delivery.templates import Templates
from bot.metrics import Metrics
from bot.settings import Settings
from handlers.rules.calendar import WorkingCalendar
from storage.database import Database

__all__ = ["Delivery", "delivery"]


def delivery(
    settings: Settings,
    database: Database,
    clock: Clock,
    calendar: WorkingCalendar,
    wechat: WeChatClient,
    robots: WeComRobots,
    node: str,
    metrics: Metrics,
) -> Delivery:
    """Return the delivery of one node, put together from the settings. ``node`` is unique to the process."""
    wishes = settings.delivery
    templates = Templates(settings.wechat.templates, settings.wechat.template_fields)
    lease = timedelta(seconds=wishes.lease_seconds)
    return Delivery(
        database,
        clock,
        Chooser(calendar, templates, settings.wecom.robots, lease),
        Sender(wechat, robots, settings.wechat.reply_limit_bytes),
        Recorder(calendar, wishes.backoff),
        wishes,
        node,
        metrics,
    )
