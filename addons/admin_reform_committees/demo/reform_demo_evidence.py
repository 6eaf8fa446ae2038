from datetime import time

from odoo import api, fields, models

from .reform_demo_clock import story_clock
from .reform_demo_story import ONE_DAY

# Calls are sent, answered and decided on in the morning, one a little after another.
HOURS = (time(5, 40), time(6, 25), time(7, 15), time(8, 10))


class ReformDemoEvidence(models.AbstractModel):
    """Calls for evidence of the demo quarters: asked, handed in, accepted, returned."""

    _inherit = "reform.demo.story"

    @api.model
    def _tell_evidence(self, told):
        """Walk a call through its days: how many ago, the act, on what, with what."""
        today = fields.Datetime.now()
        with story_clock() as set_clock:
            for place, (days, act, name, what) in enumerate(told):
                day = self._working_day(today - days * ONE_DAY)
                hour = HOURS[place % len(HOURS)]
                moment = min(
                    day.replace(hour=hour.hour, minute=hour.minute, second=0), today
                )
                set_clock(moment)
                acting = getattr(self, f"_act_{act}")(self._ref(name), what)
                self._date_talk(acting, moment)

    def _act_send_call(self, call, what):
        acting = self._run_by(call)
        acting.action_send()
        self._date_talk(acting.line_ids, fields.Datetime.now())
        return acting

    def _act_see_call(self, line, what):
        acting = self._liaison(line)
        acting.action_receive()
        return acting

    def _act_hand_in(self, line, what):
        acting = self._liaison(line)
        rows = [[line.department_id.name, 18, "پیشنهاد"]]
        file = acting.env["ir.attachment"].create(
            {
                "name": f"{what}.xlsx",
                "raw": self._evidence_sheet(what, rows),
                "res_model": line._name,
                "res_id": line.id,
            }
        )
        acting.write({"answer": "گزارش امضاشده پیوست است.", "evidence_ids": file.ids})
        acting.action_deliver()
        return acting

    def _act_answer_call(self, line, what):
        acting = self._liaison(line)
        acting.write({"answer": what})
        acting.action_deliver()
        return acting

    def _act_take_evidence(self, line, what):
        acting = self._run_by(line.call_id).line_ids & line
        acting.action_accept()
        return acting

    def _act_return_evidence(self, line, what):
        acting = self._run_by(line.call_id).line_ids & line
        acting.write({"state": "returned", "reason": what})
        return acting

    def _act_close_call(self, call, what):
        acting = self._run_by(call)
        acting.action_close()
        return acting

    def _liaison(self, line):
        """Return ``line`` as the liaison of its unit acts on it."""
        return self._by_first(line, line.department_id.reform_liaison_ids)
