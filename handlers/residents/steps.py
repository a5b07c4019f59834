"""One step of the dialogue: what was heard, and what it leads to."""

from dataclasses import dataclass

from handlers.residents.commands import Command
from handlers.residents.drafting import matter
from handlers.residents.incoming import Incoming
from handlers.residents.talk import Talk
from nlp import Analysis


@dataclass(frozen=True, slots=True)
class Heard:
    """A message, what was understood of it (None for what is not text), and the ids it was kept under."""

    incoming: Incoming
    analysis: Analysis | None
    message_id: int
    attachment_ids: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """The words, without blanks around them."""
        return self.incoming.text.strip()

    @property
    def intent(self) -> str:
        """What the text wants, "" for what is not text."""
        return self.analysis.intent if self.analysis else ""

    @property
    def number(self) -> str:
        """The ticket number in the text, "" where there is none."""
        return self.analysis.ticket if self.analysis else ""

    @property
    def category(self) -> str:
        """The category that was understood, ``none`` where none was."""
        return matter(self.analysis)


@dataclass(frozen=True, slots=True)
class Step:
    """What to do, and where the talk stands then; ``prefix`` and ``suffix`` are said around the answer."""

    command: Command
    talk: Talk
    prefix: str = ""
    suffix: str = ""
