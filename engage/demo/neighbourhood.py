"""The example's neighbourhood: its areas, partners with the dates they joined, and staff."""

import secrets
from datetime import date, datetime
from importlib.resources import files

from engage.accounts.actions.users import create_user
from engage.accounts.models import User
from engage.communities.actions.areas import replace_areas
from engage.communities.actions.communities import Settings, create_community, update_settings
from engage.communities.actions.members import add_member
from engage.communities.actions.partners import PartnerFacts, add_partner
from engage.communities.geojson import named_areas, read_features
from engage.communities.models import Community
from engage.communities.roles import Role
from engage.i18n.text import Text

SLUG = "backby"
LANGUAGES = ["sv", "en", "da", "fi", "ar", "so", "fa"]
_HOURS = {
    "sv": "vardagar 9–16, på svenska, engelska, arabiska och somaliska",
    "en": "weekdays 9–16, in Swedish, English, Arabic and Somali",
    "da": "hverdage 9–16, på svensk, engelsk, arabisk og somali",
    "fi": "arkisin 9–16, ruotsiksi, englanniksi, arabiaksi ja somaliksi",
    "ar": "أيام العمل 9–16، بالسويدية والإنجليزية والعربية والصومالية",
    "so": "maalmaha shaqada 9–16, Iswiidhish, Ingiriis, Carabi iyo Soomaali",
    "fa": "روزهای کاری ۹ تا ۱۶، به سوئدی، انگلیسی، عربی و سومالیایی",
}
_PARTNERS = (
    PartnerFacts("IKEA", "company", date(2023, 9, 1)),
    PartnerFacts("Mimer", "housing", date(2023, 9, 1)),
    PartnerFacts("Västerås stad", "municipality", date(2024, 9, 1)),
    PartnerFacts("Tjejforum Bäckby", "residents", date(2023, 11, 15)),
)
#: What those who work here are called, in the language of the neighbourhood.
_AT_WORK = {
    Role.SECRETARIAT: "Kansliet",
    Role.ANALYST: "Analytikern",
    Role.FACILITATOR: "Samtalsledaren",
    Role.TRANSLATOR: "Översättaren",
    Role.PARTNER: "Partnern",
}


def make_neighbourhood(now: datetime) -> Community:
    """Make the community with its city above it, areas and partners."""
    city_name = {
        "sv": "Västerås (exempel)",
        "en": "Västerås (example)",
        "da": "Västerås (eksempel)",
    }
    city_name |= {"fi": "Västerås (esimerkki)", "ar": "فيستيروس (مثال)"}
    city_name |= {"so": "Västerås (tusaale)", "fa": "وستروس (نمونه)"}
    city = _community("vasteras", city_name, "city", now)
    name = {"sv": "Bäckby (exempel)", "en": "Bäckby (example)", "da": "Bäckby (eksempel)"}
    name |= {"fi": "Bäckby (esimerkki)", "ar": "بيكبي (مثال)", "so": "Bäckby (tusaale)"}
    name |= {"fa": "بکبی (نمونه)"}
    made = _community(SLUG, name, "neighbourhood", now, parent=city)
    settings = Settings(
        name=name,
        municipality="Västerås stad",
        languages=LANGUAGES,
        default_language="sv",
        time_zone="Europe/Stockholm",
        contact_name="Bäckbys kansli",
        contact_phone="021-00 00 00",
        contact_hours=_HOURS,
        contact_email="kansli@backby.example",
        data_protection_contact="dataskydd@backby.example",
    )
    update_settings(made, settings, who=None, now=now)
    drawn = read_features(files("engage.demo").joinpath("areas.geojson").read_bytes())
    areas = named_areas(drawn, "key", "name", "population")
    replace_areas(made, areas, "sv", who=None, now=now)
    for facts in _PARTNERS:
        add_partner(made, facts, who=None, now=now)
    return made


def _community(
    slug: str, name: Text, kind: str, now: datetime, parent: Community | None = None
) -> Community:
    return create_community(
        slug,
        name,
        kind,
        country="SE",
        languages=LANGUAGES,
        default_language="sv",
        time_zone="Europe/Stockholm",
        now=now,
        parent=parent,
    )


def make_staff(community: Community, now: datetime) -> dict[str, str]:
    """Make one account for each role; return their passwords by e-mail address."""
    passwords: dict[str, str] = {}
    for role in Role:
        email = f"{role}@backby.example"
        passwords[email] = "-".join(secrets.token_hex(2) for _ in range(4))
        person = _account(email, role, passwords[email], now)
        add_member(community, person, role, who=None, now=now)
    return passwords


def _account(email: str, role: Role, password: str, now: datetime) -> User:
    name = f"{_AT_WORK[role]} (exempel)"
    return create_user(email, name, "sv", password, now=now, is_admin=role is Role.SECRETARIAT)
