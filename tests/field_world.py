"""A small campaign on top of the demo story: twenty items, one team, two visits."""

from itertools import count

SECTIONS = {
    "A": [
        "میز در همکف است",
        "تابلوی میز از در ورودی دیده می‌شود",
        "مسیر تا میز راهنما دارد",
        "برای ویلچر و سالمند مانعی نیست",
        "صندلی، تهویه و آب هست",
        "نظم صف برقرار است",
        "نام و سمت روی میز یا لباس هست",
    ],
    "B": [
        "فهرست خدمات میز در دید است",
        "بستهٔ اطلاع‌رسانی هر خدمت آماده است: مدارک، مراحل، زمان، هزینه",
        "فرم‌های خام و نمونهٔ پرشده در دسترس است",
        "ساعت کار و شمارهٔ تماس نصب است",
        "منشور حقوق شهروندی در دید است",
        "خط پیامک نظر مردم اعلام شده است",
        "شمارهٔ پیگیری روی رسید آمده است",
    ],
    "C": [
        "زمان پاسخ در رسید آمده است",
        "پیامک ثبت و نتیجه فرستاده می‌شود",
        "ارجاع به درون اداره تنها با هماهنگی میز است",
        "همهٔ روزها و بی‌وقفه در ساعت اداری باز است",
        "نظرسنجی پس از خدمت انجام می‌شود",
        "آمار روزانهٔ میز نگه داشته می‌شود",
    ],
}
NAMES = {"A": "مکان", "B": "اطلاع‌رسانی", "C": "فرایند"}
PHRASES = ("برای همه نیست", "کهنه است")
MINUTES = 20
# When nobody of the team is elsewhere today, by the official clock.
FREE = f"""
    WITH clock AS (SELECT date_trunc('day', now() AT TIME ZONE 'Asia/Tehran')
                          AT TIME ZONE 'Asia/Tehran' AT TIME ZONE 'utc' AS midnight)
    SELECT to_char(slot, 'YYYY-MM-DD HH24:MI:SS')
      FROM clock, generate_series(midnight, midnight + interval '23 hours',
                                  interval '{MINUTES} minutes') AS slot
     WHERE NOT EXISTS (
           SELECT FROM audit_visit_member AS member
             JOIN audit_visit AS visit ON visit.id = member.visit_id
             JOIN res_users AS person ON person.id = member.user_id
            WHERE person.login IN ('lead', 'inspector')
              AND visit.planned_start < slot + interval '{MINUTES} minutes'
              AND visit.planned_stop > slot)
     ORDER BY slot
"""
WINDOW = """
    SELECT (now() AT TIME ZONE 'Asia/Tehran')::date - 1,
           (now() AT TIME ZONE 'Asia/Tehran')::date + 7
"""


def build(served, rpc):
    """Make it as the officer does, with the approval of both bodies.

    Return the names of the two units that are visited today.
    """
    officer, governor = rpc("officer"), rpc("auditobserver")
    version = design(officer)
    officer("audit.checklist.version", "action_approve", [version])
    governor("audit.checklist.version", "action_approve", [version])
    officer("audit.checklist.version", "action_publish", [version])
    phase, team, units = plan(served, officer, version)
    for (unit, _name), [start] in zip(units.items(), served.sql(FREE), strict=False):
        visit = officer.create(
            "audit.visit",
            phase_id=phase,
            unit_id=unit,
            team_id=team,
            planned_start=start,
            planned_minutes=MINUTES,
        )
        officer("audit.visit", "action_plan", [visit])
    return list(units.values())


def design(officer):
    """Make a checklist of twenty items; return its draft."""
    bodies = officer("audit.body", "search", [])
    checklist = officer.create(
        "audit.checklist", name="میز کوچک", code="SMALL", body_ids=[(6, 0, bodies)]
    )
    version = officer.create("audit.checklist.version", checklist_id=checklist)
    [answers] = officer("audit.response.set", "search", [("code", "=", "yes_part_no")])
    for code, items in SECTIONS.items():
        section = officer.create(
            "audit.checklist.section",
            version_id=version,
            code=code,
            name=NAMES[code],
            weight=30,
        )
        for number, name in zip(count(1), items, strict=False):
            officer.create(
                "audit.checklist.item",
                section_id=section,
                code=f"{code}{number}",
                name=name,
                response_set_id=answers,
                photo_policy="on_fail",
                comment_policy="on_fail",
                phrase_ids=[(0, 0, {"name": phrase}) for phrase in PHRASES],
            )
    return version


def plan(served, officer, version):
    """Make a running phase with a team of both bodies and two units."""
    [[start, end]] = served.sql(WINDOW)
    window = {"date_start": start, "date_end": end}
    bodies = officer("audit.body", "search", [], order="sequence, id")
    programme = officer.create(
        "audit.programme", name="برنامهٔ کوچک", body_ids=[(6, 0, bodies)], **window
    )
    people = [
        officer("res.users", "search", [("login", "=", login)])[0]
        for login in ("lead", "inspector")
    ]
    team = officer.create(
        "audit.team",
        number=1,
        programme_id=programme,
        member_ids=[
            (0, 0, {"user_id": person, "body_id": body, "is_lead": person == people[0]})
            for person, body in zip(people, bodies, strict=True)
        ],
    )
    units = {
        officer.create(
            "audit.unit",
            name=name,
            address="بلوار شهید رجایی، پلاک ۱۲",
            phone="02133334444",
            representative_name="فرشته مهرگان",
        ): name
        for name in ("ادارهٔ نمونهٔ یکم", "ادارهٔ نمونهٔ دوم")
    }
    phase = officer.create(
        "audit.phase",
        name="فاز یکم",
        programme_id=programme,
        version_id=version,
        unit_ids=[(6, 0, list(units))],
        **window,
    )
    officer("audit.programme", "action_run", [programme])
    officer("audit.phase", "action_open", [phase])
    return phase, team, units
