"""The people who work tickets, through the JSON API."""

from dataclasses import dataclass
from typing import Any

from tests.acceptance.service import Answer, Service


@dataclass(frozen=True)
class Desk:
    """Tokens of the office, of another office, and of the district desk."""

    service: Service
    office: str
    other_office: str
    dispatcher: str

    def ticket(self, number: str) -> dict[str, Any]:
        """Return a ticket as the district desk sees it."""
        answer = self.service.get(f"/api/v1/tickets/{number}", self.dispatcher)
        assert answer.status == 200, answer.body
        found: dict[str, Any] = answer.json()
        return found

    def acts(self, number: str, action: str, **content: Any) -> dict[str, Any]:
        """Let the office act on the newest version of a ticket."""
        given = {"version": self.ticket(number)["version"], **content}
        answer = self.tries(number, action, **given)
        assert answer.status == 200, answer.body
        found: dict[str, Any] = answer.json()
        return found

    def tries(self, number: str, action: str, *, token: str = "", **content: Any) -> Answer:
        """Let the office (or whose token it is) try something."""
        return self.service.post(f"/api/v1/tickets/{number}/{action}", content, token or self.office)
