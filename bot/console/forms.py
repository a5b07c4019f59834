"""From the fields of an action's form to a command."""

from typing import Any

from aiohttp import web
from pydantic import ValidationError

from bot.album import LIMIT_BYTES, Album
from bot.api.inputs import BODIES
from bot.api.mistakes import mistakes
from bot.console.office import Form
from handlers.offices.command import Command, Photo
from handlers.offices.errors import Invalid
from handlers.rules.lifecycle import Action

AMOUNT = "amount:"
"""Beginning of the names of quantity fields; the outcome's code follows."""
MOST_PHOTOS = 9


def command_of(action: Action, form: Form, photos: tuple[Photo, ...] = ()) -> Command:
    """Return what a form asks for. Raises Invalid for the first field that makes no sense."""
    values: dict[str, Any] = dict(texts(form))
    if action is Action.RESOLVE:
        values |= _outcomes(values)
    try:
        # Forms hold text only, so that numbers and dates have to be read from it.
        body = BODIES[action].model_validate(values, strict=False)
    except ValidationError as error:
        field, sentence = mistakes(error)[0]
        raise Invalid("amount" if field.startswith("outcomes") else field, sentence) from error
    command = body.command(action)
    return Command(**{**_fields(command), "photos": photos})


def texts(form: Form) -> dict[str, str]:
    """Return the fields that are filled in, to show again where something else was wrong."""
    found = {name: value.strip() for name, value in form.items() if isinstance(value, str)}
    return {name: value.replace("\r\n", "\n") for name, value in found.items() if value}


def _outcomes(values: dict[str, str]) -> dict[str, Any]:
    amounts = {name.removeprefix(AMOUNT): value for name, value in values.items() if name.startswith(AMOUNT)}
    main = amounts.pop(values.get("outcome", ""), None)
    return {"amount": main, "outcomes": list(amounts.items())}


def _fields(command: Command) -> dict[str, Any]:
    return {name: getattr(command, name) for name in Command.__dataclass_fields__}


async def photos_of(form: Form, album: Album) -> tuple[Photo, ...]:
    """Put the form's photos into the archive. Raises Invalid for what is none, or too many."""
    files = [one for one in form.getall("photos", []) if isinstance(one, web.FileField) and one.filename]
    if len(files) > MOST_PHOTOS:
        raise Invalid("photos", f"一次最多传{MOST_PHOTOS}张照片。")
    return tuple([await album.keep(one.file.read(LIMIT_BYTES + 1)) for one in files])
