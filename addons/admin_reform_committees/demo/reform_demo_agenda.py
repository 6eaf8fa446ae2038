from odoo import models

from odoo.addons.agency_base.tools.sheets import write_sheet

from .reform_demo_story import ONE_DAY


class ReformDemoAgenda(models.AbstractModel):
    """What comes onto the agendas of the demo year from outside, and from the room."""

    _inherit = "reform.demo.story"

    def _steps(self, story, now):
        yield from super()._steps(story, now)
        for told in story["proposals"]:
            proposed = now + told["day"] * ONE_DAY
            yield proposed, "propose", (told,)
            if told["ends"] != "submitted":
                yield proposed + ONE_DAY, "screen", (told,)

    def _outcome(self, item):
        if item.source == "referred":
            return "postponed"
        return super()._outcome(item)

    # === Proposals ===

    def _act_propose(self, told):
        person = self._ref(f"partner_{told['by']}")
        meeting = told.get("meeting")
        proposal = self.env["reform.agenda.proposal"].create(
            {
                "name": told["name"],
                "explanation": told["why"],
                "committee_id": self._ref(f"committee_{told['body']}").id,
                "meeting_id": meeting and self._ref(meeting).id,
                "proposer_id": person.id,
                "department_id": "unit" in told and self._ref(told["unit"]).id,
                "planned_minutes": told["minutes"],
            }
        )
        self._keep(told["id"], proposal)
        proposal.action_submit()

    def _act_screen(self, told):
        proposal = self._ref(told["id"])
        users = proposal.committee_id.secretary_id.user_ids
        proposal = self._by(proposal, users[:1] or self._ref("user_reformoffice"))
        if told["ends"] == "accepted":
            proposal.action_accept()
        else:
            proposal.write({"state": "rejected", "reason": told["reason"]})

    def _sheets(self, told):
        """Return the files that go with an item, as workbooks."""
        return self.env["ir.attachment"].create(
            [
                {
                    "name": f"{sheet['name']}.xlsx",
                    "raw": write_sheet(
                        sheet["name"],
                        sheet["rows"][0],
                        sheet["rows"][1:],
                        right_to_left=True,
                    ),
                }
                for sheet in told
            ]
        )

    # === In the room ===

    def _act_speak_up(self, told):
        """Let people in the room write to the secretary from their phones."""
        meeting = self._meeting(told)
        for said in told["notes"]:
            person = self._ref(f"partner_{said['who']}")
            seat = meeting.attendance_ids.filtered(
                lambda seat, person=person: seat.partner_id == person
            )
            self.env["reform.minutes.request"].create(
                {
                    "meeting_id": meeting.id,
                    "attendance_id": seat.id,
                    "user_id": person.user_ids[:1].id,
                    "item_id": self._ref(f"{told['id']}_item_{said['item']}").id,
                    "kind": said["kind"],
                    "text": said.get("text"),
                    "state": said["state"],
                    "handled_by_id": said["state"] != "open" and meeting.env.uid,
                }
            )

    # === Referrals ===

    def _refer(self, item, told):
        """Refer an item to another body, until a day."""
        due = item.meeting_id.start_at + told["due"] * ONE_DAY
        referral = self.env["reform.referral"].create(
            {
                "item_id": item.id,
                "committee_id": self._ref(f"committee_{told['body']}").id,
                "due_on": due.date(),
            }
        )
        self._keep(told["id"], referral)
