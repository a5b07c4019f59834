"""Which words of a text are marked, and how."""

from nlp.explaining import Explanation, Found


def pieces(told: Explanation) -> list[tuple[str, str]]:
    """Return a text in pieces with what each is: "" plain, for, other, or off (found and not counted)."""
    decisive = {
        part
        for pull in told.pulls
        if pull.code == told.primary and pull.weight > 0
        for part in pull.word.split("+")
    }
    found, at = [], 0
    for one in told.found:
        found.append((told.text[at : one.start], ""))
        word = told.text[one.start : one.end]
        found.append((word, _kind(one, word in decisive)))
        at = one.end
    found.append((told.text[at:], ""))
    return [piece for piece in found if piece[0]]


def _kind(one: Found, decisive: bool) -> str:
    if one.taken_back:
        return "off"
    return "for" if decisive else "other"
