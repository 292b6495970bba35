"""What is written for both genders in French texts we did not write.

Each form was read by eye; wide nets (parentheses, « / », « et », points) were cast over the same
files for what is missed. The figures are those of ``docs/methods/ecriture-inclusive.md`` §7.
"""

from collections import Counter

import pytest

from croisee.text import inclusive_forms

SEEN = {
    "verbatims/fredsum/transcript/*.txt": {
        "celles et ceux": 3, "toutes et à tous": 1, "conjoint ou de la conjointe": 1,
        "chacun et chacune": 1, "veufs et des veuves": 1,
    },
    "civic/decidim_lille_gdn/corpus_complet*.txt": {
        "Président(e)": 1, "candidat(e)": 1, "concitoyen(ne)s": 1, "cher(e)s": 1, "élu(e)": 1,
        "toutes et tous": 3, "tel ou telle": 1, "un ou une": 1,
        "enseignants (es)": 2,
    },
    "civic/cv_fr_sentences/*.txt": {
        "celles et tous ceux": 1, "tous et à toutes": 1, "compagnes et de ses compagnons": 1,
        "maître et la maîtresse": 1, "duc et la duchesse": 1,
    },
    "ner/eds_pseudo_templates/*.txt": {"assuré(e)": 4, "Chèr(e)": 1, "Estimé(e)": 1},
}  # fmt: skip


@pytest.mark.parametrize("files", SEEN)
def test_forms_of_real_texts_are_those_read_by_eye(real_data, files):
    found = Counter()
    for path in sorted(real_data.glob(files)):
        found.update(one.text for one in inclusive_forms(path.read_text(encoding="utf-8")))

    assert found == SEEN[files]
