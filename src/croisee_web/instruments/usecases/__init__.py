"""What one may do about questionnaires and guides. One function an act."""

from croisee_web.instruments.usecases.publishing import (
    PublicationRefused,
    ToCorrect,
    publish,
)
from croisee_web.instruments.usecases.writing import write_instruments

__all__ = ["PublicationRefused", "ToCorrect", "publish", "write_instruments"]
