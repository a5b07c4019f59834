"""What became of a file that was wanted: how its row changes."""

from dataclasses import dataclass
from datetime import datetime

from storage.models import Attachment
from storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Kept:
    """What is in the archive of one file; ``shown`` is the copy for display, "" where there is none."""

    kind: str
    content_type: str
    size: int
    digest: str
    shown: str


def still_wanted(unit: Unit, attachment_id: int | None) -> Attachment | None:
    """Return a file that nobody has kept, lost or erased meanwhile."""
    attachment = unit.attachments.by_id(attachment_id) if attachment_id else None
    return attachment if attachment and attachment.state == "wanted" else None


def note_kept(unit: Unit, attachment_id: int | None, kept: Kept) -> bool:
    """Note what the archive has; False where nobody wants it any more."""
    attachment = still_wanted(unit, attachment_id)
    if attachment is None:
        # Another node may have been as fast with the same content.
        return attachment_id is not None and unit.attachments.needed(kept.digest)
    attachment.state, attachment.next_at, attachment.error = "kept", None, ""
    # The kind is what the bytes say, whatever the message called it.
    attachment.kind, attachment.content_type, attachment.size = kept.kind, kept.content_type, kept.size
    attachment.digest, attachment.shown_digest = kept.digest, kept.shown
    unit.attachments.save(attachment)
    return True


def note_try(unit: Unit, attachment_id: int | None, why: str, again: datetime) -> None:
    """Note a failure and when to try again."""
    attachment = still_wanted(unit, attachment_id)
    if attachment is not None:
        attachment.error, attachment.next_at = why, again
        unit.attachments.save(attachment)
