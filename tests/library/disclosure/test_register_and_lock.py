"""The register, the seal, and what may change after it (P6)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from gate_samples import KEY, case_table, draft, one_way, refused, study
from quote_samples import people_met, spoken

from croisee.disclosure import (
    PolicyRefused,
    Register,
    RegisterRefused,
    load_release,
    release_json,
    seal,
)
from croisee.findings import Finding
from croisee.language import Label
from croisee.study import Diffusion, Policy, Waiver

AT = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
CLEAN = SimpleNamespace(breaches=(), undecided=())
TABLE = ("aide", case_table({"carrefours": (15, 31), "quartiers": (8, 16)}))


def opened(tmp_path) -> Register:
    return Register.open(tmp_path / "registre", token=KEY)


def voices(*people: str, each: int = 1):
    return [
        spoken(f"{who}-{i}", "carrefours", "groupe", who, text=f"Mot {who} {i}.")
        for who in people
        for i in range(each)
    ]


def drafted(tmp_path, register, quotes, *tables, **more):
    met = people_met({"carrefours": {"groupe": 12}})
    return draft(tmp_path, TABLE, *met, *tables, quotes=quotes, register=register, **more)


def test_key_is_made_once_and_kept(tmp_path):
    first = opened(tmp_path)
    second = Register.open(tmp_path / "registre", token=bytes(32))

    assert first.mac("x") == second.mac("x")
    assert (tmp_path / "registre" / "cle.bin").stat().st_mode & 0o777 == 0o600


def test_new_keys_differ(tmp_path):
    one, other = Register.open(tmp_path / "a"), Register.open(tmp_path / "b")

    assert one.mac("x") != other.mac("x")


def test_lost_key_is_not_replaced(tmp_path):
    opened(tmp_path).codes("F", ["a"])
    (tmp_path / "registre" / "cle.bin").unlink()

    with pytest.raises(RegisterRefused, match="cle"):
        opened(tmp_path)


def test_codes_are_given_once_and_never_again(tmp_path):
    opened(tmp_path).codes("F", ["a", "b"])
    opened(tmp_path).codes("V", ["q"])

    later = opened(tmp_path).codes("F", ["c", "b"])

    assert later == {"c": "F-03", "b": "F-02"}
    assert (tmp_path / "registre" / "codes.csv").read_text(encoding="utf-8").splitlines() == [
        "code,genre,cle",
        "F-01,F,a",
        "F-02,F,b",
        "V-01,V,q",
        "F-03,F,c",
    ]


def test_register_leaves_no_partial_file(tmp_path):
    register = opened(tmp_path)
    seal(drafted(tmp_path, register, ()).release, register, AT, CLEAN)

    assert [p.name for p in (tmp_path / "registre").rglob(".*")] == []


def test_control_plain_digest_is_found_by_trying_and_the_keyed_one_is_not(tmp_path):
    from hashlib import sha256

    def digest(answer: str) -> str:
        return sha256(f"p-1:oui;p-2:non;p-3:{answer}".encode()).hexdigest()

    truth, tries = digest("parfois"), ("oui", "non", "parfois")
    keyed = opened(tmp_path).mac(truth)

    assert [t for t in tries if digest(t) == truth] == ["parfois"]
    guesses = {bytes(32), b"croisee".ljust(32), bytes(reversed(KEY))}
    macs = {Register(tmp_path / "x", guess).mac(digest(t)) for guess in guesses for t in tries}
    assert keyed not in macs | {digest(t) for t in tries}


def test_sealed_release_is_kept_and_dated(tmp_path):
    register = opened(tmp_path)

    sealed = seal(drafted(tmp_path, register, ()).release, register, AT, CLEAN)

    kept = load_release(tmp_path / "registre" / "diffusions" / "2026a" / "release.json")
    assert (sealed.draft, kept.sealed_on) == (False, date(2026, 11, 30))
    assert release_json(kept) == release_json(sealed)
    assert [row[1:3] for row in register.journal()] == [("scelle", "2026a")]


def test_sealing_twice_is_refused(tmp_path):
    register = opened(tmp_path)
    draft_one = drafted(tmp_path, register, ()).release
    seal(draft_one, register, AT, CLEAN)

    with pytest.raises(RegisterRefused, match="déjà scellée"):
        seal(draft_one, register, AT, CLEAN)


@pytest.mark.parametrize(
    "found",
    [SimpleNamespace(breaches=(1,), undecided=()), SimpleNamespace(breaches=(), undecided=(1,))],
)
def test_breach_or_doubt_is_not_sealed(tmp_path, found):
    register = opened(tmp_path)
    release = drafted(tmp_path, register, ()).release

    with pytest.raises(RegisterRefused, match="audit"):
        seal(release, register, AT, found)

    assert register.sealed("2026a") is None


@pytest.mark.parametrize(
    ("at", "sealed"),
    [
        (datetime(2026, 11, 29, 15, tzinfo=UTC), False),
        # 30 November in Montréal begins at five in the morning of UTC.
        (datetime(2026, 11, 30, 4, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 30, 5, 0, tzinfo=UTC), True),
    ],
)
def test_nothing_is_sealed_while_people_may_still_withdraw(tmp_path, at, sealed):
    register = opened(tmp_path)
    release = drafted(tmp_path, register, ()).release

    if sealed:
        assert seal(release, register, at, CLEAN).sealed_on == date(2026, 11, 30)
    else:
        with pytest.raises(RegisterRefused, match="2026-11-30"):
            seal(release, register, at, CLEAN)

    assert (register.sealed("2026a") is not None) == sealed


def test_release_without_a_code_is_not_sealed(tmp_path):
    register = opened(tmp_path)
    release = drafted(tmp_path, register, (), of=study(diffusion=Diffusion(""))).release

    with pytest.raises(RegisterRefused, match="code"):
        seal(release, register, AT, CLEAN)


def test_changed_sealed_file_is_noticed(tmp_path):
    register = opened(tmp_path)
    seal(drafted(tmp_path, register, ()).release, register, AT, CLEAN)
    path = tmp_path / "registre" / "diffusions" / "2026a" / "release.json"
    path.write_bytes(
        path.read_bytes().replace(b'"lo": 31', b'"lo": 30').replace(b'"hi": 31', b'"hi": 30')
    )

    with pytest.raises(RegisterRefused, match="n’est plus celle"):
        register.sealed("2026a")


def test_tables_are_byte_equal_after_a_withdrawal(tmp_path):
    register = opened(tmp_path)
    everyone = voices("p-1", "p-2", "p-3", "p-4", "p-5", "p-6", each=2)
    sealed = seal(drafted(tmp_path, register, everyone).release, register, AT, CLEAN)
    met = people_met({"carrefours": {"groupe": 11}})
    changed = ("aide", case_table({"carrefours": (15, 30), "quartiers": (8, 16)}))
    left = [quote for quote in everyone if quote.participant != "p-1"]

    after = draft(tmp_path, changed, *met, quotes=left, register=register, at=AT).release

    assert after.tables == sealed.tables
    assert (after.dataset_mac, after.sealed_on) == (sealed.dataset_mac, sealed.sealed_on)
    assert b"Mot p-1" in release_json(sealed)
    assert b"Mot p-1" not in release_json(after)


def test_four_others_are_renewed_with_the_one_who_left(tmp_path):
    register = opened(tmp_path)
    people = ("p-1", "p-2", "p-3", "p-4", "p-5", "p-6", "p-7")
    everyone = voices(*people)
    reserve = [spoken(f"r-{i}", "carrefours", "groupe", f"p-{i}") for i in range(2, 8)]
    sealed = seal(drafted(tmp_path, register, everyone).release, register, AT, CLEAN)
    left = [quote for quote in everyone if quote.participant != "p-1"]

    after = drafted(tmp_path, register, [*left, *reserve], at=AT).release
    again = drafted(tmp_path, register, [*left, *reserve], at=AT).release

    before = {quote.key for quote in sealed.quotes}
    now = {quote.key for quote in after.quotes}
    assert len(before - now) == 5
    assert len(now - before) == 5
    assert after.quotes == again.quotes
    codes = [
        quote.code for quote in (*sealed.quotes, *after.quotes) if quote.key not in before & now
    ]
    assert len(codes) == len(set(codes))


def test_silenced_words_are_in_no_file_at_once_and_cover_is_chosen_as_before(tmp_path):
    people = ("p-1", "p-2", "p-3", "p-4", "p-5", "p-6", "p-7")
    left = [quote for quote in voices(*people) if quote.participant != "p-1"]
    after = []
    for name, silenced in (("a", False), ("b", True)):
        register = opened(tmp_path / name)
        seal(drafted(tmp_path / name, register, voices(*people)).release, register, AT, CLEAN)
        kept = tmp_path / name / "registre" / "diffusions"
        if silenced:
            register.silence({"p-1-0"})
        files = [path for path in kept.rglob("*") if path.is_file()]
        said = [path for path in files if b"Mot p-1 0" in path.read_bytes()]
        assert (said == []) == silenced
        after.append(drafted(tmp_path / name, register, left, at=AT).release)

    assert after[0].quotes == after[1].quotes
    assert len(after[0].quotes) == 2
    assert after[0].tables == after[1].tables


def test_too_little_cover_is_told_to_the_team(tmp_path):
    register = opened(tmp_path)
    seal(drafted(tmp_path, register, voices("p-1", "p-2")).release, register, AT, CLEAN)

    after = drafted(tmp_path, register, voices("p-2"), at=AT)

    assert after.release.quotes == ()
    assert ("p-1-0", "§7.2.4") in refused(after)


def test_quote_taken_back_by_its_authors_goes_alone(tmp_path):
    register = opened(tmp_path)
    everyone = voices("p-1", "p-2", "p-3", "p-4", "p-5", "p-6")
    reserve = [spoken("r", "carrefours", "groupe", "p-7")]
    seal(drafted(tmp_path, register, everyone).release, register, AT, CLEAN)
    unread = [replace(everyone[0], reviewed=False), *everyone[1:], *reserve]

    after = drafted(tmp_path, register, unread, at=AT).release

    assert [quote.key for quote in after.quotes] == [quote.key for quote in everyone[1:]]


def test_replacement_whose_words_change_is_shown_no_more(tmp_path):
    register = opened(tmp_path)
    everyone = voices("p-1", "p-2")
    reserve = spoken("r", "carrefours", "groupe", "p-3", text="Les premiers mots.")
    seal(drafted(tmp_path, register, everyone).release, register, AT, CLEAN)
    left = everyone[1:]

    shown = drafted(tmp_path, register, [*left, reserve], at=AT).release
    edited = drafted(tmp_path, register, [*left, replace(reserve, text="D’autres mots.")], at=AT)

    assert [quote.text for quote in shown.quotes] == ["Les premiers mots."]
    assert edited.release.quotes == ()
    assert ("r", "§7.2.5") in refused(edited)
    journal = (tmp_path / "registre" / "journal.csv").read_text(encoding="utf-8")
    assert "premiers mots" not in journal


def test_table_added_after_the_seal_waits(tmp_path):
    register = opened(tmp_path)
    seal(drafted(tmp_path, register, ()).release, register, AT, CLEAN)

    after = drafted(tmp_path, register, (), ("neuf", one_way((10, 10))))

    assert "neuf" not in [table.key for table in after.release.tables]
    assert ("neuf", "§7.2") in refused(after)


def test_finding_may_be_reworded_after_the_seal(tmp_path):
    register = opened(tmp_path)

    def said(text):
        return Finding("C-01", Label("T"), Label(text), "S", (), "valide")

    first = drafted(tmp_path, register, (), findings=[said("Avant : {aide/oui@quartiers}.")])
    seal(first.release, register, AT, CLEAN)

    after = drafted(tmp_path, register, (), findings=[said("Après : {aide/oui@carrefours}.")])

    assert after.release.findings[0].text.fr == "Après : {aide/oui@carrefours}."


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        (Policy(t=3), "« t » est plus petit que 5"),
        (Policy(quotes_max=5), "citations_max"),
        (Policy(method="arrondi"), "refusée sous 200"),
        (Policy(t=8), "double"),
        (Policy(t=12, base_min=24), "« t_sensible » est plus petit que « t »"),
        (Policy(t_sensitive=9), "« t_sensible » est plus petit que 10"),
        (Policy(t_organisation_circle=2), "« t_organisme_cercle » est plus petit que 3"),
        (Policy(t_organisation_public=4), "« t_organisme_public » est plus petit que 5"),
        (Policy(base_min=9), "« base_min » est plus petit que 10"),
        (Policy(base_cross=29), "« base_croisement » est plus petit que 30"),
        (Policy(quotes_min=4), "« citations_min » est plus petit que 5"),
        (Policy(cover=3), "« couverture » est plus petit que 4"),
        (Policy(stability="mouvante"), "stabilité"),
    ],
)
def test_policy_below_the_rules_is_refused(tmp_path, policy, said):
    with pytest.raises(PolicyRefused, match=said):
        draft(tmp_path, TABLE, of=study(policy=policy))


@pytest.mark.parametrize(
    "policy",
    [
        Policy(t=7, base_min=14),
        Policy(t_sensitive=15, t_organisation_circle=5, t_organisation_public=10),
        Policy(base_min=20, base_cross=60, quotes_min=8, quotes_max=1, cover=6),
    ],
)
def test_a_stricter_policy_needs_no_exception(tmp_path, policy):
    assert draft(tmp_path, TABLE, of=study(policy=policy)).release.tables


def test_named_exception_lowers_a_threshold_and_is_logged(tmp_path):
    waiver = Waiver("t", "Accord du comité", "M. Exemple", AT.date())
    policy = replace(Policy(), t=4, exceptions=(waiver,))

    made = draft(tmp_path, ("k", one_way((4, 16))), of=study(policy=policy))

    assert made.release.tables[0].cells[0][0].value.lo == 4
    assert ("t", "§8") in refused(made)


def test_new_edition_keeps_the_pattern_of_the_sealed_one(tmp_path):
    register = opened(tmp_path)
    old = ("individuel.2020.q", one_way((2, 3, 9, 8, 6)))
    seal(draft(tmp_path, old, register=register).release, register, AT, CLEAN)
    new = ("individuel.2021.q", one_way((9, 9, 9, 9, 9), edition="2021"))

    made = draft(tmp_path, new, register=register, of=study(diffusion=Diffusion("2027a")))

    assert [row.key for row in made.release.tables[0].rows] == ["a+b", "c", "d", "e"]
