"""Word families: writings that are one word because the texts themselves hold the others."""

from croisee.text import EMPTY_WORDS, word_families


def families(*texts):
    return {
        one.form: (sorted(one.people), set(one.writings))
        for one in word_families(texts, without=EMPTY_WORDS)
    }


def test_one_talkative_person_is_one_person():
    found = families(("p", "serveur serveur serveur"), ("p", "un serveur"), ("q", "serveurs"))

    assert found == {"serveur": (["p", "q"], {"serveur", "serveurs"})}


def test_genders_join_only_where_somebody_writes_them_together():
    apart = families(("p", "intervenante"), ("q", "intervenants"))
    joined = families(("p", "intervenante"), ("q", "intervenants"), ("r", "intervenant·e·s"))

    assert set(apart) == {"intervenante", "intervenants"}
    assert joined == {
        "intervenante": (["p", "q", "r"], {"intervenante", "intervenants", "intervenant·e·s"})
    }


def test_a_plural_alone_and_accents_stay_as_they_are():
    found = families(("p", "travaux"), ("q", "marche"), ("r", "marché"), ("s", "Marchés"))

    assert set(found) == {"travaux", "marche", "marché"}
    assert found["marché"][0] == ["r", "s"]
