"""Every language Engage knows of: its code, own name, direction, script and digits."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Direction = Literal["ltr", "rtl"]
Script = Literal["latin", "arabic", "ethiopic", "cyrillic", "greek", "other"]


@dataclass(frozen=True)
class Language:
    """One language: BCP 47 code, autonym, English name, direction and script.

    `interface` says that the resident pages are translated to it (`translations/<code>`), `staff`
    that the staff pages are too. A questionnaire may be in any language listed here. `digits` is
    the number system where it shall be another one than CLDR's; codes are in Latin digits always.
    `locale` is what CLDR calls the language where that is not its code.
    """

    code: str
    autonym: str
    english: str
    direction: Direction = "ltr"
    script: Script = "latin"
    interface: bool = False
    staff: bool = False
    digits: str = ""
    locale: str = ""


_KNOWN = (
    Language("sv", "Svenska", "Swedish", interface=True, staff=True),
    Language("en", "English", "English", interface=True, staff=True),
    Language("da", "Dansk", "Danish", interface=True, staff=True),
    Language("fi", "Suomi", "Finnish", interface=True),
    Language("ar", "العربية", "Arabic", "rtl", "arabic", interface=True),
    Language("so", "Soomaali", "Somali", interface=True),
    Language("fa", "فارسی", "Persian", "rtl", "arabic", interface=True),
    Language("fa-AF", "دری", "Dari", "rtl", "arabic"),
    Language("aii", "ܣܘܪܝܬ", "Assyrian", "rtl", "other", locale="syr"),
    Language("am", "አማርኛ", "Amharic", script="ethiopic"),
    Language("bg", "Български", "Bulgarian", script="cyrillic"),
    Language("bn", "বাংলা", "Bengali", script="other"),
    Language("bs", "Bosanski", "Bosnian"),
    Language("ckb", "کوردیی ناوەندی", "Sorani", "rtl", "arabic"),
    Language("cs", "Čeština", "Czech"),
    Language("de", "Deutsch", "German"),
    Language("el", "Ελληνικά", "Greek", script="greek"),
    Language("es", "Español", "Spanish"),
    Language("et", "Eesti", "Estonian"),
    Language("fr", "Français", "French"),
    Language("gu", "ગુજરાતી", "Gujarati", script="other"),
    Language("he", "עברית", "Hebrew", "rtl", "other"),
    Language("hi", "हिन्दी", "Hindi", script="other"),
    Language("hr", "Hrvatski", "Croatian"),
    Language("hu", "Magyar", "Hungarian"),
    Language("hy", "Հայերեն", "Armenian", script="other"),
    Language("id", "Bahasa Indonesia", "Indonesian"),
    Language("is", "Íslenska", "Icelandic"),
    Language("it", "Italiano", "Italian"),
    Language("ja", "日本語", "Japanese", script="other"),
    Language("ka", "ქართული", "Georgian", script="other"),
    Language("kl", "Kalaallisut", "Greenlandic"),
    Language("ko", "한국어", "Korean", script="other"),
    Language("ku", "Kurmancî", "Kurmanji"),
    Language("lt", "Lietuvių", "Lithuanian"),
    Language("lv", "Latviešu", "Latvian"),
    Language("mk", "Македонски", "Macedonian", script="cyrillic"),
    Language("my", "မြန်မာ", "Burmese", script="other"),
    Language("ne", "नेपाली", "Nepali", script="other"),
    Language("nl", "Nederlands", "Dutch"),
    Language("no", "Norsk", "Norwegian"),
    Language("om", "Afaan Oromoo", "Oromo"),
    Language("pa", "ਪੰਜਾਬੀ", "Punjabi", script="other"),
    Language("pl", "Polski", "Polish"),
    Language("ps", "پښتو", "Pashto", "rtl", "arabic"),
    Language("pt", "Português", "Portuguese"),
    Language("ro", "Română", "Romanian"),
    Language("ru", "Русский", "Russian", script="cyrillic"),
    Language("se", "Davvisámegiella", "Northern Sami"),
    Language("sh", "Bosanski / Hrvatski / Srpski", "Bosnian/Croatian/Serbian", locale="bs"),
    Language("si", "සිංහල", "Sinhala", script="other"),
    Language("sk", "Slovenčina", "Slovak"),
    Language("sl", "Slovenščina", "Slovenian"),
    Language("sq", "Shqip", "Albanian"),
    Language("sr", "Srpski", "Serbian", locale="sr_Latn"),
    Language("sw", "Kiswahili", "Swahili"),
    Language("ta", "தமிழ்", "Tamil", script="other"),
    Language("th", "ไทย", "Thai", script="other"),
    Language("ti", "ትግርኛ", "Tigrinya", script="ethiopic"),
    Language("tl", "Tagalog", "Tagalog", locale="fil"),
    Language("tr", "Türkçe", "Turkish"),
    Language("uk", "Українська", "Ukrainian", script="cyrillic"),
    Language("ur", "اردو", "Urdu", "rtl", "arabic"),
    Language("vi", "Tiếng Việt", "Vietnamese"),
    Language("wo", "Wolof", "Wolof"),
    Language("yue", "廣東話", "Cantonese", script="other"),
    Language("zh", "中文", "Chinese", script="other"),
)
LANGUAGES: dict[str, Language] = {language.code: language for language in _KNOWN}


def language_or_none(code: str) -> Language | None:
    """Return the language with this code, whatever its case, or None."""
    wanted = code.replace("_", "-").lower()
    return next((known for known in _KNOWN if known.code.lower() == wanted), None)


def interface_languages() -> list[Language]:
    """Languages the resident pages are translated to, in house order."""
    return [language for language in _KNOWN if language.interface]


def staff_languages() -> list[Language]:
    """Languages the staff pages are translated to, in house order."""
    return [language for language in _KNOWN if language.staff]


def languages_for(codes: Iterable[str]) -> list[Language]:
    """Return the known languages among `codes`, in the given order."""
    return [LANGUAGES[code] for code in codes if code in LANGUAGES]
