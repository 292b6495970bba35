"""Estimates of a sample as it was drawn: weights, strata, clusters, finite population.

See ``docs/methods/intervalles.md`` §5: assumptions, formulae, sources, coverage, examples.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, nan, sqrt

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from croisee.survey.intervals import TAIL, interval, share_interval
from croisee.survey.weighting import kish_size

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Design:
    """How the respondents of a wave were drawn, one place a respondent.

    ``members`` counts the clusters (or the units, where each is alone) of each stratum in the
    frame; ``None`` where it is not known: no correction for a finite population is then made.
    """

    weights: Floats
    strata: NDArray[np.int64]
    clusters: NDArray[np.int64]
    members: tuple[int, ...] | None
    stratum_of: NDArray[np.int64]
    """The stratum of each cluster."""
    plain: tuple[bool, ...]
    """Of each stratum, whether it is a plain draw: no clusters, equal weights inside."""

    def degrees(self, inside: Mask) -> int:
        """Return the degrees of freedom of a domain: its clusters less its strata, at least one."""
        clusters = np.bincount(self.clusters[inside], minlength=len(self.stratum_of)) > 0
        strata = np.bincount(self.stratum_of[clusters], minlength=len(self.plain)) > 0
        return max(1, int(clusters.sum()) - int(strata.sum()))

    @property
    def lonely(self) -> tuple[int, ...]:
        """Return the strata with one cluster of a larger number: no spread is seen there."""
        counts = np.bincount(self.stratum_of, minlength=len(self.plain))
        return tuple(
            int(stratum)
            for stratum in np.flatnonzero(counts == 1)
            if self.members is None or self.members[stratum] > 1
        )


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share, a mean or a ratio, its standard error, and its 95 % interval.

    ``n`` counts the respondents it stands on, ``effective`` the plain draws of an endless
    population that would be as precise (shares only; ``nan`` elsewhere). ``exact``: the
    interval is the exact one of :func:`croisee.survey.interval`.
    """

    value: float
    error: float
    low: float
    high: float
    n: int
    effective: float = nan
    exact: bool = False


def design(
    weights: Sequence[float] | Floats,
    strata: Sequence[str],
    clusters: Sequence[str],
    frame: Mapping[str, int] | None,
) -> Design:
    """Return a design from the stratum and the cluster of each respondent.

    A cluster is inside one stratum: the same name in two strata is two clusters.
    Raises ``ValueError`` where a stratum has more clusters than the frame has members.
    """
    names, stratum = _places(strata)
    groups, group = _places(clusters)
    pairs, cluster = np.unique(stratum * len(groups) + group, return_inverse=True)
    held = np.asarray(weights, dtype=np.float64)
    stratum_of = pairs // max(1, len(groups))
    drawn = np.bincount(stratum_of, minlength=len(names))
    members = None if frame is None else tuple(frame[name] for name in names)
    if members is not None and any(n > size for n, size in zip(drawn, members, strict=True)):
        raise ValueError("more answers than members in a stratum")
    units = np.bincount(stratum, minlength=len(names))
    plain = tuple(
        bool(units[place] == drawn[place] and np.ptp(held[stratum == place]) <= 1e-9 * held.max())
        for place in range(len(names))
    )
    return Design(held, stratum, cluster, members, stratum_of, plain)


def _places(words: Sequence[str]) -> tuple[list[str], NDArray[np.int64]]:
    """Return the different words in order, and the place of each one among them."""
    coded = pa.array(words, pa.string()).dictionary_encode()
    known = coded.dictionary.to_pylist()
    names = sorted(known)
    place = {name: k for k, name in enumerate(names)}
    rank = np.array([place[name] for name in known], dtype=np.int64)
    return names, rank[np.asarray(coded.indices, dtype=np.int64)]


def ratio(drawn: Design, over: Floats, under: Floats, domain: Mask | None = None) -> Estimate:
    """Return Σw·over / Σw·under and its interval, by Taylor linearisation.

    The variance is that of the total of z = w (over − R·under) / Σw·under between the clusters
    of each stratum, (1 − f_h) n_h/(n_h − 1) Σ (z_hi − z̄_h)² (Cochran 1977, §6.3 and §11.18;
    Särndal, Swensson and Wretman 1992, results 5.6.2 and 5.8.1; Woodruff 1971). Those outside
    of the domain stay in the design with z = 0 (give them any number, never ``nan``). The
    interval is Student's, with the clusters of the domain less its strata for degrees of freedom.
    A stratum of one cluster is set against the mean of all clusters, which is prudent. Raises
    ``ValueError`` where Σw·under is zero.
    """
    inside = np.ones(len(drawn.weights), bool) if domain is None else domain
    held = drawn.weights if domain is None else drawn.weights * inside
    whole = float(held @ under)
    if not whole:
        raise ValueError("an empty domain")
    value = float(held @ over) / whole
    error = sqrt(_variance_of_total(drawn, held * (over - value * under) / whole))
    reach = _student(drawn.degrees(inside)) * error
    return Estimate(value, error, value - reach, value + reach, int(inside.sum()))


