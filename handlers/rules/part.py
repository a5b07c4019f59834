"""What every piece of the configuration has in common."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

MISPLACED = "misplaced"
"""Error type of a mistake that is found in one key but belongs to another, which ``ctx["key"]`` names."""


class Part(BaseModel):
    """A frozen piece of configuration in which an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def mistake(key: str, sentence: str) -> PydanticCustomError:
    """Return the error to raise for ``key``, a path below the validated part, e.g. ``offices[0].code``."""
    return PydanticCustomError(MISPLACED, "{sentence}", {"key": key, "sentence": sentence})


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _with_text_keys(value: Any) -> Any:
    return {_text(key): item for key, item in value.items()} if isinstance(value, dict) else value


Code = Annotated[str, BeforeValidator(_text), Field(pattern=r"^[A-Za-z0-9_-]{1,32}$")]
"""An identifier; YAML reads an unquoted statistical code as a number, so numbers are taken too."""
MaybeCode = Annotated[str, BeforeValidator(_text), Field(pattern=r"^[A-Za-z0-9_-]{0,32}$")]
"""An identifier, or "" where there is none yet."""
TextKeys = BeforeValidator(_with_text_keys)
"""For mappings keyed by codes, whose keys YAML may have read as numbers."""
Name = Annotated[str, Field(min_length=1, max_length=60)]
"""What people read: a short Chinese name."""
Latitude = Annotated[float, Field(ge=-90, le=90)]
"""Degrees north."""
Longitude = Annotated[float, Field(ge=-180, le=180)]
"""Degrees east."""
