"""One line of `python -m bot classify`."""

import json
from typing import Any

from bot.settings import BadSettings
from handlers.rules.zone import Zone
from nlp import Analyser


def classified(analyser: Analyser, zone: Zone, line: str, number: int) -> dict[str, Any]:
    """Return what the text of a JSON line {"id", "text"} means. Raises BadSettings for a bad line."""
    wanted = _parsed(line, number)
    found = analyser.analyse(wanted["text"])
    code = found.office
    return {
        "id": wanted["id"],
        "intent": found.intent,
        "primary": found.primary,
        "also": list(found.also),
        "places": [place.text for place in found.places],
        "office": zone.office(code).name if zone.knows_office(code) else "",
        "why": [piece.word for piece in found.why],
    }


def _parsed(line: str, number: int) -> dict[str, Any]:
    try:
        wanted = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadSettings(f"standard input, line {number}: is not JSON: {error}") from error
    if not isinstance(wanted, dict) or not isinstance(wanted.get("text"), str) or "id" not in wanted:
        raise BadSettings(f'standard input, line {number}: must be {{"id": ..., "text": "..."}}')
    return wanted
