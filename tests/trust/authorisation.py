"""The authorisation matrix: every route, method and person, made from the URL configuration.

What is expected of an answer comes from what the view declares (``view.audience``), and from
the table of roles; nothing is written here route by route. A route whose address cannot be
made says which sample to add.
"""

import re
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override
from tests.trust.authorisation_world import CANARY, NETWORK_CANARY

from croisee_web.access.vocabulary import Role

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
OUTSIDE = ("no role", "lead of the other study", "administrator")
NOWHERE = "etude-qui-n-existe-pas"


@dataclass(frozen=True)
class Route:
    """One address of the site: its full name, its view, and the names of its parts."""

    name: str
    view: object
    parts: tuple[str, ...]
    literal: str

    @property
    def audience(self):
        return getattr(self.view, "audience", None)

    def address(self, samples):
        """Return the French address for these samples; say which one is missing.

        Another test may have left the thread in English: the page would be read in it.
        """
        if not self.parts and not self.name:
            return f"/{self.literal}"
        with override("fr"):
            return reverse(self.name, kwargs=self.given(samples))

    def given(self, samples):
        """Return a sample for each part of the address."""
        return {part: self._sample(part, samples) for part in self.parts}

    def _sample(self, part, samples):
        space = self.name.partition(":")[0]
        for key in (f"{self.name}:{part}", f"{space}:{part}", part):
            if key in samples:
                return samples[key]
        raise LookupError(
            f"{self.name}: no sample for <{part}>. Add « {self.name}:{part} » to "
            "tests/trust/authorisation_world.py, World._samples, with an object of each study."
        )


def routes(urlconf=None):
    """Return every route of a URL configuration."""
    return list(_walk(get_resolver(urlconf), "", ""))


def _walk(resolver, space, before):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry, inner, before + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            parts = tuple(re.findall(r"<(?:\w+:)?(\w+)>", before + str(entry.pattern)))
            name = f"{space}{entry.name}" if entry.name else ""
            yield Route(name, entry.callback, parts, before + str(entry.pattern))


def undeclared(found):
    """Return the routes whose view does not say who may open it."""
    return [route.name or route.literal for route in found if route.audience is None]


def difference(one, other):
    """Return the lines that two pages do not share, so that a leak says itself."""
    return sorted(set(one.splitlines()) ^ set(other.splitlines()))


def offences(route, world):
    """Return what is wrong with the answers of a route, over every method and person."""
    own = route.address(world.samples["own"])
    found = []
    for method in METHODS:
        answers = {who: world.answer(who, method, own) for who in world.people}
        found += [
            (method, who, answer.status, "broke down")
            for who, answer in answers.items()
            if answer.status >= 500
        ]
        found += [
            (method, who, answer.status, "showed another study")
            for who, answer in answers.items()
            if CANARY in answer.body and (route.name, who) not in MAY_NAME_STUDIES
        ]
        found += [
            (method, who, answers[who].status, "showed another network")
            for who in (Role.COORDINATOR.value,)
            if NETWORK_CANARY in answers[who].body
        ]
        found += _CHECKS[_kind(route)](route, world, method, answers)
    return found


MAY_NAME_STUDIES = {
    ("access:openings", "administrator"),
    *((name, "lead of the other study") for name in ("study:list", "study:create")),
}
"""Where a study's title may be read by who is not in one's own study: an administrator answers a
request about a study that its title names; a lead sees hers in her list."""


NOT_IN_THE_WORLD = {
    "exchange:export-file",
    "people:own-receipt",
    "people:proof",
    "people:receipt",
    "report:network-file",
    "report:read-network",
    "report:read-result",
    "report:result-file",
}
"""Files that no study of this world has: whoever may read them is told so."""


def _kind(route):
    return route.audience[0] if isinstance(route.audience, tuple) else route.audience


def _for_all(route, world, method, answers):
    return []


def _for_signed_in(route, world, method, answers):
    found = []
    if not answers["anonymous"].leads_to_the_door:
        found.append((method, "anonymous", answers["anonymous"].status, "was let in"))
    return found + [
        (method, who, answer.status, "was led to the door")
        for who, answer in answers.items()
        if who != "anonymous" and answer.leads_to_the_door
    ]


def _for_administrators(route, world, method, answers):
    found = _for_signed_in(route, world, method, answers)
    for who, answer in answers.items():
        if who in ("anonymous", "administrator"):
            continue
        nothing = world.answer(who, "GET", "/rien-de-tel/")
        if (answer.status, answer.body) != (nothing.status, nothing.body):
            told = difference(answer.body, nothing.body)
            found.append((method, who, answer.status, "was told that there is something", told))
    if answers["administrator"].status in (403, 404):
        found.append((method, "administrator", answers["administrator"].status, "was refused"))
    return found


def _for_a_study(route, world, method, answers):
    found = _for_signed_in(route, world, method, answers)
    _study, verbs, by_network = route.audience
    more = getattr(route.view, "to_send", None)
    if method == "POST" and more is not None:
        verbs = (*verbs, more)
    nowhere = route.address({**world.samples["own"], "slug": NOWHERE})
    for who in OUTSIDE:
        there = world.answer(who, method, nowhere)
        if (answers[who].status, answers[who].body) != (there.status, there.body):
            found.append((method, who, answers[who].status, "was told that the study exists"))
        if answers[who].status not in (404, 405):
            found.append((method, who, answers[who].status, "was let into the study"))
    unknown = answers[Role.LEAD.value].status == 405
    for who, answer in answers.items():
        if who == "anonymous" or who in OUTSIDE:
            continue
        allowed = set(verbs) <= world.verbs(who, by_network=by_network)
        elsewhere = who == "coordinator of another network" and len(route.parts) > 1
        if not allowed and answer.status not in ((405, 403) if unknown else (403,)):
            found.append((method, who, answer.status, "did what her role does not allow"))
        absent = route.name in NOT_IN_THE_WORLD and answer.status == 404
        if allowed and not elsewhere and not absent and answer.status in (403, 404):
            found.append((method, who, answer.status, "was refused what her role allows"))
        if allowed and elsewhere and answer.status not in (403, 404, 405):
            found.append((method, who, answer.status, "was let into another network"))
    return found + _with_foreign_parts(route, world, method)


def _with_foreign_parts(route, world, method):
    """A lead asks, at her study's own address, for something of the other study.

    She is answered as for something that exists nowhere.
    """
    own, other = (route.given(world.samples[which]) for which in ("own", "other"))
    foreign = {part: other[part] for part in own if part != "slug" and own[part] != other[part]}
    if not foreign:
        return []
    absent = {part: 999_999 if isinstance(foreign[part], int) else "nulle-part" for part in foreign}
    lead = Role.LEAD.value
    reached, nothing = (
        world.answer(lead, method, reverse(route.name, kwargs={**own, **parts}))
        for parts in (foreign, absent)
    )
    refused = reached.status in (404, 405) or reached == nothing
    if refused and CANARY not in reached.body:
        return []
    return [(method, lead, reached.status, "reached a part of the other study")]


_CHECKS = {
    "all": _for_all,
    "signed-in": _for_signed_in,
    "administrators": _for_administrators,
    "study": _for_a_study,
}
