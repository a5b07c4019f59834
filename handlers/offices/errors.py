"""What an officer is told when something cannot be done."""


class Refusal(Exception):
    """Something that was asked for and is not done; ``str()`` is a sentence for the officer."""


class Unknown(Refusal):
    """There is no such thing, or not for this officer: which of the two is nobody's business."""


class Forbidden(Refusal):
    """The officer may see the ticket and may not do this with it."""


class Conflict(Refusal):
    """What the ticket has become does not allow it."""


class Outdated(Conflict):
    """Somebody else was faster: the officer decided on what is no longer so."""

    def __init__(self, version: int) -> None:
        super().__init__("已有人先处理，请看更新后的工单再决定。")
        self.version = version


class Invalid(Refusal):
    """A field is missing or wrong; ``field`` is its name in the API and in the forms."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
