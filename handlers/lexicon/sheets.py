"""A lexicon's text that was read and can be used in this zone."""

from dataclasses import dataclass

from handlers.offices.errors import Invalid
from handlers.rules.zone import Zone
from handlers.texts.lexicon import told
from nlp import Lexicon, LexiconError
from nlp.sheet import read_sheet


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text and the lexicon that it says; made by ``read`` only."""

    text: str
    lexicon: Lexicon


def read(zone: Zone, text: str) -> Sheet:
    """Read a text that an officer may have written. Takes a tenth of a second: not inside of a transaction.

    Raises Invalid naming "text", its sentence the key that cannot be used.
    """
    text = text.replace("\r\n", "\n").replace("\0", "")
    try:
        lexicon = read_sheet(text)
    except LexiconError as error:
        raise Invalid("text", told(str(error))) from error
    unknown = [code for code in lexicon.categories if code not in zone.categories]
    if unknown:
        raise Invalid("text", f"categories.{unknown[0]}：配置里没有这个类别。")
    return Sheet(text, lexicon)
