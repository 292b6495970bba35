"""Whatever is sent, in whatever order: what is kept is what was acknowledged, once, for ever.

Sequences drawn at random send, repeat, contradict, complete, take back, through two versions and
after the closing; a model as simple as a dictionary says what must be answered and kept. Forty
sequences in ``make test``, ten thousand in ``make proof``.
"""

import hashlib
import unicodedata
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.web.collection.conducting_world import AT
from tests.web.collection.receiving_world import BOOK, asked_of, identifier

from croisee.formats.xlsform import worksheet_of
from croisee_web.collection.models import AnswerSheet, DayCount, Submission
from croisee_web.collection.rules.filled import Outcome, Refused, Why
from croisee_web.collection.usecases.intake import keeping
from croisee_web.collection.usecases.intake.attaching import attachment_path
from croisee_web.collection.usecases.receiving import remove_by_receipt
from croisee_web.collection.vocabulary import SubmissionState

pytestmark = pytest.mark.django_db
NAMES = ("été d’Élise.jpg", "plan.jpg")
NUMBERS = st.integers(1, 3)
FILES = st.lists(
    st.tuples(
        st.sampled_from(NAMES), st.sampled_from(["NFC", "NFD"]), st.sampled_from([b"A", b"B"])
    ),
    max_size=3,
    unique_by=lambda file: file[0],
)  # fmt: skip
SENDING = st.tuples(
    st.just("send"), NUMBERS, st.sampled_from("ab"), st.integers(0, 1), FILES,
    st.sampled_from(["NFC", "NFD"]), st.booleans(),
)  # fmt: skip
ACTS = st.lists(
    st.one_of(SENDING, SENDING, SENDING, SENDING, st.tuples(st.just("take back"), NUMBERS)),
    min_size=1,
    max_size=12,
)


