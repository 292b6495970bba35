"""Changing a sealed release: what is added, corrected, issued again or removed (§7.2)."""

import pytest
from sealed_waves import (
    AT,
    EVERYBODY,
    KEY,
    amend,
    decision,
    drafted,
    people,
    said,
    sealed,
    swapped,
    wave,
)

from croisee.disclosure import (
    Act,
    AmendmentRefused,
    DatasetWorlds,
    Register,
    adopt,
    amended,
    audit,
    release_json,
    remove,
)
from croisee.disclosure.released import ReleasedQuote
from croisee.disclosure.versions import remade

TOLD = ("aide", "lieu")
NEW = "q.2026.temps"
QUOTE = ReleasedQuote("V-01", "hirondelle", "On attend les hirondelles.", "sud", "", "2026")


@pytest.fixture
def register(tmp_path):
    return Register.open(tmp_path / "registre", token=KEY)


def keys(release):
    return [table.key for table in release.tables]


def values(release, key):
    return [cell.value.lo for row in release.table(key).cells for cell in row if cell is not None]


# --- Adding (§7.2.6) ------------------------------------------------------------------------------


def test_table_is_added_and_the_others_stay_byte_for_byte(tmp_path, register):
    first = sealed(wave(tmp_path, EVERYBODY, only=TOLD), register)
    before = (tmp_path / "registre/diffusions/2026a/release.json").read_bytes()

    now = amend(decision(Act.ADD, NEW), wave(tmp_path, EVERYBODY), register)

    added = [key for key in keys(now) if key not in keys(first)]
    assert {key.partition("@")[0] for key in added} == {NEW}
    assert now.tables[: len(first.tables)] == first.tables
    assert (now.sealed_on, now.dataset_mac) == (first.sealed_on, first.dataset_mac)
    assert (tmp_path / "registre/diffusions/2026a/release.json").read_bytes() == before
    assert "ajouté le 5 décembre 2026" in now.table(NEW).notes[-1].fr
    assert "Une chercheuse" not in release_json(now).decode()


def test_added_table_is_read_from_then_on_and_may_be_cited(tmp_path, register):
    sealed(wave(tmp_path, EVERYBODY, only=TOLD), register)
    cited = said("Le temps : {q.2026.temps/oui@sud}.")
    before = drafted(wave(tmp_path, EVERYBODY, findings=[cited]), register)

    amend(decision(Act.ADD, NEW), wave(tmp_path, EVERYBODY), register)
    after = drafted(wave(tmp_path, EVERYBODY, findings=[cited]), register)

    assert (NEW in keys(before), before.findings) == (False, ())
    assert (NEW in keys(after), [one.code for one in after.findings]) == (True, ["C-01"])


def test_decision_is_in_the_journal(tmp_path, register):
    sealed(wave(tmp_path, EVERYBODY, only=TOLD), register)

    amend(decision(Act.ADD, NEW), wave(tmp_path, EVERYBODY), register)

    assert (AT.isoformat(), "ajoute", "2026a", NEW, "v2 · Une chercheuse · Vu en comité") in (
        register.journal()
    )


@pytest.mark.parametrize("key", ["q.2026.aide", "q.2026.inconnue"])
def test_table_sealed_already_or_unknown_is_not_added(tmp_path, register, key):
    sealed(wave(tmp_path, EVERYBODY, only=TOLD), register)

    with pytest.raises(AmendmentRefused, match=key):
        amend(decision(Act.ADD, key), wave(tmp_path, EVERYBODY), register)

    assert len(register.everything_out()) == 1


def left_by(*gone):
    return {who: told for who, told in EVERYBODY.items() if who not in gone}


