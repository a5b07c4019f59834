from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers.schedule import Cadence
from handlers.schedule.media import LostMedia
from storage.models import Attachment
from tests.handlers.schedule.life import Life

NIGHTLY = Cadence(timedelta(days=1), offset=timedelta(hours=19))
MOMENTS = st.integers(0, 400_000_000).map(
    lambda seconds: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(0, seconds)
)


def test_a_night_begins_at_three_in_china():
    before = NIGHTLY.slot(datetime(2026, 11, 24, 18, 59, 59, tzinfo=UTC))
    after = NIGHTLY.slot(datetime(2026, 11, 24, 19, 0, tzinfo=UTC))

    assert (before, after) == ("2026-11-23T19:00:00Z", "2026-11-24T19:00:00Z")


@given(MOMENTS, st.integers(1, 100_000), st.integers(0, 86_400))
def test_a_slot_has_begun_and_is_not_over(now, seconds, offset):
    every = timedelta(seconds=seconds)

    begun = datetime.fromisoformat(Cadence(every, timedelta(seconds=offset)).slot(now))

    assert begun <= now < begun + every + timedelta(seconds=1)


def test_the_jobs_have_names_of_their_own(life: Life):
    names = [job.name for job in life.jobs()]

    assert len(names) == len(set(names))


def test_a_lost_photo_is_told_to_the_desk_and_kept_in_the_history(life: Life, now):
    ticket = life.file(now)
    lost = Attachment(ticket_id=ticket, kind="photo", received_at=now, state="lost")

    def lose(unit):
        LostMedia(life.teller)(unit, unit.attachments.add(lost), now)

    life.database.write_now(lose)

    [notice] = life.notices(ticket, "console")
    history = life.database.read_now(lambda unit: unit.tickets.history(ticket))
    assert (notice.address, notice.kind) == ("desk", "media_lost")
    assert history[-1].action == "media_lost"


def test_a_lost_photo_without_a_ticket_is_nobodys_matter(life: Life, now):
    lost = Attachment(kind="photo", received_at=now, state="lost")

    def lose(unit):
        LostMedia(life.teller)(unit, unit.attachments.add(lost), now)

    life.database.write_now(lose)

    assert life.database.read_now(lambda unit: unit.outbox.told_to("console", "desk")) == []
