"""After the seal (§7.2): tables do not change, words may go, with cover."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from croisee.disclosure.quotes import Chosen, Interviewed, attributions, described
from croisee.disclosure.register import Register, RegisterRefused, already_sealed
from croisee.disclosure.released import Release, ReleasedQuote, ReleasedTable
from croisee.disclosure.statements import release_findings, release_leaflets
from croisee.disclosure.versions import remade
from croisee.disclosure.work import Work
from croisee.findings import Quote
from croisee.language import Phrase, phrase

if TYPE_CHECKING:
    from croisee.disclosure.gate import Submitted

_VOICES = "voix"
_Label = tuple[str, str, str]
"""What is printed of a speaker: case, method, edition."""


class Audited(Protocol):
    """What the seal asks of an audit: nothing found, nothing left undecided."""

    @property
    def breaches(self) -> Sequence[object]:
        """Return what could be guessed."""

    @property
    def undecided(self) -> Sequence[object]:
        """Return what could be neither proved safe nor guessed."""


def seal(
    release: Release,
    register: Register,
    at: datetime,
    audit: Audited,
    *,
    on: date | None = None,
    by: str = "",
) -> Release:
    """Seal a draft: its tables are arrested, for every audience, until the next edition.

    ``on`` is the arrest date printed (else the study's, else the day of ``at`` in its zone);
    ``by`` is kept in the register's journal. Returns the sealed release, kept in the register.

    Raises:
        RegisterRefused: no code, sealed already, before the arrest date (somebody may still
            withdraw), or the audit found or left something.
    """
    if not release.code:
        raise RegisterRefused(no_code())
    if release.sealed_on is not None or register.sealed(release.code) is not None:
        raise RegisterRefused(already_sealed(release.code))
    if audit.breaches or audit.undecided:
        raise RegisterRefused(
            phrase(
                "L’audit a trouvé {breaches} façons de deviner et en laisse {undecided} sans "
                "réponse : rien n’est scellé. Voyez equipe/audit.json.",
                breaches=len(audit.breaches),
                undecided=len(audit.undecided),
            )
        )
    today = at.astimezone(ZoneInfo(release.study.timezone)).date()
    arrest = on or release.study.diffusion.arrest_on or today
    if arrest > today:
        raise RegisterRefused(too_early(arrest))
    sealed = remade(release, sealed_on=arrest)
    register.keep(sealed, at, by)
    return sealed


def no_code() -> Phrase:
    """Return why a release without a code is not sealed."""
    return phrase("Donnez un code à la diffusion dans etude.toml ([diffusion] code) pour sceller.")


def too_early(arrest: date) -> Phrase:
    """Return why nothing is sealed before the arrest date."""
    return phrase(
        "La date d’arrêt est le {on} : jusque-là, une personne peut encore se retirer. "
        "Scellez ce jour-là ou après.",
        on=arrest.isoformat(),
    )


def release_again(
    sealed: Release,
    today: Sequence[ReleasedTable],
    submitted: Submitted,
    people: Interviewed,
    register: Register,
    work: Work,
    at: datetime | None,
) -> Release:
    """Return a sealed release as it may be read today.

    Tables, corrections and the keyed digest are the sealed ones, less what was removed since.
    Quotes of people who left are gone, with those of others of the same attribution; findings
    may be reworded, on sealed numbers only. ``today`` is what the gate would release now: a
    table that is not in the seal is named to the team, with how to add it.
    """
    removed = register.removed(sealed.code)
    tables = tuple(table for table in sealed.tables if table.key not in removed)
    _tell_of_new(sealed, today, removed, work)
    chosen = _quotes(sealed, submitted.quotes, people, register, work, at)
    register.forget_words(sealed.code, register.retired(sealed.code))
    for finding in submitted.findings:
        if finding.code in removed:
            work.refuse(finding.code, "§7.2.5", phrase("Ce constat a été retiré de la diffusion."))
    kept = [finding for finding in submitted.findings if finding.code not in removed]
    findings = release_findings(kept, tables, chosen, work)
    return remade(
        sealed,
        tables=tables,
        quotes=tuple(chosen.quotes.values()),
        findings=findings,
        references=submitted.references,
        leaflets=release_leaflets(submitted.leaflets, tables, findings, chosen, work),
    )


def _tell_of_new(
    sealed: Release, today: Iterable[ReleasedTable], removed: Collection[str], work: Work
) -> None:
    known = {table.key for table in sealed.tables}
    for table in today:
        if table.key not in known and table.key not in removed:
            work.beside.append((table.key, table.title))
            work.refuse(
                table.key,
                "§7.2",
                phrase(
                    "La diffusion {code} est scellée sans ce tableau. Pour l’y mettre : croisee "
                    "amend --add {key} ; sinon il attend la prochaine édition.",
                    code=sealed.code,
                    key=table.key,
                ),
            )


def keep_voices(register: Register, release: Release, quotes: Iterable[Quote]) -> None:
    """Remember by keyed mark who says each quote of a sealed release (team only)."""
    known = voices_of(register, release.code)
    shown = {quote.key for quote in release.quotes}
    found = {q.key: voice(register, q.participant) for q in quotes if q.key in shown}
    if found.keys() - known.keys():
        rows = sorted({**known, **found}.items())
        register.keep_rows(release.code, _VOICES, [("voix", key, mark) for key, mark in rows])


def voices_of(register: Register, code: str) -> dict[str, str]:
    """Return the keyed mark of the speaker of each quote that a sealed release showed."""
    return {key: mark for _, key, mark in register.rows(code, _VOICES)}


def voice(register: Register, participant: str) -> str:
    """Return the keyed mark of a participant as a speaker."""
    return register.mac(f"voix\n{participant}")[:16]


def _quotes(
    sealed: Release,
    quotes: Sequence[Quote],
    people: Interviewed,
    register: Register,
    work: Work,
    at: datetime | None,
) -> Chosen:
    now = {q.key: q for q in quotes if q.consented and q.reviewed and q.text.strip()}
    shown = _shown(sealed, quotes, people, register, work)
    gone = [key for key in shown if key not in now]
    if gone:
        # A quote that its authors take back covers nobody: nobody left (§7.2.5).
        agreed = {quote.key for quote in quotes if quote.consented}
        left = [key for key in gone if key not in agreed]
        cover, with_them = _cover(left, shown, now, register, work)
        retired = [*gone, *cover]
        empty = [key for key in retired if key in left or key in now]
        added = _renewed(empty, retired, shown, now, people, register, work)
        when = at.isoformat() if at is not None else ""
        told = _whose(left, with_them, shown, register, sealed.code)
        register.note([(when, "retire", sealed.code, key, told.get(key, "")) for key in retired])
        marks = {key: register.mac(quote.text) for key, quote in added.items()}
        register.note([(when, "remplace", sealed.code, key, mark) for key, mark in marks.items()])
        shown = {key: quote for key, quote in shown.items() if key not in retired}
        shown |= added
        work.refuse(
            sealed.code,
            "§7.2.4",
            phrase(
                "{gone} extraits retirés ; {cover} autres retirés avec eux, {added} remplacés.",
                gone=len(gone),
                cover=len(retired) - len(gone),
                added=len(added),
            ),
        )
    codes = register.codes("V", shown)
    coded = {key: replace(quote, code=codes[key]) for key, quote in shown.items()}
    return Chosen(coded, {key: now[key].participant for key in coded})


def _shown(
    sealed: Release,
    quotes: Iterable[Quote],
    people: Interviewed,
    register: Register,
    work: Work,
) -> dict[str, ReleasedQuote]:
    """Return the quotes that were still out at the last run: sealed or added, not retired."""
    retired = register.retired(sealed.code)
    shown = {quote.key: quote for quote in sealed.quotes if quote.key not in retired}
    by_key = {quote.key: quote for quote in quotes}
    ways = attributions(work.study, people, by_key.values(), work.policy.quotes_min)
    for key, mark in register.added(sealed.code).items():
        if key in retired or key not in by_key or by_key[key].case not in ways:
            continue
        if mark in {"", register.mac(by_key[key].text)}:
            shown[key] = described(by_key[key], ways[by_key[key].case])
        else:
            work.refuse(
                key,
                "§7.2.5",
                phrase("Les mots de cet extrait ont changé depuis qu’il a été montré : il sort."),
            )
    return shown


def _cover(
    gone: Sequence[str],
    shown: Mapping[str, ReleasedQuote],
    now: Mapping[str, Quote],
    register: Register,
    work: Work,
) -> tuple[list[str], dict[_Label, int]]:
    """Return the cover of quotes that go, and how many people that is; say where it is thin."""
    speakers = {key: now[key].participant for key in shown if key in now}
    found, people = cover_of(gone, shown, speakers, register, work.policy.cover)
    for many in people.values():
        if many < work.policy.cover:
            work.refuse(
                gone[0],
                "§7.2.4",
                phrase(
                    "Seulement {n} autres personnes de même source : l’extrait part avec peu de "
                    "couverture. Dites-le à la personne.",
                    n=many,
                ),
            )
    return found, people


def cover_of(
    gone: Sequence[str],
    shown: Mapping[str, ReleasedQuote],
    speakers: Mapping[str, str],
    register: Register,
    least: int,
) -> tuple[list[str], dict[_Label, int]]:
    """Return quotes of ``least`` other people, if there are, of each attribution that loses one.

    And how many people that is, by attribution. ``speakers`` says who is behind each quote shown
    that does not go.
    """
    lost: dict[_Label, int] = defaultdict(int)
    for key in gone:
        lost[_label(shown[key])] += 1
    found: list[str] = []
    people: dict[_Label, int] = {}
    for label, many in lost.items():
        others: dict[str, list[str]] = defaultdict(list)
        for key, quote in shown.items():
            if key not in gone and _label(quote) == label:
                others[speakers[key]].append(key)
        purpose = f"couverture {' '.join(gone)}"
        people[label] = min(len(others), least)
        for person in register.draw(purpose, others)[:least]:
            found += register.draw(purpose, others[person])[:many]
    return found, people


def _whose(
    left: Sequence[str],
    with_them: Mapping[_Label, int],
    shown: Mapping[str, ReleasedQuote],
    register: Register,
    code: str,
) -> dict[str, str]:
    """Return what the journal keeps of a quote gone with its speaker: her mark, the cover."""
    voices = voices_of(register, code)
    return {key: f"{voices.get(key, '?')} {with_them[_label(shown[key])]}" for key in left}


def _renewed(
    empty: Sequence[str],
    retired: Sequence[str],
    shown: Mapping[str, ReleasedQuote],
    now: Mapping[str, Quote],
    people: Interviewed,
    register: Register,
    work: Work,
) -> dict[str, ReleasedQuote]:
    """Return quotes never shown yet, in the ``empty`` places, of the same attribution.

    At most three by one person in the whole release, those since retired among them (§3.9).
    """
    ways = attributions(work.study, people, now.values(), work.policy.quotes_min)
    code = work.study.diffusion.code
    used = set(shown) | register.retired(code)
    by_key = {key: voice(register, now[key].participant) for key in shown if key in now}
    said = Counter({**by_key, **voices_of(register, code)}.values())
    wanted: dict[_Label, int] = defaultdict(int)
    for key in empty:
        wanted[_label(shown[key])] += 1
    added: dict[str, ReleasedQuote] = {}
    reserve = [key for key, quote in now.items() if key not in used and quote.case in ways]
    for key in register.draw(f"reserve {' '.join(retired)}", reserve):
        quote = described(now[key], ways[now[key].case])
        person = voice(register, now[key].participant)
        if wanted[_label(quote)] and said[person] < work.policy.quotes_max:
            wanted[_label(quote)] -= 1
            said[person] += 1
            added[key] = quote
    return added


def _label(quote: ReleasedQuote) -> _Label:
    return quote.case, quote.method, quote.edition