def test_told_question_is_not_counted_again_after_somebody_left(tmp_path, register):
    """« aide » was printed by network; its table for all would be counted without her."""
    only_cases = wave(tmp_path, EVERYBODY, only=TOLD)
    kept = tuple((k, raw) for k, raw in only_cases.submitted.tables if k != "q.2026.aide@nord")
    only_cases.submitted = only_cases.submitted.__class__(
        only_cases.submitted.study, kept, (), (), (), (), ()
    )
    first = sealed(only_cases, register)
    assert "q.2026.aide@nord" not in keys(first)

    with pytest.raises(AmendmentRefused, match="prochaine édition"):
        amend(decision(Act.ADD, "q.2026.aide@nord"), wave(tmp_path, left_by("p-003")), register)


def test_question_never_told_is_added_without_who_left(tmp_path, register):
    sealed(wave(tmp_path, EVERYBODY, only=TOLD), register)

    now = amend(decision(Act.ADD, NEW), wave(tmp_path, left_by("p-003")), register)

    assert {base.n for base in now.table(NEW).bases} == {39, 24, 63}
    assert {base.n for base in now.table("q.2026.aide").bases} == {40, 24, 64}


def test_settings_changed_since_the_seal_are_noticed(tmp_path, register):
    """Answers mixed up since: what was sealed of these people is not computed the same."""
    sealed(wave(tmp_path, EVERYBODY, only=TOLD), register)
    (tmp_path / "registre/diffusions/2026a/lignes.csv").unlink()

    with pytest.raises(AmendmentRefused, match="ne sait plus"):
        amend(decision(Act.ADD, NEW), wave(tmp_path, left_by("p-003")), register)


# --- Removing (§7.2.5) ----------------------------------------------------------------------------


def test_removed_table_goes_with_its_forms_and_never_comes_back(tmp_path, register):
    first = sealed(wave(tmp_path, EVERYBODY), register)
    code = first.table("q.2026.aide").code

    gone = remove(register, "2026a", decision(Act.REMOVE, code), AT.isoformat())
    after = drafted(wave(tmp_path, EVERYBODY), register)

    family = [key for key in keys(first) if key.partition("@")[0] == "q.2026.aide"]
    assert sorted(gone) == sorted(family)
    assert keys(after) == [key for key in keys(first) if key not in family]
    with pytest.raises(AmendmentRefused, match="ne revient pas"):
        amend(decision(Act.ADD, "q.2026.aide"), wave(tmp_path, EVERYBODY), register)
    assert family[0] in {table.key for one in register.everything_out() for table in one.tables}


def test_removed_finding_goes_and_what_cited_a_removed_table_too(tmp_path, register):
    found = [said("Rien."), said("Aide : {q.2026.aide/oui@nord}.", "C-02"), said("Si.", "C-03")]
    sealed(wave(tmp_path, EVERYBODY, findings=found), register)

    remove(register, "2026a", decision(Act.REMOVE, "C-01", "q.2026.aide"), AT.isoformat())
    after = drafted(wave(tmp_path, EVERYBODY, findings=found), register)

    assert [one.code for one in after.findings] == ["C-03"]


def test_removal_of_something_absent_is_refused_whole(tmp_path, register):
    sealed(wave(tmp_path, EVERYBODY), register)

    with pytest.raises(AmendmentRefused, match="F-99"):
        remove(register, "2026a", decision(Act.REMOVE, "q.2026.aide", "F-99"), AT.isoformat())

    assert register.removed("2026a") == frozenset()


def test_removing_twice_is_said_once(tmp_path, register):
    sealed(wave(tmp_path, EVERYBODY), register)
    asked = decision(Act.REMOVE, "q.2026.lieu")

    assert remove(register, "2026a", asked, AT.isoformat()) != ()
    assert remove(register, "2026a", asked, AT.isoformat()) == ()


# --- Correcting (§7.2.7) --------------------------------------------------------------------------


def family(question):
    return [f"q.2026.{question}", f"q.2026.{question}@nord", f"q.2026.{question}@sud"]


