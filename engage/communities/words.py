"""What roles, kinds of communities and kinds of partners are called, and the log's actions."""

from engage.accounts.audit_words import describe_actions
from engage.communities.roles import Role
from engage.i18n.gettext import s_lazy

ROLES = {
    Role.SECRETARIAT: s_lazy("Secretariat"),
    Role.ANALYST: s_lazy("Analyst"),
    # Translators: the person who leads a forum's meetings.
    Role.FACILITATOR: s_lazy("Facilitator"),
    Role.TRANSLATOR: s_lazy("Translator"),
    # Translators: the role of somebody who works at a partner organisation.
    Role.PARTNER: s_lazy("Partner"),
}
ROLE_HINTS = {
    Role.SECRETARIAT: s_lazy("Everything: questionnaires, rounds, results, exports, people."),
    Role.ANALYST: s_lazy("Results, release of texts, and exports."),
    Role.FACILITATOR: s_lazy("The community's pages, without results."),
    Role.TRANSLATOR: s_lazy("Translations."),
    Role.PARTNER: s_lazy("Results, without exports."),
}
KINDS = {
    "neighbourhood": s_lazy("Neighbourhood"),
    "city": s_lazy("City or municipality"),
    "region": s_lazy("Region"),
    "network": s_lazy("Network"),
}
PARTNER_KINDS = {
    "municipality": s_lazy("Municipality or authority"),
    "housing": s_lazy("Housing company"),
    "company": s_lazy("Company"),
    "association": s_lazy("Association"),
    "residents": s_lazy("Residents' group"),
    "school": s_lazy("School or preschool"),
    "faith": s_lazy("Faith community"),
    "foundation": s_lazy("Foundation or fund"),
    "research": s_lazy("University or research"),
    "other": s_lazy("Other"),
}

describe_actions(
    {
        "area_changed": s_lazy("Area changed"),
        "areas_replaced": s_lazy("Areas put in from a file"),
        "community_created": s_lazy("Community made"),
        "invitation_withdrawn": s_lazy("Invitation withdrawn"),
        "member_added": s_lazy("Member added"),
        "member_invited": s_lazy("Person invited"),
        "member_removed": s_lazy("Member removed"),
        "partner_added": s_lazy("Partner added"),
        "partner_changed": s_lazy("Partner changed"),
        "role_changed": s_lazy("Role changed"),
        "settings_changed": s_lazy("Settings changed"),
    }
)
