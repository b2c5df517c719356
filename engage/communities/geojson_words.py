"""Says what is wrong with a GeoJSON file, and what to do about it."""

from engage.communities.geojson import Fault, Problem
from engage.i18n.gettext import LazyText, s_lazy, sn_

_OF_THE_FILE: dict[Fault, LazyText] = {
    Fault.TOO_BIG: s_lazy("The file is too big. Choose one of at most %(value)s MB."),
    Fault.NOT_TEXT: s_lazy("The file is not UTF-8 text. Save it as GeoJSON and choose it again."),
    Fault.NOT_JSON: s_lazy(
        "The file is not JSON. Export it as GeoJSON from your map program and choose it again."
    ),
    Fault.NOT_A_COLLECTION: s_lazy(
        "The file is JSON, but not a GeoJSON FeatureCollection. Export the whole layer as GeoJSON."
    ),
    Fault.EMPTY: s_lazy("There is nothing in the file. Choose one that has areas."),
    Fault.TOO_MANY: s_lazy("The file has too many areas. At most %(value)s fit."),
    Fault.TOO_DETAILED: s_lazy(
        "The borders have too many points. Simplify them in your map program and try again."
    ),
    Fault.NOTHING_TELLS_APART: s_lazy(
        "No property is different for every area, so none can be its key."
        " Give each area a key of its own in your map program."
    ),
    Fault.OTHER_SYSTEM: s_lazy(
        "The file is in another coordinate system (%(value)s)."
        " Export it in WGS 84 (EPSG:4326), in degrees."
    ),
}
_OF_A_FEATURE: dict[Fault, LazyText] = {
    Fault.NOT_A_FEATURE: s_lazy("Number %(number)s in the file is not a GeoJSON Feature."),
    Fault.NOT_AN_AREA: s_lazy(
        "Feature %(number)s is not an area. Draw it as a Polygon or MultiPolygon, or take it out."
    ),
    Fault.NOT_A_NUMBER: s_lazy(
        "Feature %(number)s has a position that is not two numbers. Draw it again."
    ),
    Fault.OFF_THE_MAP: s_lazy(
        "Feature %(number)s has the coordinate %(value)s, which is not in degrees."
        " Export the file in WGS 84 (EPSG:4326)."
    ),
    Fault.TOO_FEW_POINTS: s_lazy("Feature %(number)s has a border of fewer than four points."),
    Fault.NOT_CLOSED: s_lazy(
        "Feature %(number)s has a border that is not closed: its last point has to be its first."
    ),
    Fault.FLAT: s_lazy("Feature %(number)s has a border with nothing inside it."),
    Fault.NO_KEY: s_lazy(
        "Feature %(number)s has no “%(value)s” that a key can be made of."
        " Choose another property for the key."
    ),
    Fault.KEY_TWICE: s_lazy(
        "Feature %(number)s has the key “%(value)s”, and so has one before it."
        " Choose another property for the key."
    ),
    Fault.NO_NAME: s_lazy(
        "Feature %(number)s has no “%(value)s”. Choose another property for the name."
    ),
}
#: More than this nobody reads; the same mistake is often in every feature.
_MOST_SHOWN = 20


def problem_words(problems: tuple[Problem, ...]) -> list[str]:
    """Return what is wrong, one sentence each; after the first twenty only how many more."""
    told = [_sentence(problem) for problem in problems[:_MOST_SHOWN]]
    more = len(problems) - len(told)
    if more:
        told.append(sn_("And %(num)s more problem.", "And %(num)s more problems.", more))
    return told


def _sentence(problem: Problem) -> str:
    words = (_OF_THE_FILE if problem.feature is None else _OF_A_FEATURE)[problem.fault]
    return str(words) % {"number": problem.feature, "value": problem.value}
