"""Text in, values out: what a resident's message asks for, which nuisance it reports, and where."""

from nlp.analyser import Analyser
from nlp.gazetteer import Gazetteer
from nlp.lexicon import Lexicon, LexiconError
from nlp.lexicon_file import load_lexicon
from nlp.values import NONE, Analysis, Entry, Evidence, Place

__all__ = [
    "NONE",
    "Analyser",
    "Analysis",
    "Entry",
    "Evidence",
    "Gazetteer",
    "Lexicon",
    "LexiconError",
    "Place",
    "load_lexicon",
]
