"""What one may do about questionnaires and guides. One function an act."""

from croisee_web.instruments.usecases.writing import write_instruments

__all__ = ["write_instruments"]
