"""A question of LimeSurvey as rows of a workbook, type by type."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from croisee.formats.limesurvey import Asked, Part, Texts
from croisee.language import Phrase, phrase
from croisee.questionnaire.codebook import SCALE
from croisee.questionnaire.exchanges.limesurvey_words import (
    ARRAYS,
    COMMENT_LABEL,
    DEFAULTS,
    FIXED,
    LOST_SETTINGS,
    OTHER,
    OTHER_LABEL,
    PREFIX,
    SCALES,
    language_name,
    said_in,
)
from croisee.questionnaire.functions import regex_is_known

Record = dict[str, str]
BUDGET = "croisee-budget"
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DELIMITED = re.compile(r"/(.*)/([a-z]*)", re.DOTALL)


@dataclass(slots=True)
class Writing:
    """The sheets being written, and what is lost on the way.

    ``words(question, texts)`` makes their text ours.
    """

    languages: Sequence[str]
    words: Callable[[str, str], str]
    survey: list[Record] = field(default_factory=list)
    choices: list[Record] = field(default_factory=list)
    losses: list[tuple[str, Phrase]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    """Their code of each question → our name."""

    def lose(self, question: str, what: Phrase) -> None:
        """Say what does not come, once for each question."""
        if (question, what) not in self.losses:
            self.losses.append((question, what))

    def said(self, question: str, column: str, texts: Texts, *, ours: bool = False) -> Record:
        """Return a text as the cells of its languages."""
        known = dict(texts)
        return {
            f"{column}::{language_name(one)}": self.words(
                question, said_in(texts, one) if ours else known.get(one, "")
            )
            for one in self.languages
            if ours or known.get(one)
        }

    def list_of(self, name: str, question: str, parts: Sequence[Part]) -> None:
        """Write a list of choices; one without a text is called by its code."""
        for one in parts:
            main = language_name(self.languages[0])
            texts = self.said(question, "label", one.texts)
            record = {"list_name": name, "name": one.code, **texts}
            record.setdefault(f"label::{main}", one.code)
            self.choices.append(record)

    def fixed(self, kind: str) -> str:
        """Write a list that LimeSurvey does not write, once; return its name."""
        kind = "5" if kind == "A" else kind
        name = f"liste_{kind}"
        if all(one["list_name"] != name for one in self.choices):
            for code, texts in FIXED[kind]:
                said = self.said("", "label", texts, ours=True)
                self.choices.append({"list_name": name, "name": code, **said})
        return name


def write_question(asked: Asked, name: str, writing: Writing, relevant: str) -> None:
    """Write a question, its lists and the questions that go with it (« other », comments)."""
    kept = _kept(asked, writing)
    row = {
        "name": name,
        **writing.said(name, "label", asked.texts),
        **writing.said(name, "hint", asked.helps),
        "relevant": "false()" if asked.attribute("hidden") == "1" else relevant,
        "required": "yes" if asked.mandatory == "Y" else "",
        f"{PREFIX}type": asked.type,
        **kept,
    }
    if not any(column.startswith("label") and cell for column, cell in row.items()):
        row[f"label::{language_name(writing.languages[0])}"] = asked.code
    if asked.type in ARRAYS:
        _array(asked, row, writing)
    elif asked.type in _SIMPLE:
        writing.survey.append(row | _SIMPLE[asked.type](asked, row, writing))
        _other(asked, row, writing)
    else:
        writing.lose(name, phrase("Ce type de question n’existe pas ici : elle devient une note."))
        writing.survey.append({**row, "type": "note", "required": ""})


def _kept(asked: Asked, writing: Writing) -> Record:
    """Return the settings that say something, in columns of their own; say which are lost."""
    found: Record = {}
    for one in asked.attributes:
        if one.value.strip() in {"", "0"} or (one.name, one.value.strip()) in DEFAULTS:
            continue
        language = f" ({one.language})" if one.language else ""
        found[f"{PREFIX}{one.name}{language}"] = one.value.strip()
        if one.name in LOST_SETTINGS and one.value.strip() not in {"normal", "N"}:
            writing.lose(asked.code, LOST_SETTINGS[one.name])
    if asked.mandatory == "S":
        writing.lose(
            asked.code, phrase("« Obligatoire, mais pas absolument » devient facultative.")
        )
        found[f"{PREFIX}mandatory"] = "S"
    if asked.attribute("hidden") == "1":
        writing.lose(asked.code, phrase("La question était cachée : elle ne se pose jamais."))
    return found


def _one_of(asked: Asked, row: Record, writing: Writing) -> Record:
    if asked.type in FIXED:
        listed = writing.fixed(asked.type)
        return {"type": f"select_one {listed}", "appearance": SCALE if asked.type in SCALES else ""}
    writing.list_of(row["name"], row["name"], [one for one in asked.answers if not one.scale])
    _other_choice(asked, row, writing)
    return {
        "type": f"select_one {row['name']}",
        "appearance": "minimal" if asked.type == "!" else "",
        "default": asked.default,
    }


def _other_choice(asked: Asked, row: Record, writing: Writing) -> None:
    if asked.other:
        own = tuple(
            (one, asked.attribute("other_replace_text", one))
            for one in writing.languages
            if asked.attribute("other_replace_text", one)
        )
        texts = writing.said(row["name"], "label", own or OTHER_LABEL, ours=True)
        writing.choices.append({"list_name": row["name"], "name": OTHER, **texts})


def _several_of(asked: Asked, row: Record, writing: Writing) -> Record:
    writing.list_of(row["name"], row["name"], asked.parts)
    _other_choice(asked, row, writing)
    if any(one.relevance for one in asked.parts):
        writing.lose(asked.code, phrase("La condition d’une sous-question n’est pas reprise."))
    bounds = [
        f"count-selected(.) {sign} {asked.attribute(name)}"
        for name, sign in (("min_answers", ">="), ("max_answers", "<="))
        if re.fullmatch(r"[1-9][0-9]{0,2}", asked.attribute(name))
    ]
    alone = [one for one in re.split(r"[;,\s]+", asked.attribute("exclude_all_others")) if one]
    bounds += [f"(not(selected(., '{one}')) or count-selected(.) = 1)" for one in alone
               if one in {part.code for part in asked.parts}]  # fmt: skip
    return {"type": f"select_multiple {row['name']}", "constraint": " and ".join(bounds)}


def _ranking(asked: Asked, row: Record, writing: Writing) -> Record:
    writing.list_of(row["name"], row["name"], asked.answers or asked.parts)
    if asked.attribute("max_answers") or asked.mandatory != "Y":
        writing.lose(asked.code, LOST_SETTINGS["max_subquestions"])
    return {"type": f"rank {row['name']}"}


def _amount(asked: Asked, row: Record, writing: Writing) -> Record:
    del row, writing
    kind = "integer" if asked.attribute("num_value_int_only") == "1" else "decimal"
    return {"type": kind, "constraint": _between(asked)}


def _between(asked: Asked) -> str:
    bounds = [
        f". {sign} {asked.attribute(name)}"
        for name, sign in (("min_num_value_n", ">="), ("max_num_value_n", "<="))
        if _NUMBER.fullmatch(asked.attribute(name))
    ]
    return " and ".join(bounds)


def _text(asked: Asked, row: Record, writing: Writing) -> Record:
    if asked.attribute("numbers_only") == "1":
        return {"type": "decimal", "appearance": ""}
    bounds = []
    if re.fullmatch(r"[1-9][0-9]{0,5}", asked.attribute("maximum_chars")):
        bounds.append(f"string-length(.) <= {asked.attribute('maximum_chars')}")
    if asked.validation:
        pattern = _pattern(asked.validation)
        if pattern:
            bounds.append(f"regex(., {pattern})")
        else:
            row[f"{PREFIX}validation"] = asked.validation
            writing.lose(asked.code, LOST_SETTINGS["em_validation_q"])
    return {
        "type": "text",
        "appearance": "multiline" if asked.type in "TU" else "",
        "constraint": " and ".join(bounds),
        "default": asked.default,
    }


def _pattern(validation: str) -> str:
    """Return their regular expression as ours, quoted; ``""`` for one we cannot keep whole."""
    found = _DELIMITED.fullmatch(validation.strip())
    if found is None or found[2] or "'" in found[1] or "\n" in found[1]:
        return ""
    pattern = found[1] if found[1].startswith("^") else f".*{found[1]}"
    pattern = pattern if pattern.endswith("$") else f"{pattern}.*"
    return f"'{pattern}'" if regex_is_known(pattern) else ""


def _day(asked: Asked, row: Record, writing: Writing) -> Record:
    del row, writing
    said = asked.attribute("date_format")
    hours, days = "H" in said, any(one in said for one in "dmyDY")
    bounds = [
        f". {sign} date('{asked.attribute(name)}')"
        for name, sign in (("date_min", ">="), ("date_max", "<="))
        if _DAY.fullmatch(asked.attribute(name)) and not hours
    ]
    kind = ("dateTime" if days else "time") if hours else "date"
    return {"type": kind, "constraint": " and ".join(bounds)}


def _file(asked: Asked, row: Record, writing: Writing) -> Record:
    del row
    if asked.attribute("max_num_of_files") not in {"", "1"}:
        writing.lose(asked.code, phrase("Un seul fichier se joint à une réponse."))
    return {"type": "file"}


def _shown(asked: Asked, row: Record, writing: Writing) -> Record:
    del row
    if asked.type == "*":
        writing.lose(asked.code, phrase("L’équation n’est pas reprise : elle devient une note."))
    if asked.type == "I":
        writing.lose(asked.code, phrase("Le choix de la langue devient une note."))
    return {"type": "note", "required": ""}


_SIMPLE: dict[str, Callable[[Asked, Record, Writing], Record]] = {
    **dict.fromkeys("L!OYG5", _one_of),
    **dict.fromkeys("MP", _several_of),
    **dict.fromkeys("STU", _text),
    **dict.fromkeys("X*I", _shown),
    "R": _ranking,
    "N": _amount,
    "D": _day,
    "|": _file,
}


def _other(asked: Asked, row: Record, writing: Writing) -> None:
    """Write the questions that go with a choice: « other: which? », comments."""
    name = row["name"]
    if asked.other and asked.type in "L!MP":
        chosen = f"${{{name}}} = '{OTHER}'" if asked.type in "L!" else ""
        texts = tuple((one, _other_text(asked, one)) for one in writing.languages)
        writing.survey.append(
            {
                "type": "text",
                "name": f"{name}_other",
                **writing.said(name, "label", texts, ours=True),
                "relevant": chosen or f"selected(${{{name}}}, '{OTHER}')",
            }
        )
    if asked.type == "O":
        writing.survey.append(
            {
                "type": "text",
                "name": f"{name}_comment",
                **writing.said(name, "label", COMMENT_LABEL, ours=True),
                "relevant": row["relevant"],
            }
        )
    for one in asked.parts if asked.type == "P" else ():
        writing.survey.append(
            {
                "type": "text",
                "name": f"{name}_{one.code}comment",
                **writing.said(name, "label", one.texts),
                "relevant": f"selected(${{{name}}}, '{one.code}')",
            }
        )


def _other_text(asked: Asked, language: str) -> str:
    said = asked.attribute("other_replace_text", language) or said_in(OTHER_LABEL, language)
    return f"{said.rstrip(' :?')} : ?" if language == "fr" else f"{said.rstrip(' :?')}: ?"


def _array(asked: Asked, row: Record, writing: Writing) -> None:
    """Write an array as a group on one page, a question for each of its cells or lines."""
    total = asked.attribute("equals_num_value")
    budget = asked.type == "K" and re.fullmatch(r"[1-9][0-9]*", total) is not None
    group = {
        **row,
        "type": "begin_group",
        "appearance": BUDGET if budget else "field-list",
        "required": "",
    }
    if budget:
        group["croisee::total"] = total
    if any(one.relevance for one in asked.parts):
        writing.lose(asked.code, phrase("La condition d’une sous-question n’est pas reprise."))
    lines = list(_lines(asked, row, writing, budget=budget))
    if budget and lines:
        others = " + ".join(f"coalesce(${{{one['name']}}}, 0)" for one in lines[:-1])
        lines[-1]["constraint"] = f"{others} + . = {total}" if others else f". = {total}"
    writing.survey += [group, *lines, {"type": "end_group"}]


def _lines(asked: Asked, row: Record, writing: Writing, *, budget: bool) -> Iterator[Record]:
    name, required = row["name"], row["required"]
    across = [one for one in asked.parts if one.scale]
    listed = _array_lists(asked, name, writing)
    for part in (one for one in asked.parts if not one.scale):
        said = writing.said(name, "label", part.texts)
        if not said:
            said = {f"label::{language_name(writing.languages[0])}": part.code}
        base = {"required": required, **said, "name": f"{name}_{part.code}"}
        if asked.type == "1":
            for scale, one in enumerate(listed):
                header = _headers(asked, part, scale, writing)
                yield {**base, "type": one, "name": f"{base['name']}_{scale}", **header}
        elif asked.type in ":;" and listed:
            yield {**base, "type": listed[0]}
        elif asked.type in ":;":
            kind = "text" if asked.type == ";" else "decimal"
            for column in across:
                yield {
                    **base,
                    "type": kind,
                    "name": f"{base['name']}_{column.code}",
                    **_crossed(part, column, name, writing),
                }
        elif asked.type == "K":
            yield {**base, "type": "integer" if budget else _whole(asked),
                   "constraint": _between(asked)}  # fmt: skip
        elif asked.type == "Q":
            kind = "decimal" if asked.attribute("numbers_only") == "1" else "text"
            yield {**base, "type": kind}
        else:
            yield {**base, "type": listed[0], "appearance": SCALE if asked.type in SCALES else ""}


def _whole(asked: Asked) -> str:
    return "integer" if asked.attribute("num_value_int_only") == "1" else "decimal"


def _array_lists(asked: Asked, name: str, writing: Writing) -> list[str]:
    """Write the lists of an array's lines; return the type of a line, or of its two scales."""
    if asked.type in FIXED:
        return [f"select_one {writing.fixed(asked.type)}"]
    if asked.type in "FH":
        writing.list_of(name, name, [one for one in asked.answers if not one.scale])
        return [f"select_one {name}"]
    if asked.type == "1":
        for scale in (0, 1):
            kept = [one for one in asked.answers if one.scale == scale]
            writing.list_of(f"{name}_{scale}", name, kept)
        return [f"select_one {name}_{scale}" for scale in (0, 1)
                if any(one.scale == scale for one in asked.answers)]  # fmt: skip
    if asked.type == ":" and asked.attribute("multiflexible_checkbox") == "1":
        writing.list_of(name, name, [one for one in asked.parts if one.scale])
        return [f"select_multiple {name}"]
    return []


def _headers(asked: Asked, part: Part, scale: int, writing: Writing) -> Record:
    attribute = f"dualscale_header{'AB'[scale]}"
    texts = tuple(
        (one, " — ".join(filter(None, (text, asked.attribute(attribute, one)))))
        for one, text in part.texts
    )
    return writing.said(asked.code, "label", texts)


def _crossed(part: Part, across: Part, name: str, writing: Writing) -> Record:
    columns = dict(across.texts)
    texts = tuple(
        (one, " — ".join(filter(None, (text, columns.get(one, ""))))) for one, text in part.texts
    )
    return writing.said(name, "label", texts)
