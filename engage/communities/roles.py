"""The roles a person can have in a community, and what each may do there."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is in one community."""

    SECRETARIAT = "secretariat"
    ANALYST = "analyst"
    FACILITATOR = "facilitator"
    TRANSLATOR = "translator"
    PARTNER = "partner"


class Permission(StrEnum):
    """What may be done in a community."""

    VIEW_COMMUNITY = "view_community"
    MANAGE_COMMUNITY = "manage_community"
    MANAGE_MEMBERS = "manage_members"
    EDIT_QUESTIONNAIRES = "edit_questionnaires"
    TRANSLATE = "translate"
    MANAGE_ROUNDS = "manage_rounds"
    VIEW_RESULTS = "view_results"
    RELEASE_TEXTS = "release_texts"
    MANAGE_POPULATION = "manage_population"
    EXPORT_DATA = "export_data"
    EXPORT_RAW = "export_raw"
    VIEW_AUDIT = "view_audit"


#: The whole rule. A facilitator never gets background variables and so no results pages either.
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.SECRETARIAT: frozenset(Permission),
    Role.ANALYST: frozenset(
        {
            Permission.VIEW_COMMUNITY,
            Permission.VIEW_RESULTS,
            Permission.RELEASE_TEXTS,
            Permission.MANAGE_POPULATION,
            Permission.EXPORT_DATA,
        }
    ),
    Role.FACILITATOR: frozenset({Permission.VIEW_COMMUNITY}),
    Role.TRANSLATOR: frozenset({Permission.VIEW_COMMUNITY, Permission.TRANSLATE}),
    Role.PARTNER: frozenset({Permission.VIEW_COMMUNITY, Permission.VIEW_RESULTS}),
}
