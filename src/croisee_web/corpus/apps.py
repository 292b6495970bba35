"""The corpus slice, as Django knows it."""

from django.apps import AppConfig


class CorpusConfig(AppConfig):
    """Verbatims."""

    name = "croisee_web.corpus"
    label = "corpus"

    def ready(self) -> None:
        """Say what leaves with somebody who withdraws, what is held of her; count the verbatims."""
        from croisee_web.corpus.queries import (  # noqa: PLC0415 -- needs models
            received_of,
            told_of_participant,
        )
        from croisee_web.corpus.usecases import (  # noqa: PLC0415
            destroy_words,
            erase_participant,
        )
        from croisee_web.people.rules import (  # noqa: PLC0415
            destroy_at_end,
            erase_on_withdrawal,
            tell_on_request,
        )
        from croisee_web.study.rules.collected import count_received_by  # noqa: PLC0415

        erase_on_withdrawal("corpus", 30, erase_participant)
        destroy_at_end("corpus", destroy_words)
        tell_on_request("corpus", 30, told_of_participant)
        count_received_by(received_of)
