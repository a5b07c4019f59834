"""What of a resident's words goes no further than the case file."""

import re

HIDDEN = "（号码略）"
_GAP = r"[\s\-－—·._]?"
_NUMBERS = re.compile(
    # 身份证号; mobile numbers as people write them, with the country's code or gaps; landlines; long numbers.
    rf"(?<![0-9])(?:[1-9][0-9]{{16}}[0-9Xx]|(?:\+?86{_GAP})?1[3-9](?:{_GAP}[0-9]){{9}}"
    rf"|0[1-9][0-9]{{1,2}}{_GAP}[2-9][0-9]{{6,7}}|[0-9]{{9,20}})(?![0-9])"
)
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def discreet(text: str) -> str:
    """Return a text for a group chat or a list: without numbers that lead to a person.

    Whoever works the case reads the report itself, where a resident may have left a number on purpose.
    """
    return _NUMBERS.sub(HIDDEN, text.translate(_DIGITS))
