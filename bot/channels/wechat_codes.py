"""The platform's error codes by what to do about them (public account; WeCom's differ)."""

from bot.channels.errors import Reaction

STALE_TOKEN = frozenset({40001, 40014, 42001})
"""Invalid, illegal, expired: read or fetch the token once more and try once more, never in a loop."""

_BY_REACTION = {
    Reaction.RETRY: (-1, 45011, 268487001, 268487002),
    Reaction.WINDOW_CLOSED: (45015, 45047),
    Reaction.RECIPIENT_GONE: (40003, 43004, 43019, 43101, 46004, 48002, 50005),
    Reaction.QUOTA: (45009, 45028),
    Reaction.CONTENT: (70000, 87014),
    Reaction.OPERATOR: (
        *sorted(STALE_TOKEN),
        *(40013, 40125, 40164, 40200, 48001, 48004, 50002, 61007, 89503, 89504, 89505),
    ),
    Reaction.OUR_FAULT: (
        *(40007, 40008, 40033, 40035, 40037, 41030, 44002, 44004, 45002, 45008, 47001, 47003),
    ),
}

REACTIONS = {code: reaction for reaction, codes in _BY_REACTION.items() for code in codes}
"""A token that is refused again after it was renewed is the operator's: mostly a changed secret."""