def test_erratum_replaces_what_was_wrong_and_says_so(tmp_path, register):
    first = sealed(wave(tmp_path, swapped(EVERYBODY, "aide")), register)
    wrong = [key for key in family("aide") if key in keys(first)]

    now = amend(decision(Act.CORRECT, *wrong), wave(tmp_path, EVERYBODY), register)

    assert keys(now) == keys(first)
    assert [t for t in now.tables if t.key not in wrong] == [
        t for t in first.tables if t.key not in wrong
    ]
    assert values(now, wrong[0]) != values(first, wrong[0])
    assert {now.table(key).code for key in wrong} == {first.table(key).code for key in wrong}
    assert "Erratum du 5 décembre 2026" in now.table(wrong[0]).notes[-1].fr


def test_what_was_wrong_is_no_evidence_any_more(tmp_path, register):
    first = sealed(wave(tmp_path, swapped(EVERYBODY, "aide")), register)
    wrong = [key for key in family("aide") if key in keys(first)]

    amend(decision(Act.CORRECT, *wrong), wave(tmp_path, EVERYBODY), register)
    report = audit(
        register.everything_out(),
        DatasetWorlds(wave(tmp_path, EVERYBODY).dataset),
        first.study.policy,
    )

    told = [(one.code, table.key) for one in register.everything_out() for table in one.tables]
    assert [code for code, key in told if key in wrong] == ["2026a+2"] * len(wrong)
    assert report.passed


def test_erratum_names_every_table_the_error_touched(tmp_path, register):
    first = sealed(wave(tmp_path, swapped(EVERYBODY, "aide")), register)
    one, *others = [key for key in family("aide") if key in keys(first)]
    assert others

    with pytest.raises(AmendmentRefused, match=others[0]):
        amend(decision(Act.CORRECT, one), wave(tmp_path, EVERYBODY), register)


def test_erratum_is_not_for_other_people(tmp_path, register):
    """A lost line found again is somebody: the two tables would be subtracted."""
    first = sealed(wave(tmp_path, left_by("p-003")), register)

    with pytest.raises(AmendmentRefused, match="d’autres personnes"):
        amend(decision(Act.CORRECT, *keys(first)), wave(tmp_path, EVERYBODY), register)


def test_erratum_where_nothing_changes_is_refused(tmp_path, register):
    sealed(wave(tmp_path, EVERYBODY), register)

    with pytest.raises(AmendmentRefused, match="rien n’y change"):
        amend(decision(Act.CORRECT, "q.2026.aide"), wave(tmp_path, EVERYBODY), register)


# --- Issuing again (§7.2.8) -----------------------------------------------------------------------


def test_enough_newcomers_whose_own_table_would_pass_are_taken(tmp_path, register):
    first = sealed(wave(tmp_path, EVERYBODY), register)
    more = people((6, 7, 8), 14, "nord", 200) | people((9, 6, 7), 15, "sud", 300)

    now = amend(decision(Act.REVISE), wave(tmp_path, EVERYBODY | more), register)

    assert {base.n for base in now.table("q.2026.aide").bases} == {54, 39, 93}
    assert keys(now) == keys(first)
    assert [one.code for one in register.everything_out()] == ["2026a", "2026a+2"]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (people((2, 1, 3), 4, "nord", 200), "moins de 10 personnes"),
        (people((2, 7, 8), 14, "nord", 200), "nombre caché"),
        (people((12, 7, 8), 14, "nord", 200), "nombre caché"),
    ],
)
def test_few_or_lopsided_newcomers_wait_for_the_next_edition(tmp_path, register, more, why):
    sealed(wave(tmp_path, EVERYBODY), register)

    with pytest.raises(AmendmentRefused, match=f"{why}.*prochaine édition"):
        amend(decision(Act.REVISE), wave(tmp_path, EVERYBODY | more), register)

    assert len(register.everything_out()) == 1


def test_one_who_left_among_newcomers_keeps_everything_as_it_was(tmp_path, register):
    """Her answers would be the difference that newcomers do not explain."""
    sealed(wave(tmp_path, EVERYBODY), register)
    more = people((6, 7, 8), 14, "nord", 200)

    with pytest.raises(AmendmentRefused, match="parties et d’autres arrivées"):
        amend(decision(Act.REVISE), wave(tmp_path, left_by("p-003") | more), register)


