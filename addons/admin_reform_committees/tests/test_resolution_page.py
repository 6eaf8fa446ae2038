from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from .resolution_common import ResolutionCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 05:00:00")
class TestResolutionPage(ResolutionCase):
    """Those who help, the days that moved, the votes, many approvals at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.helper = new_test_user(
            cls.env, "helper", name="The helper", groups="base.group_user"
        )

    def _helped(self):
        return self._communicated(
            co_responsible_ids=[Command.set(self.helper.partner_id.ids)]
        )

    def test_who_helps_reports_but_the_one_responsible_answers(self):
        resolution = self._helped()
        helped = resolution.with_user(self.helper)
        self.assertTrue(helped.has_access("read"))
        helped.report("My part", 40, self._evidence(resolution, self.helper).ids)
        self.assertEqual((resolution.percent, resolution.state), (40, "in_progress"))
        for act in (
            helped.action_claim_done,
            helped.action_receive,
            lambda: helped.ask_extension("+30", "x"),
        ):
            with self.assertRaises(AccessError):
                act()
        desk = self.env["reform.desk"].with_user(self.helper)
        [entry] = desk.desk_open()["entries"]
        self.assertEqual((entry["kind"], entry["id"]), ("work", resolution.id))
        self.assertIn("The worker", entry["sub"])
        self.assertFalse(desk.desk_detail("work", resolution.id)["follows"])
        found = resolution.search([("user_helps", "=", True)])
        self.assertNotIn(resolution, found)
        found = resolution.with_user(self.helper).search([("user_helps", "=", True)])
        self.assertEqual(found, resolution)

    def test_a_number_is_found_in_the_digits_it_is_shown_in(self):
        resolution = self._adopted()
        persian = resolution.number.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
        self.assertNotEqual(persian, resolution.number)
        register = self.env["reform.resolution"]
        for typed in (persian, persian[2:], resolution.number):
            self.assertIn(resolution.id, dict(register.name_search(typed)), typed)
        view = register.get_view(view_type="search")
        [field] = etree.fromstring(view["arch"]).xpath("//field[@name='text']")
        for typed in (persian, persian[-6:-1], resolution.number[3:-1]):
            domain = safe_eval(field.get("filter_domain"), {"self": typed})
            self.assertIn(resolution, register.search(domain), typed)
        self.assertFalse(dict(register.name_search(f"{persian}۹")))
        others = register.search([("display_name", "not ilike", "nothing")])
        self.assertIn(resolution, others)

    def test_who_helps_does_not_verify(self):
        office = self.users["reform_office"]
        resolution = self._communicated(
            co_responsible_ids=[Command.set(office.partner_id.ids)]
        )
        mine = resolution.with_user(self.worker)
        proof = self._evidence(resolution, self.worker)
        mine.report("Done", 100, proof.ids)
        mine.action_claim_done()
        resolution.with_user(office)._see(proof.id)
        self.assertFalse(resolution.with_user(office).user_verifies)
        with self.assertRaisesRegex(AccessError, "second person"):
            resolution.with_user(office).action_verify()

    def test_who_helps_is_sealed_with_the_minutes(self):
        resolution = self._helped()
        [row] = resolution.meeting_id.minutes_ids._document()["resolutions"]
        self.assertEqual(row["partners"], "The helper")
        with self.assertRaisesRegex(UserError, "adopted"):
            self._as("secretary", resolution).write({"co_responsible_ids": [(5,)]})
        draft = self._held().resolution_ids
        with self.assertRaisesRegex(ValidationError, "responsible already"):
            draft.co_responsible_ids = draft.responsible_id
        self.assertFalse(draft.with_user(self.helper).has_access("read"))

    def test_the_minutes_screen_names_who_helps(self):
        meeting = self._held()
        row = meeting.resolution_ids
        ids = sorted((self.helper.partner_id | self.worker.partner_id).ids)
        both = ",".join(map(str, ids))
        secretary = self._as("secretary", meeting)
        answer = secretary.minutes_save_row(
            row.item_id.id, row.id, {"co_responsible_ids": ["", both]}
        )
        self.assertEqual(answer["row"]["partners"], both)
        self.assertEqual(row.co_responsible_ids.ids, ids)
        answer = secretary.minutes_save_row(
            row.item_id.id, row.id, {"co_responsible_ids": ["", ""]}
        )
        self.assertEqual(answer["conflicts"]["co_responsible_ids"]["theirs"], both)
        secretary.minutes_save_row(
            row.item_id.id, row.id, {"co_responsible_ids": [both, "x,-1"]}
        )
        self.assertFalse(row.co_responsible_ids)

    def test_every_day_that_moved_is_on_the_timeline(self):
        resolution = self._communicated()
        for turn in range(2):
            resolution.with_user(self.worker).ask_extension("+30", f"Late {turn}")
            self._as("chair", resolution).decide_extension(True)
            self.env.flush_all()
        resolution.with_user(self.worker).ask_extension("+30", "Again")
        self._as("chair", resolution).decide_extension(False, "Enough")
        points = resolution.panel()["timeline"]
        self.assertEqual(
            [point["kind"] for point in points], ["adopted", "moved", "moved", "due"]
        )
        self.assertEqual([point["past"] for point in points], [True] + 3 * [False])
        with freeze_time("2027-06-01 05:00:00"):
            self.assertEqual(resolution.panel()["timeline"][-1]["kind"], "late")
        # half past one at night in Tehran is the day that has begun there
        with freeze_time("2026-12-25 22:00:00"):
            proof = self._evidence(resolution, self.worker)
            resolution.with_user(self.worker).report("Done", 100, proof.ids)
            resolution.with_user(self.worker).action_claim_done()
            panel = resolution.with_context(lang="en_US").panel()
        self.assertIn("2026/12/26", {point["day"] for point in panel["timeline"]})
        self.assertEqual(panel["course"][0]["day"], "2026/12/26")

    def test_votes_by_name_are_for_those_who_see_the_votes(self):
        meeting = self._meeting()
        item = self.env["reform.agenda.item"].create(
            {"meeting_id": meeting.id, "name": "An item"}
        )
        meeting.action_start()
        meeting.attendance_ids.write({"status": "present"})
        row = self.env["reform.resolution"].create(
            {
                "item_id": item.id,
                "text": "Do it",
                "responsible_id": self.worker.partner_id.id,
                "due_on": "2026-12-22",
            }
        )
        votes = {str(seat.id): "yes" for seat in meeting.attendance_ids}
        votes[str(meeting.attendance_ids[-1].id)] = "no"
        meeting.minutes_vote(item.id, row.id, {"mode": "name", "votes": votes})
        meeting.item_ids.filtered(lambda i: i.outcome == "pending").outcome = "noted"
        meeting.action_hold()
        self._approve(meeting)
        [vote] = self._as("member", row).panel()["votes"]
        self.assertEqual(vote["result"], "adopted")
        self.assertEqual(len(vote["names"]), 2)
        [vote] = row.with_user(self.worker).panel()["votes"]
        self.assertTrue(vote["said"])
        self.assertEqual(vote["names"], [])

    def test_many_are_approved_at_once_and_what_fails_is_said(self):
        manager = self.users["approver"]
        self.body.resolution_approver_id = manager
        waiting = self._adopted(needs_approval=True) | self._adopted(
            needs_approval=True
        )
        done = self._adopted(needs_approval=True)
        done.with_user(manager).approve()
        action = (waiting | done).with_user(manager).action_approve_many()
        self.assertEqual(set(waiting.mapped("state")), {"communicated"})
        message = action["params"]["message"]
        self.assertIn("2 approved", message)
        self.assertIn(done.number, message)
        other = self._adopted(needs_approval=True)
        self._as("secretary", other).action_approve_many()
        self.assertEqual(other.state, "awaiting_approval")

    def test_many_are_chosen_in_the_list_and_among_the_cards_of_a_phone(self):
        for view in ("list", "kanban"):
            arch = etree.fromstring(
                self.env["reform.resolution"].get_view(view_type=view)["arch"]
            )
            [button] = arch.xpath("/*/header/button")
            self.assertEqual(button.get("name"), "action_approve_many", view)

    def test_what_was_before_the_meeting_lies_beside_the_decision(self):
        manager = self.users["approver"]
        self.body.resolution_approver_id = manager
        meeting = self._held()
        meeting.resolution_ids.responsible_id = self.worker.partner_id
        paper = self.env["ir.attachment"].create(
            {"name": "estimate.pdf", "raw": b"%PDF-1.4"}
            | {"res_model": "reform.agenda.item", "res_id": meeting.item_ids[0].id}
        )
        meeting.resolution_ids.item_id.attachment_ids = paper
        meeting.resolution_ids.write({"needs_approval": True, "consequence": "480 M"})
        resolution = self._approve(meeting).resolution_ids
        desk = self.env["reform.desk"].with_user(manager)
        detail = desk.desk_detail("approve", resolution.id)
        self.assertEqual([file["name"] for file in detail["papers"]], ["estimate.pdf"])
        self.assertEqual(detail["consequence"], "480 M")
        self.assertIn("goes back to the body", detail["otherwise"])
        resolution.with_user(manager).approve()
        # who carries it out was not at the meeting
        self.assertFalse(resolution.with_user(self.worker)._papers())

    def test_a_part_is_approved_from_its_page(self):
        manager = self.users["approver"]
        self.body.resolution_approver_id = manager
        resolution = self._adopted(needs_approval=True)
        action = resolution.with_user(manager).action_approve_part()
        wizards = self.env[action["res_model"]].with_user(manager)
        wizard = wizards.with_context(**action["context"]).create(
            {"directive": "Report monthly"}
        )
        self.assertEqual(wizard.part, resolution.text)
        wizard.part = "Half of it"
        wizard.action_confirm()
        self.assertEqual(resolution.approved_text, "Half of it")
        self.assertEqual(resolution.directive, "Report monthly")
        whole = self._adopted(needs_approval=True)
        action = whole.with_user(manager).action_approve_part()
        wizards.with_context(**action["context"]).create({}).action_confirm()
        self.assertFalse(whole.approved_text)
        with self.assertRaises(AccessError):
            self._as("secretary", whole).approve("", "Mine")

    def _plan_line(self, body, **vals):
        plan = self.env["reform.plan"].create(
            {"committee_id": body.id, "jalali_year": 1405}
        )
        line = {"plan_id": plan.id, "name": "Training", "weight": 12}
        days = {"begins_on": "2026-03-21", "ends_on": "2026-09-22"}
        line |= days | {"owner_id": self.people["member"].id}
        return self.env["reform.plan.line"].create(line | vals)

    def test_those_who_run_the_body_file_it_under_programme_and_indicator(self):
        indicator = self.env["reform.indicator"].create(
            {"code": "5-1", "name": "Training per head", "axis": "Staff"}
            | {"jalali_year": 1405, "unit": "hours", "ceiling": 10, "standard": 40}
        )
        line = self._plan_line(self.body, indicator_id=indicator.id)
        resolution = self._communicated()
        mine = self._as("secretary", resolution)
        mine.write({"plan_line_id": line.id})
        self.assertEqual(resolution.indicator_id, indicator)
        self.assertEqual(line.resolution_ids, resolution)
        # filing it says nothing new of what was resolved
        with self.assertRaisesRegex(UserError, "adopted"):
            mine.write({"plan_line_id": line.id, "text": "Something else"})
        with self.assertRaises(AccessError):
            resolution.with_user(self.worker).write({"plan_line_id": False})
        with self.assertRaisesRegex(ValidationError, "another body"):
            mine.write({"plan_line_id": self._plan_line(self.other_body).id})

    def test_what_is_closed_stays_where_it_was_filed(self):
        resolution = self._communicated()
        self._as("approver", resolution).revoke("Not needed")
        with self.assertRaisesRegex(UserError, "closed"):
            self._as("secretary", resolution).write({"indicator_id": False})
