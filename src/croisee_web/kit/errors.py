"""A refusal: an act that may not be done, in words fit to show."""

from collections.abc import Mapping

from django.utils.translation import gettext as _


class UseCaseError(Exception):
    """Something a person may not do, or not now; its text is shown as it is.

    ``address``: the name of the page where she can mend it, if there is one. ``told``: the text
    in each language of the site, when it is read later by somebody else (a job's).
    """

    http_status = 409
    address = ""

    def __init__(self, text: str = "", told: Mapping[str, str] | None = None) -> None:
        super().__init__(text)
        self.told: dict[str, str] = dict(told or {})


class NotFound(UseCaseError):
    """There is nothing at this address for this reader; without a text, the ordinary sentence."""

    http_status = 404

    def __init__(self, text: str = "", told: Mapping[str, str] | None = None) -> None:
        super().__init__(
            text or _("Il n’y a rien à cette adresse. Le lien a peut-être changé."), told
        )
