"""Which zone may do what with which table. What does not stand here nobody may.

`firsthand prepare` applies it; `firsthand doctor`, each start and the tests compare it with PostgreSQL.
s = SELECT, i = INSERT, u = UPDATE, d = DELETE; "s-password" = all columns but that one; "i su-contact_id" =
INSERT with all columns, SELECT and UPDATE without that one. The zones are the logins of
config/logins.py; how to enter one: kernel/zones.py. Of a table in PROTECTED the rows are seen with a token only
(protect/wall.py).

A new table, view or function stands here from its first day: until then it is "permission denied".
"""

# Behind the wall: row-level security, forced upon the owner too.
PROTECTED = ("protect_note", "protect_confidence")

# Of a contact: who called, and what was said.
_CONFIDED = "caller_name,caller_phone,callback_phone,answered,note_words,note_purpose,needed"
_ALL = ("front", "casework", "outreach", "learn", "protection")


def read(rights: str) -> list[tuple[str, list[str]]]:
    """Letters, and the columns they are not for."""
    parted = [one.partition("-") for one in rights.split()]
    return [(letters, hidden.split(",") if hidden else []) for letters, _, hidden in parted]


def _everybody(rights: str, **others: str) -> dict[str, str]:
    return {zone: others.get(zone, rights) for zone in _ALL}


TABLES: dict[str, dict[str, str]] = {
    # Whoever acts writes an entry; nobody changes one (a trigger refuses it to the owner too).
    "journal_entry": _everybody("i", front="si", protection="si"),
    "journal_link": {"protection": "si"},  # the worker chains as data protection
    "journal_seal": {"protection": "su"},
    # Until when old months went: told to whoever reads to a member who looked.
    "journal_closing": {"front": "s", "protection": "s"},
    "live_outbox": _everybody("i", front="sid"),
    "live_serving": {"front": "su", "protection": "s"},
    # Who works here. Only the front signs people in: nobody else sees what that needs.
    "people_person": _everybody("s-password", front="siu", protection="su"),
    "people_team": _everybody("s", front="siu"),
    "people_invitation": {"front": "siud", "protection": "sud"},
    "people_secrecysignature": {"front": "si", "protection": "s"},
    "people_secrecytext": {"front": "si", "protection": "s"},
    "people_allowance": {"front": "siud"},
    "django_session": {"front": "siud"},
    "account_emailaddress": {"front": "siud", "protection": "sud"},
    "account_emailconfirmation": {"front": "siud", "protection": "sud"},
    "mfa_authenticator": {"front": "siud", "protection": "sd"},
    "socialaccount_socialaccount": {"front": "siud", "protection": "sd"},
    "socialaccount_socialapp": {"front": "s"},
    "socialaccount_socialtoken": {"front": "siud", "protection": "sd"},
    # The insured
    "members_member": {"front": "siu", "protection": "sud"},
    "members_household": {"front": "siu", "protection": "sud"},
    "members_cover": {"front": "siu", "protection": "sud"},
    # What is confided
    "protect_grant": {"front": "siu", "protection": "siud", "keeper": "s"},
    "protect_note": {"front": "si", "protection": "sud"},
    "protect_confidence": {"front": "siu", "protection": "sud"},
    "protect_opening": {"front": "si", "protection": "siud"},
    "protect_wall_key": {},  # the keeper's own
    "protect_need": {"front": "siud", "protection": "siud"},
    "protect_ownnumber": {"front": "siud", "protection": "siud"},
    # Who was shown what: written through protect_log_read by all, read by data protection
    "protect_read": {"protection": "s"},
    "protect_read_link": {"protection": "si"},
    "protect_read_seal": {"protection": "su"},
    "protect_breakglass": {"front": "siu", "protection": "siud"},
    "protect_review": {"front": "si", "protection": "siu"},
    # Whom one may call. Those who call out see members through protect_maybecalled only.
    "protect_consent": {"front": "siu", "outreach": "siu", "protection": "sud"},
    "protect_suppression": {"front": "siu", "outreach": "siu", "protection": "sud"},
    "protect_outboundcontact": {"front": "si", "outreach": "si", "protection": "sd"},
    "protect_outreachrules": {"front": "su", "outreach": "s", "protection": "s"},
    "protect_maybecalled": {"outreach": "s"},
    "protect_numbersalt": {},  # protect_number_digest reads it
    "protect_shield": {"front": "siud", "protection": "sud"},
    # Clocks and requests
    "protect_clock": {"front": "s", "protection": "siud"},
    "protect_hold": {"front": "s", "protection": "siud"},
    "protect_dispute": {"front": "s", "protection": "siud"},
    "protect_restriction": {"front": "s", "protection": "siud"},
    "protect_request": {"front": "si", "protection": "siud"},
    "protect_requestevent": {"front": "i", "protection": "sid"},
    "protect_run": {"protection": "siud"},
    "protect_line": {"protection": "siud"},
    # Contacts and what was answered
    # What is still owed is worked off in casework: of a contact it sees whose it is and what it was about.
    "answer_contact": {"front": "siu", "casework": f"s-{_CONFIDED}", "protection": "su"},
    "answer_contactevent": {"front": "si", "protection": "s"},
    "answer_case": {"front": "siud", "protection": "su"},  # d: one left empty
    "answer_promise": {"front": "si", "casework": "su", "protection": "sud"},
    "answer_seat": {"front": "siu", "protection": "su"},
    "answer_rules": {"front": "siu", "protection": "s"},
    "voice_call": {"front": "siu", "protection": "su"},
    "voice_leg": {"front": "siu", "protection": "sud"},
    # What everybody may know
    "know_concern": _everybody("s", front="siu"),
    "know_concerntext": _everybody("s", front="siu"),
    # Planning: counts, and who of the house works when. Of callers nothing.
    "plan_frontweek": _everybody("s", front="siud"),
    **{
        f"plan_{table}": {"front": "siud", "protection": "s"}
        for table in (
            *("weekrules", "shift", "room", "training", "queue", "import", "volume", "mark", "event"),
            *("forecast", "forecastvalue", "forecastday", "forecastscore", "correction", "need"),
            *("requirement", "outcome", "cover"),
            *("roster", "letter", "setup", "staged"),
        )
    },
    "plan_upload": {"front": "siud", "protection": "sd"},
    **{
        f"plan_{table}": {"front": "siud", "protection": "sd"}
        for table in ("callup", "mailing", "wish", "absence", "feed", "assignment", "swap", "moved")
    },
    "train_readiness": {"front": "siud", "protection": "sud"},
    # What was heard stands in the zone of learning alone, from which no column leads back to a contact.
    "learn_observation": {"learn": "i su-contact_id", "protection": "su"},
    "learn_metoo": {"learn": "si", "protection": "sd"},
    "learn_owner": {"learn": "siud", "protection": "sd"},
    # Django's and the jobs' own
    "django_content_type": {"front": "s"},
    "django_migrations": {"front": "s"},
    "auth_permission": {"front": "s"},
    "auth_group": {"front": "s"},
    "auth_group_permissions": {"front": "s"},
    "firsthand_cache": {"front": "siud", "protection": "siud"},
    "procrastinate_jobs": {"front": "siud"},
    "procrastinate_events": {"front": "siud"},
    "procrastinate_periodic_defers": {"front": "siud"},
    "procrastinate_workers": {"front": "siud"},
}