def test_control_issuing_again_without_the_rules_is_caught_by_the_audit(tmp_path, register):
    """The same tables without one person, printed beside the sealed ones: she is found."""
    first = sealed(wave(tmp_path, EVERYBODY), register)
    other = Register.open(tmp_path / "autre", token=KEY)
    again = drafted(wave(tmp_path, left_by("p-003")), other)

    from croisee.disclosure.versions import remade

    union = (first, remade(again, code="2026b"))
    report = audit(union, DatasetWorlds(wave(tmp_path, EVERYBODY).dataset), first.study.policy)

    assert report.breaches != []


# --- The register ---------------------------------------------------------------------------------


def test_nothing_is_amended_before_the_seal(tmp_path, register):
    with pytest.raises(AmendmentRefused, match="n’est pas scellée"):
        amended(
            decision(Act.ADD, NEW),
            wave(tmp_path, EVERYBODY).submitted,
            register,
            wave(tmp_path, EVERYBODY).dataset,
        )


def test_what_is_remembered_of_lines_names_nobody_and_says_little(tmp_path, register):
    sealed(wave(tmp_path, EVERYBODY), register)

    lines = register.rows("2026a", "lignes")
    text = (tmp_path / "registre/diffusions/2026a/lignes.csv").read_text(encoding="utf-8")

    assert len(lines) == len(EVERYBODY)
    assert {len(contents) for _, _, contents in lines} == {2}
    assert not any(who in text for who in EVERYBODY)


def test_release_stopped_between_its_seal_and_its_file_is_still_good(tmp_path, register):
    sealed(wave(tmp_path, EVERYBODY), register)
    mark = tmp_path / "registre/diffusions/2026a/sceau.txt"
    mark.write_text("0" * 64 + "\n" + mark.read_text(encoding="ascii"), encoding="ascii")

    assert register.sealed("2026a") is not None


def test_erratum_without_a_key_takes_every_table_of_the_error_and_no_other(tmp_path, register):
    first = sealed(wave(tmp_path, swapped(EVERYBODY, "aide")), register)
    wrong = {key for key in family("aide") if key in keys(first)}

    now = amend(decision(Act.CORRECT), wave(tmp_path, EVERYBODY), register)

    assert {t.key for t, before in zip(now.tables, first.tables, strict=True) if t != before} == (
        wrong
    )


def test_erratum_without_a_key_and_without_an_error_is_refused(tmp_path, register):
    sealed(wave(tmp_path, EVERYBODY), register)

    for people_now in (EVERYBODY, left_by("p-003")):
        with pytest.raises(AmendmentRefused, match="rien à corriger"):
            amend(decision(Act.CORRECT), wave(tmp_path, people_now), register)


def test_words_silenced_during_the_audit_do_not_come_back_with_the_change(tmp_path, register):
    one = wave(tmp_path, EVERYBODY, only=TOLD)
    sealed(one, register)
    quoted = remade(drafted(one, register), quotes=(QUOTE,))
    register.keep_next(quoted)
    asked = decision(Act.ADD, NEW)
    proposed = amended(asked, wave(tmp_path, EVERYBODY).submitted, register, one.dataset)

    register.silence({"hirondelle"})
    adopt(proposed, asked, register, AT.isoformat())

    assert QUOTE.text in release_json(proposed.release).decode()
    assert [
        path.relative_to(tmp_path).as_posix()
        for path in (tmp_path / "registre").rglob("*.json")
        if QUOTE.text in path.read_text(encoding="utf-8")
    ] == []


def test_quote_put_in_the_place_of_another_since_the_seal_is_removed_too(tmp_path, register):
    sealed(wave(tmp_path, EVERYBODY), register)
    code = register.codes("V", ["hirondelle"])["hirondelle"]
    register.note([(AT.isoformat(), "remplace", "2026a", "hirondelle", "marque")])

    assert remove(register, "2026a", decision(Act.REMOVE, code), AT.isoformat()) == ("hirondelle",)
    assert "hirondelle" in register.retired("2026a")
