from datetime import date

from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user

GROUPS = "admin_reform_committees.group_"
PAPER = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"


class ReformCase(TransactionCase):
    """A council with one committee of five voting members and a second committee.

    Every role has a user of its own; the day of the tests is 1 Azar 1405.
    """

    today = date(2026, 11, 22)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.users = {
            role: cls._user(role, role)
            for role in (
                "observer",
                "member",
                "secretary",
                "chair",
                "approver",
                "reform_office",
                "administrator",
            )
        }
        cls.outsider = new_test_user(cls.env, "outsider", groups="base.group_user")
        cls.other_secretary = cls._user("other_secretary", "secretary")
        cls.people = {
            role: cls.users[role].partner_id
            for role in ("member", "secretary", "chair")
        }
        cls.council = cls._body("C90", kind="council", name="Council")
        cls.body = cls._body(
            "C93", parent_id=cls.council.id, approver_id=cls.users["approver"].id
        )
        cls.other_body = cls._body("C94", parent_id=cls.council.id)
        cls.seats = {role: cls._seat(cls.body, role) for role in cls.people}
        for number in (1, 2):
            person = cls.env["res.partner"].create({"name": f"Member {number}"})
            cls.seats[f"m{number}"] = cls._seat(cls.body, "member", person)
        cls._seat(cls.other_body, "secretary", cls.other_secretary.partner_id)

    @classmethod
    def _user(cls, login, role):
        return new_test_user(
            cls.env,
            f"reform_{login}",
            name=f"The {login}",
            groups=GROUPS + role,
            tz="Asia/Tehran",
        )

    @classmethod
    def _body(cls, code, **vals):
        return cls.env["reform.committee"].create(
            {"name": f"Body {code}", "code": code, "kind": "committee"} | vals
        )

    @classmethod
    def _seat(cls, body, role, partner=None, begins_on="2020-03-20", **vals):
        return cls.env["reform.membership"].create(
            {
                "committee_id": body.id,
                "partner_id": (partner or cls.people[role]).id,
                "role": role,
                "begins_on": begins_on,
            }
            | vals
        )

    @classmethod
    def _partner(cls, name):
        return cls.env["res.partner"].create({"name": name})

    @classmethod
    def _other_company_user(cls, role):
        company = cls.env["res.company"].create({"name": "Another Agency"})
        user = cls._user(f"foreign_{role}", role)
        user.write(
            {"company_ids": [Command.set(company.ids)], "company_id": company.id}
        )
        return user


class MeetingCase(ReformCase):
    """Meetings of the committee, brought to any point of their course."""

    def _as(self, role, records):
        return records.with_user(self.users[role])

    def _meeting(self, start_at="2026-11-22 06:00:00", **vals):
        return self.env["reform.meeting"].create(
            {"committee_id": self.body.id, "start_at": start_at} | vals
        )

    def _held(self, **vals):
        """Return a meeting that ended with one item noted and one decision."""
        meeting = self._meeting(**vals)
        item = self.env["reform.agenda.item"].create(
            {"meeting_id": meeting.id, "name": "An item"}
        )
        meeting.action_start()
        meeting.attendance_ids.write({"status": "present"})
        meeting.item_ids.outcome = "noted"
        self.env["reform.resolution"].create(
            {
                "item_id": item.id,
                "text": "Do it",
                "responsible_id": self.people["member"].id,
                "due_on": max("2026-12-22", str(meeting.meeting_date)),
            }
        )
        meeting.action_hold()
        return meeting

    def _submitted(self):
        meeting = self._held()
        self._as("secretary", meeting).action_submit_minutes()
        return meeting

    def _approve(self, meeting):
        self._as("secretary", meeting).action_submit_minutes()
        self._as("approver", meeting).action_approve()
        return meeting

    def _approved(self, **vals):
        return self._approve(self._held(**vals))