@pytest.fixture
def asked(settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    made = asked_of()
    records = [*BOOK.sheet("survey").records(), {"type": "text", "name": "s", "label": "Suite ?"}]
    made.newer = made.publish_again(BOOK.with_sheet(worksheet_of("survey", records)))
    return made


class Model:
    """What should be kept: by number, what was said first, and the first bytes of each file."""

    def __init__(self):
        self.said, self.files, self.apart, self.gone = {}, {}, set(), set()

    def send(self, number, said, files):
        """Return what must be answered."""
        if number in self.gone:
            return Why.WITHDRAWN
        if number not in self.said:
            self.said[number], self.files[number] = said, dict(files)
            whole = set(self.files[number]) >= set(NAMES)
            return Outcome.RECEIVED if whole else Outcome.AWAITING_FILES
        if self.said[number] != said:
            self.apart.add((number, said))
            return Why.ALREADY_ANSWERED
        before = set(self.files[number]) >= set(NAMES)
        contradicted = any(self.files[number].get(name, held) != held for name, held in files)
        for name, held in files:
            self.files[number].setdefault(name, held)
        if contradicted:
            return Why.ALREADY_ANSWERED
        if not set(self.files[number]) >= set(NAMES):
            return Outcome.AWAITING_FILES
        return Outcome.ALREADY if before else Outcome.RECEIVED

    def take_back(self, number):
        known = number in self.said
        if known:
            self.gone.add(number)
            del self.said[number], self.files[number]
            self.apart = {one for one in self.apart if one[0] != number}
        return known


def content_of(asked, number, letter, newer, form):
    first, second = (unicodedata.normalize(form, name) for name in NAMES)
    version = (asked.newer if newer else asked.collecting.published).form_version
    extra = {"s": "oui"} if newer else {}
    return asked.xml(number, version=version, mot=letter, photo=first, plan=second, **extra)


def send(asked, number, letter, newer, files, form, late):
    content = content_of(asked, number, letter, newer, form)
    sent = [(unicodedata.normalize(how, name), held) for name, how, held in files]
    try:
        told = asked.receive(
            content=content, files=sent, receipt=f"recu-{number}",
            at=AT + timedelta(days=60 if late else 0),
        )  # fmt: skip
    except Refused as refused:
        return refused.why
    return told.outcome


def lived(asked, acts):
    """Do what a sequence says, on the site and in the model; return where they differ."""
    model, differing = Model(), []
    for act, number, *how in acts:
        if act == "take back":
            found = remove_by_receipt(
                collecting_id=asked.collecting.pk, receipt=f"recu-{number}", at=AT
            )
            expected = model.take_back(number)
        else:
            letter, newer, files, form, late = how
            said = (letter, newer, form)
            found = send(asked, number, letter, newer, files, form, late)
            expected = model.send(number, said, [(name, held) for name, _how, held in files])
        if found != expected:
            differing.append((act, number, how, found, expected))
        differing += faults(asked, model)
    return differing


def faults(asked, model):
    """Return what is kept otherwise than it should be."""
    rows = {row.instance_id: row for row in Submission.objects.filter(collecting=asked.collecting)}
    first = {key: row for key, row in rows.items() if "#" not in key}
    found = []
    if set(first) != {identifier(number) for number in model.said}:
        found.append(("numbers", set(first)))
    for number, (letter, newer, form) in model.said.items():
        row = first.get(identifier(number))
        if row is None or bytes(row.content) != content_of(asked, number, letter, newer, form):
            found.append(("content", number))
            continue
        held = {one.name: one.sha256 for one in row.attachments.all() if "#" not in one.name}
        wanted = dict.fromkeys(NAMES, "") | {
            name: hashlib.sha256(content).hexdigest()
            for name, content in model.files[number].items()
        }
        if held != wanted:
            found.append(("files", number, held))
        whole = all(held.values())
        if whole != (row.state == SubmissionState.WHOLE) or whole != (row.sheet_id is not None):
            found.append(("state", number, row.state))
        found += [
            ("disk", number, sha256) for sha256 in held.values()
            if sha256 and not attachment_path(asked.world.study.pk, sha256).is_file()
        ]  # fmt: skip
    if len(rows) - len(first) != len(model.apart):
        found.append(("kept aside", len(rows) - len(first), len(model.apart)))
    if AnswerSheet.objects.count() != sum(row.sheet_id is not None for row in rows.values()):
        found.append(("sheets", AnswerSheet.objects.count()))
    if sum(DayCount.objects.values_list("count", flat=True)) != len(model.said) + len(model.gone):
        found.append(("counts",))
    return found


def tried(asked, examples, phases=(Phase.generate, Phase.shrink)):
    @settings(
        max_examples=examples, deadline=None, derandomize=True, database=None, phases=phases,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(ACTS)
    def one(acts):
        with transaction.atomic():
            differing = lived(asked, acts)
            transaction.set_rollback(True)
        assert differing == []

    one()


def test_sequences_end_as_a_dictionary_would(asked):
    tried(asked, 40)


@pytest.mark.proof
def test_ten_thousand_sequences_end_as_a_dictionary_would(asked):
    tried(asked, 10_000)


def test_control_a_site_that_replaces_what_is_sent_again_is_caught(asked, monkeypatch):
    monkeypatch.setattr(keeping, "_same", lambda _given, _row: True)

    with pytest.raises(AssertionError):
        tried(asked, 60, phases=(Phase.generate,))


@settings(max_examples=20, deadline=None, derandomize=True, database=None,
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(st.permutations(range(8)))
def test_what_does_not_contradict_itself_ends_alike_in_any_order(asked, order):
    parts = [
        (number, file) for number in (1, 2, 3) for file in (NAMES[0], NAMES[1])
    ] + [(4, None), (4, None)]  # fmt: skip
    ends = []
    for chosen in (range(8), order):
        with transaction.atomic():
            for place in chosen:
                number, file = parts[place]
                files = [(file, "NFC", b"A")] if file else []
                send(asked, number, "a", 0, files, "NFC", late=False)
            ends.append(asked.kept())
            transaction.set_rollback(True)
    assert ends[0] == ends[1]
