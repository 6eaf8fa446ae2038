import base64
import io

import openpyxl

from odoo.exceptions import UserError
from odoo.tests import new_test_user

from odoo.addons.jalali_calendar.tools import from_jalali

from .common import MeetingCase

PDF = b"%PDF-1.7 It was done."
TODAY = "2026-11-22 08:00:00"  # 1 Azar 1405, in the third quarter


class YearCase(MeetingCase):
    """The year 1405 of the committee of `ReformCase`."""

    year = 1405

    def _plan(self, body=None, lines=(), **vals):
        plan = self.env["reform.plan"].create(
            {"committee_id": (body or self.body).id, "jalali_year": self.year} | vals
        )
        for name, weight in lines:
            self._line(plan, name=name, weight=weight)
        return plan

    def _line(self, plan, **vals):
        return self.env["reform.plan.line"].create(
            {
                "plan_id": plan.id,
                "name": "An action",
                "begins_on": from_jalali(self.year, 1, 1),
                "ends_on": from_jalali(self.year, 6, 31),
                "owner_id": self.people["member"].id,
            }
            | vals
        )

    def _in_force(self, lines=(("One", 3), ("Two", 1)), **vals):
        """Return an approved programme."""
        plan = self._plan(lines=lines, **vals)
        self._as("secretary", plan).action_submit()
        self._as("approver", plan).action_approve()
        return plan

    def _file(self, user=None, name="evidence.pdf"):
        attachments = self.env["ir.attachment"].with_user(user or self.env.user)
        return attachments.create({"name": name, "raw": PDF})

    def _refuse_forging(self, record, vals, forged):
        """Try each stamp the ways RPC has, the context that seals and moves included.

        ``vals`` make another record of the model; what is copied or created with
        defaults in the context has none of the forged values.
        """
        keys = {"agency_sealing": True, "install_mode": True, "import_file": True}
        seal = self.env["agency.seal"].sudo().search([], limit=1).id
        for name, value in [
            *forged.items(),
            ("seal_id", seal),
            ("seal_amends_id", seal),
        ]:
            for one in (record, record.with_context(**keys)):
                with self.subTest(name), self.assertRaises(UserError):
                    one.write({name: value})
                with self.subTest(name), self.assertRaises(UserError):
                    one.create(vals | {name: value})
                with self.subTest(name), self.assertRaises(UserError):
                    one.copy(vals | {name: value})
        for state in list(record._state_transitions)[1:]:
            with self.subTest(state), self.assertRaises(UserError):
                record.create(vals | {"state": state})
            with self.subTest(state), self.assertRaises(UserError):
                record.copy(vals | {"state": state})
        defaults = {f"default_{name}": value for name, value in forged.items()}
        defaults |= {
            "default_state": list(record._state_transitions)[-1],
            "default_seal_id": seal,
            "default_seal_amends_id": seal,
        }
        made = record.with_context(**keys, **defaults).create(vals)
        self.assertEqual(made.state, record._first_state())
        self.assertFalse(made.seal_id or made.seal_amends_id)
        for name, value in forged.items():
            found = made[name].id if made._fields[name].relational else made[name]
            self.assertNotEqual(str(found), str(value), name)

    def _sheet(self, *rows):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        content = io.BytesIO()
        book.save(content)
        return base64.b64encode(content.getvalue())

    @classmethod
    def _indicator(cls, code, **vals):
        return cls.env["reform.indicator"].create(
            {
                "jalali_year": cls.year,
                "axis": "Integrity",
                "code": code,
                "name": f"Indicator {code}",
                "unit": "percent",
                "standard": 60,
                "ceiling": 20,
            }
            | vals
        )


class IndicatorCase(YearCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.liaison = new_test_user(cls.env, "reform_liaison", groups="base.group_user")
        cls.offices = cls.env["hr.department"].create(
            [{"name": "Office A"}, {"name": "Office B"}]
        )
        cls.offices[0].reform_liaison_ids = cls.liaison
        cls.indicator = cls._indicator("1-1", committee_id=cls.body.id)

    def _score(self, indicator=None, quarter="2", **vals):
        indicator = indicator or self.indicator
        if not vals.get("department_id"):
            vals.setdefault("committee_id", self.body.id)
        return self.env["reform.indicator.score"].create(
            {"indicator_id": indicator.id, "quarter": quarter} | vals
        )
