"""A refusal: an act that may not be done, in words fit to show."""


class UseCaseError(Exception):
    """Something a person may not do, or not now; its text is shown as it is.

    ``address``: the name of the page where she can mend it, if there is one.
    """

    http_status = 409
    address = ""


class NotFound(UseCaseError):
    """There is nothing at this address for this reader."""

    http_status = 404
