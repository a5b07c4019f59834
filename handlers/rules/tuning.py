"""The numbers a zone may turn: limits, the dialogue, the clock, retention, the phone numbers."""

from datetime import time
from typing import Annotated

from pydantic import BeforeValidator, Field

from handlers.rules.hours import ClockTime
from handlers.rules.part import Name, Part

Count = Annotated[int, Field(ge=1, le=100_000)]
"""A positive number of things, days or hours, as the key says."""
Share = Annotated[float, Field(gt=0, lt=1)]
"""A part of a whole."""


class Limits(Part):
    """What is bounded, so that one resident, office or mistake cannot hurt the others."""

    nearest_km: Annotated[float, Field(gt=0, le=50)] = 1.5
    """How far a point may lie from an office's configured centre and still be taken as its own."""
    duplicate_days: Count = 30
    duplicate_metres: Count = 250
    urge_hours: Count = 24
    reports_per_day: Count = 20
    photos_per_ticket: Count = 20
    text_characters: Count = 2000
    returns: Count = 1
    """How often a ticket may be returned; after that the desk has ruled (潍坊 12345 §22)."""
    extensions: Count = 2
    extension_days: Count = 5
    hold_days: Count = 30
    legal_ceiling_days: Count = 60
    """Calendar days (信访工作条例 §34)."""


class DialogueSettings(Part):
    """How the chat asks: at most ``ask_times`` for a missing thing, then files as it is."""

    ask_times: Count = 2
    silence_hours: Count = 24
    minimum_characters: Count = 5
    """Shorter texts hold no report (12369 asks for the same)."""
    follow_on_hours: Count = 72
    """How long after filing a photo or a position without words still joins that ticket."""


class ClockSettings(Part):
    """When reminders are due; days are working days unless said otherwise."""

    half: Share = 0.5
    eighty: Share = 0.8
    escalate_desk_days: Count = 1
    escalate_leader_days: Count = 2
    follow_up_days: Count = 3
    """Calendar days in which the resident has heard nothing."""
    rate_at: ClockTime = time(10)
    rate_again_days: Count = 2
    """Calendar days after the first question."""
    close_unrated_days: Count = 7
    """Calendar days after the first question."""
    return_waiting_hours: Annotated[float, Field(gt=0, le=80)] = 2
    """Working hours a ticket may lie with the desk unassigned."""


class RetentionSettings(Part):
    """Calendar days after which data has met its purpose (个人信息保护法 §19, §47)."""

    inbox_days: Count = 7
    conversation_days: Count = 90
    outbox_days: Count = 180
    contact_days: Count = 1095
    """Days after closing until what ties a ticket to a person is erased."""
    original_photo_days: Count = 365


class Hotline(Part):
    """A number to call and what it is for."""

    name: Name
    number: Annotated[str, BeforeValidator(lambda value: str(value) if isinstance(value, int) else value)]
    text: str = ""


class Hotlines(Part):
    """The public numbers that the chat refers people to."""

    government: Hotline = Hotline(name="政务服务便民热线", number="12345", text="其他政务诉求")
    environment: Hotline = Hotline(name="生态环境举报热线", number="12369", text="生态环境举报")
    police: Hotline = Hotline(name="报警", number="110", text="治安案件、人身安全受到威胁")
    fire: Hotline = Hotline(name="火警", number="119", text="起火、爆炸、有毒气体泄漏")
    ambulance: Hotline = Hotline(name="急救", number="120", text="有人受伤、中毒、昏迷")
    traffic: Hotline = Hotline(name="交通事故报警", number="122", text="交通事故")
