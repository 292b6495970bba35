"""Technologies named: people, not mentions; writings that mean the same thing together."""

from group_study import frozen, person

from croisee.focusgroup import landscape
from croisee.language import Label
from croisee.tables import Mention


def mention(session, participant, name, group="app", **more):
    case = "nord" if session in {"g-1", "g-2"} else "sud"
    return {
        "session": session, "case": case, "edition": "2020", "participant": participant,
        "name_fr": name, "group": group, "common": False, **more,
    }  # fmt: skip


def test_landscape_counts_people_by_case(tmp_path):
    lines = [
        mention("g-1", person("g-1", 1), "Téléphone", name_en="Phone"),
        mention("g-1", person("g-1", 1), "téléphone"),
        mention("g-1", person("g-1", 2), "Telephone", common=True),
        mention("g-3", person("g-3", 1), "Agenda partagé", group="lien"),
        mention("g-3", "", "Téléphone"),
        mention("g-3", "", "Téléphone", name_en="Phone"),
    ]
    groups = [
        {"group": "lien", "label_fr": "Faire lien", "order": 1},
        {"group": "app", "label_fr": "Appareils", "order": 2},
    ]

    table = landscape(frozen(tmp_path, mentions=lines, mention_groups=groups))

    assert table.groups == (("lien", Label("Faire lien")), ("app", Label("Appareils")))
    assert [(base.id, base.n) for base in table.bases] == [
        ("technologies.2020@nord", 2),
        ("technologies.2020@sud", 2),
    ]
    assert table.mentions == (
        Mention(Label("Agenda partagé"), "lien", (0, 1), common=False),
        Mention(Label("Téléphone", "Phone"), "app", (2, 1), common=True),
    )


def test_class_without_a_label_is_named_by_its_code(tmp_path):
    table = landscape(frozen(tmp_path, mentions=[mention("g-1", person("g-1", 1), "VPN", "sur")]))

    assert table.groups == (("sur", Label("sur")),)


def test_nothing_named_is_no_landscape(tmp_path):
    assert landscape(frozen(tmp_path)) is None
