from datetime import UTC, datetime
from types import SimpleNamespace

from gate_samples import KEY, draft, refused
from quote_samples import labels, people_met, spoken

from croisee.disclosure import Mask, Register, keep_voices, seal
from croisee.findings import Finding, Leaflet
from croisee.language import Label

AT = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
CLEAN = SimpleNamespace(breaches=(), undecided=())
MET = {"carrefours": {"entretien": 8, "groupe": 12}}


def quoted(tmp_path, quotes, met=None, **more):
    return draft(tmp_path, *people_met(met or MET), quotes=quotes, **more)


def finding(*keys, cases=()):
    return Finding("C-01", Label("T"), Label("Texte."), "S", cases, "valide", quotes=keys)


def test_quote_shared_by_five_shows_case_and_method(tmp_path):
    made = quoted(tmp_path, [spoken("un", "carrefours", "entretien", "p-1")])

    (quote,) = made.release.quotes
    assert (quote.code, quote.case, quote.method) == ("V-01", "carrefours", "entretien")
    assert quote.masks == ()


def test_quote_without_consent_review_or_words_stays(tmp_path):
    made = quoted(
        tmp_path,
        [
            spoken("non", "carrefours", "entretien", "p-1", consented=False),
            spoken("brut", "carrefours", "entretien", "p-2", reviewed=False),
            spoken("vide", "carrefours", "entretien", "p-3", text="  "),
            spoken("bon", "carrefours", "entretien", "p-4"),
        ],
    )

    assert list(labels(made.release.quotes)) == ["bon"]
    assert [about for about, _ in refused(made)] == ["brut", "non", "vide"]


def test_fourth_quote_of_a_person_stays_and_cited_ones_come_first(tmp_path):
    quotes = [spoken(key, "carrefours", "entretien", "p-1") for key in "abcd"]

    made = quoted(tmp_path, quotes, findings=[finding("d")])

    assert [quote.key for quote in made.release.quotes] == ["d", "a", "b"]
    assert ("c", "§3.9") in refused(made)


def test_two_quotes_of_one_person_are_not_under_one_finding(tmp_path):
    quotes = [
        spoken("un", "carrefours", "entretien", "p-1"),
        spoken("deux", "carrefours", "entretien", "p-1"),
        spoken("trois", "carrefours", "entretien", "p-2"),
    ]

    made = quoted(tmp_path, quotes, findings=[finding("un", "deux", "trois")])

    assert made.release.findings[0].quotes == ("un", "trois")


def test_label_is_uniform_inside_a_case_and_free_in_another(tmp_path):
    met = {"famille": {"entretien": 1, "groupe": 6}, "carrefours": {"entretien": 8, "groupe": 9}}
    quotes = [
        spoken("a", "famille", "groupe", "p-1"),
        spoken("b", "famille", "entretien", "p-2"),
        spoken("c", "carrefours", "groupe", "p-3"),
    ]

    made = quoted(tmp_path, quotes, met)

    assert labels(made.release.quotes) == {
        "a": ("famille", ""),
        "b": ("famille", ""),
        "c": ("carrefours", "groupe"),
    }
    assert made.release.quote("a").masks == (Mask.QUOTE_LABEL,)


def test_small_cases_are_one_of_the_networks_when_together_they_are_five(tmp_path):
    met = {"famille": {"groupe": 3}, "quartiers": {"groupe": 4}, "carrefours": {"groupe": 9}}
    quotes = [spoken("a", "famille", "groupe", "p-1"), spoken("b", "quartiers", "groupe", "p-2")]

    made = quoted(
        tmp_path,
        quotes,
        met,
        findings=[finding("a", cases=("famille",))],
        leaflets=[Leaflet("famille", quotes=("a",))],
    )

    assert labels(made.release.quotes) == {"a": ("", ""), "b": ("", "")}
    assert made.release.findings[0].quotes == ()
    assert made.release.leaflets[0].quotes == ()


def test_one_small_case_alone_is_not_quoted(tmp_path):
    met = {"famille": {"groupe": 3}, "carrefours": {"groupe": 9}}

    made = quoted(tmp_path, [spoken("a", "famille", "groupe", "p-1")], met)

    assert made.release.quotes == ()
    assert ("a", "§3.9") in refused(made)


def test_leaflet_shows_the_quotes_of_its_own_network(tmp_path):
    met = {"quartiers": {"groupe": 8}, "carrefours": {"groupe": 9}}
    quotes = [spoken("a", "quartiers", "groupe", "p-1"), spoken("b", "carrefours", "groupe", "p-2")]

    made = quoted(tmp_path, quotes, met, leaflets=[Leaflet("carrefours", quotes=("a", "b"))])

    assert made.release.leaflets[0].quotes == ("b",)


def test_release_names_no_participant(tmp_path):
    from croisee.disclosure import release_json

    made = quoted(tmp_path, [spoken("un", "carrefours", "entretien", "personne-secrete")])

    assert [quote.key for quote in made.release.quotes] == ["un"]
    assert b"personne-secrete" not in release_json(made.release)


def test_a_replacement_counts_every_quote_a_person_ever_had(tmp_path):
    """Three in the whole release, those that left their place to others included (§3.9)."""
    register = Register.open(tmp_path / "registre", token=KEY)
    mine = [spoken(f"a-{i}", "carrefours", "groupe", "p-1") for i in range(3)]
    others = [spoken(f"{who}", "carrefours", "groupe", who) for who in ("p-2", "p-3")]
    more = [spoken(f"reserve-{i}", "carrefours", "groupe", "p-1") for i in range(3)]
    release = quoted(tmp_path, [*mine, *others], register=register).release
    seal(release, register, AT, CLEAN)
    keep_voices(register, release, [*mine, *others])

    after = quoted(tmp_path, [*mine, others[1], *more], register=register, at=AT).release

    gone = {quote.key for quote in release.quotes} - {quote.key for quote in after.quotes}
    assert "p-2" in gone
    assert gone & {quote.key for quote in mine}  # hers covered the one who left
    assert {quote.key for quote in after.quotes} & {quote.key for quote in more} == set()
