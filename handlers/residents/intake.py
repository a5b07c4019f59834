"""A push of the platform, from claim to reply, in one transaction."""

from dataclasses import replace
from datetime import datetime, timedelta

from handlers.forgetting import forget
from handlers.receipts import receipt
from handlers.residents import commands, reading
from handlers.residents.carrying import Carrier
from handlers.residents.dialogue import Dialogue
from handlers.residents.draft import dumped, loaded
from handlers.residents.incoming import NO_REPLY, Datum, Incoming, Kind, Point, Reply
from handlers.residents.keeping import Keeper, storable
from handlers.residents.known import Known, case_of
from handlers.residents.pending import fitted, give_kept
from handlers.residents.posters import posters
from handlers.residents.steps import Heard
from handlers.residents.talk import Talk, state_of
from handlers.rules.delivery import Act, window_after
from handlers.rules.zone import Zone
from handlers.texts import dialogue as texts
from nlp import Analysis
from storage.models import Conversation, Resident, Ticket
from storage.unit import Unit

SPOKEN = frozenset({Kind.TEXT, Kind.PHOTO, Kind.VOICE, Kind.VIDEO, Kind.LOCATION, Kind.LINK})
"""What a resident says; the rest is done by tapping, scanning, following."""
ANSWERED = SPOKEN | {Kind.FOLLOW, Kind.SCAN, Kind.MENU}
KNOWN_TICKETS = 10
POINT_FRESH = timedelta(minutes=10)
"""How long the position that the phone reported counts as where the resident is."""


class Intake:
    """Takes pushes. ``zone`` names the places of posters; the others do the parts of the work."""

    def __init__(self, zone: Zone, dialogue: Dialogue, keeper: Keeper, carrier: Carrier) -> None:
        self._posters = posters(zone)
        self._dialogue = dialogue
        self._keeper = keeper
        self._carrier = carrier

    def receive(self, unit: Unit, incoming: Incoming, analysis: Analysis | None, now: datetime) -> Reply:
        """Do the work of one push and return its reply; a repeat gets the reply of the first."""
        incoming = replace(incoming, text=storable(incoming.text))
        if not unit.inbox.claim(incoming.key, now):
            return Reply(unit.inbox.reply(incoming.key))
        reply = self._work(unit, incoming, analysis, now)
        unit.inbox.answer(incoming.key, reply.text)
        return reply

    def silent(self, unit: Unit, resident_id: int, now: datetime) -> bool:
        """End a talk whose question was not answered in time; True where that filed a ticket."""
        resident = unit.residents.held(resident_id)
        conversation = unit.conversations.of(resident_id)
        talk = _talk(conversation)
        if resident is None or talk.expires_at is None or talk.expires_at > now:
            return False
        step = self._dialogue.silence(talk)
        ticket_id, text = self._carrier.carry_silent(unit, resident, step, now)
        self._save(unit, conversation, step.talk, ticket_id)
        return bool(text)

    def _work(self, unit: Unit, incoming: Incoming, analysis: Analysis | None, now: datetime) -> Reply:
        if incoming.kind is Kind.RECEIPT:
            receipt(unit, incoming.details.get("msg_id", ""), incoming.details.get("status", ""), now)
            return NO_REPLY
        if incoming.kind in {Kind.ACCOUNT, Kind.OTHER}:
            return NO_REPLY
        resident = unit.residents.met(incoming.openid, incoming.account, now)
        if incoming.kind not in ANSWERED:
            self._keeper.note(unit, resident, incoming, now)
            return NO_REPLY
        return self._talk_with(unit, resident, incoming, analysis, now)

    def _talk_with(
        self, unit: Unit, resident: Resident, incoming: Incoming, analysis: Analysis | None, now: datetime
    ) -> Reply:
        assert resident.id is not None
        self._open_window(resident, incoming, now)
        notice = self._notice(resident, now)
        unit.residents.save(resident)
        message, files = self._keeper.keep(unit, resident, incoming, now)
        conversation = unit.conversations.of(resident.id)
        heard = Heard(incoming, analysis, message.id or 0, tuple(file.id or 0 for file in files))
        known = self._known(unit, resident, heard, now)
        step = self._dialogue.step(_talk(conversation).current(now), heard, known, now)
        if isinstance(step.command, commands.Erase):
            forget(unit, resident.id, now)  # nothing of this talk is left to be saved
            return Reply(texts.ERASED)
        ticket_id, answer = self._carrier.carry(unit, resident, heard, step, now)
        self._save(unit, conversation, step.talk, ticket_id)
        parts = [step.prefix, answer, step.suffix, notice]
        text = give_kept(unit, resident, fitted("\n".join(part for part in parts if part)), now)
        unit.messages.answer(message, text)
        return Reply(text)

    @staticmethod
    def _notice(resident: Resident, now: datetime) -> str:
        """The privacy notice, at first contact (个人信息保护法 §17, §35)."""
        if resident.notice_told_at is not None:
            return ""
        resident.notice_told_at = now
        return texts.PRIVACY

    @staticmethod
    def _open_window(resident: Resident, incoming: Incoming, now: datetime) -> None:
        act = Act.of(incoming.kind.value, incoming.menu_id)
        if act is not None:
            window = window_after(act, now, resident.window_until, resident.window_left)
            resident.window_until, resident.window_left = window.until, window.left
        resident.followed = resident.reachable = True

    def _known(self, unit: Unit, resident: Resident, heard: Heard, now: datetime) -> Known:
        assert resident.id is not None
        tickets = list(unit.tickets.of_resident(resident.id, KNOWN_TICKETS))
        meant = _meant(unit, heard)
        if meant and meant.resident_id == resident.id and meant not in tickets:
            tickets.append(meant)
        scene = None
        if heard.incoming.kind in {Kind.SCAN, Kind.FOLLOW}:
            scene = self._posters.get(heard.incoming.event_key)
        return Known(tuple(case_of(ticket) for ticket in tickets), scene, _here(resident, now))

    @staticmethod
    def _save(unit: Unit, conversation: Conversation, talk: Talk, ticket_id: int | None) -> None:
        conversation.state = talk.state.value
        conversation.draft = dumped(talk.draft)
        conversation.expires_at = talk.expires_at
        conversation.ticket_id = ticket_id or talk.ticket_id
        unit.conversations.save(conversation)


def _talk(conversation: Conversation) -> Talk:
    draft = loaded(conversation.draft)
    state = state_of(conversation.state, draft)
    return Talk(state, draft, conversation.ticket_id, conversation.expires_at)


def _meant(unit: Unit, heard: Heard) -> Ticket | None:
    """The ticket whose number is named, or for which a verdict was tapped; it may be somebody else's."""
    if heard.number:
        return unit.tickets.by_number(heard.number)
    tapped = reading.judged(heard.incoming.menu_id)
    return unit.tickets.by_id(tapped) if tapped is not None else None


def _here(resident: Resident, now: datetime) -> Point | None:
    """Where the phone said it is, while that is fresh (LOCATION event)."""
    if resident.point_at is None or now - resident.point_at > POINT_FRESH:
        return None
    if resident.latitude is None or resident.longitude is None:
        return None
    return Point(resident.latitude, resident.longitude, Datum(resident.datum or Datum.GCJ02))