# Functions that are called by name; by triggers and checks too, whose words run with the rights of whoever
# writes. A trigger itself needs no right. `*` = all that begin so.
FUNCTIONS: dict[str, tuple[str, ...]] = {
    "protect_token": ("front", "protection", "owner"),
    "protect_shown": ("front",),
    "protect_mac": (),
    "protect_wall_turn": (),
    "protect_behind_wall": (),
    "protect_hold_keys": ("front", "protection"),
    "protect_keys_alone": ("protection",),
    "protect_log_read": _ALL,
    "protect_who_looked": ("front",),
    "protect_grant_is_told": ("protection",),
    "protect_glass_is_told": ("protection",),
    "protect_opening_is_told": ("protection",),
    "protect_kept_from": ("front",),
    "protect_may_call": ("front", "outreach", "protection"),
    "protect_member_numbered": ("front", "outreach"),
    "protect_number_digest": ("front", "outreach", "protection"),
    "protect_lock_number": ("front", "outreach", "protection"),
    "protect_today": ("front", "outreach", "protection"),
    "protect_years_after": ("front", "outreach", "protection"),
    "protect_months_after": ("front", "outreach", "protection"),
    "journal_append_only": (),
    "journal_chain": (),
    "journal_partitions": ("front",),
    "journal_drop_months": ("protection",),
    "people_*": _ALL,
    "answer_*": ("front", "protection"),
    "answer_now": ("casework",),
    "learn_link_hash": ("learn",),
    "procrastinate_*": ("front",),
}