def mean(drawn: Design, values: Floats, domain: Mask | None = None) -> Estimate:
    """Return the mean of ``values`` in a domain: the ratio to a variable that is one."""
    return ratio(drawn, values, np.ones(len(values)), domain)


def share(drawn: Design, chosen: Floats, domain: Mask | None = None) -> Estimate:
    """Return the share of a domain that chose something (0 or 1), and its interval.

    Where the domain is whole strata made one and the draw is plain, the exact hypergeometric
    interval (:func:`croisee.survey.interval`). Otherwise Clopper and Pearson's for
    n* = p(1 − p)/v · (t_{n−1}/t_d)² answers, v the variance above (Korn and Graubard 1998,
    Survey Methodology 24, p. 193-201), widened by half a member at each end where units are drawn
    alone from a known frame: without it, the coverage of a draw of 24 from 28 falls to 90 %. At
    0 or 100 %, where v is zero, Kish's effective size takes the place of p(1 − p)/v. n* is not
    held to n, as in ``survey::svyciprop(method = "beta")`` of R: coverage needs no such limit.
    A domain all of whose clusters answered has no interval.
    """
    inside = np.ones(len(drawn.weights), bool) if domain is None else domain
    found = mean(drawn, chosen, inside)
    n, value = found.n, found.value
    if _all_seen(drawn, inside):
        return Estimate(value, 0.0, value, value, n, inf, exact=True)
    members = _members_of(drawn, inside)
    strata = np.flatnonzero(np.bincount(drawn.strata[inside]))
    if len(strata) == 1 and drawn.plain[strata[0]] and (members is not None or not drawn.members):
        low, high = interval(round(value * n), n, members)
        return Estimate(value, found.error, low, high, n, _plain(found), exact=True)
    effective = _plain(found)
    if not np.isfinite(effective):
        effective = kish_size(drawn.weights[inside])
    if n > 1:
        effective *= (_student(n - 1) / _student(drawn.degrees(inside))) ** 2
    low, high = share_interval(value, effective)
    if members is not None:
        low, high = max(0.0, low - 0.5 / members), min(1.0, high + 0.5 / members)
    return Estimate(value, found.error, low, high, n, effective)


def _variance_of_total(drawn: Design, scores: Floats) -> float:
    totals = np.bincount(drawn.clusters, scores, minlength=len(drawn.stratum_of))
    strata = len(drawn.plain)
    counts = np.bincount(drawn.stratum_of, minlength=strata)
    means = np.bincount(drawn.stratum_of, totals, minlength=strata) / counts
    centre = np.where(counts > 1, means, totals.mean())
    gaps = (totals - centre[drawn.stratum_of]) ** 2
    spreads = np.bincount(drawn.stratum_of, gaps, minlength=strata)
    left = np.ones(strata) if drawn.members is None else 1 - counts / np.array(drawn.members)
    return float(np.sum(left * spreads * counts / np.maximum(counts - 1, 1)))


def _all_seen(drawn: Design, inside: Mask) -> bool:
    """Return whether every cluster of the strata of a domain answered: nothing is estimated."""
    if drawn.members is None:
        return False
    strata = np.unique(drawn.strata[inside])
    counts = np.bincount(drawn.stratum_of, minlength=len(drawn.plain))
    return bool(np.all(counts[strata] == np.array(drawn.members)[strata]))


def _members_of(drawn: Design, inside: Mask) -> int | None:
    """Return the members of a domain of whole strata of units drawn alone, ``None`` elsewhere.

    Where clusters are drawn, the frame counts clusters: how many units they hold is not known.
    """
    if drawn.members is None:
        return None
    here = np.bincount(drawn.strata[inside], minlength=len(drawn.plain))
    whole = np.bincount(drawn.strata, minlength=len(drawn.plain))
    clusters = np.bincount(drawn.stratum_of, minlength=len(drawn.plain))
    if np.any((here > 0) & ((here < whole) | (clusters < whole))):
        return None
    return sum(size for size, n in zip(drawn.members, here, strict=True) if n)


def _plain(found: Estimate) -> float:
    spread = found.value * (1 - found.value)
    return spread / found.error**2 if found.error > 0 and spread > 1e-12 else inf


def _student(degrees: int) -> float:
    from scipy.stats import t  # noqa: PLC0415 -- half a second that other commands do without

    return float(t.isf(TAIL, degrees))
