from odoo import models
from odoo.fields import Domain

# Outcomes by which the body it was referred to has dealt with it.
DEALT_WITH = ("noted", "discussed", "approved", "approved_amended", "rejected")
# Where they stand on the agenda, behind what was carried over.
REFERRED_HERE, REPORTED_BACK = 6, 7


class ReformMeetingReferral(models.Model):
    """Referrals come onto the agendas by themselves, both ways."""

    _inherit = "reform.meeting"

    def minutes_outcome(self, item_id, outcome, referral=None):
        """Say what came of an item; one that is referred goes to a body until a day."""
        if outcome != "referred" and not referral:
            item = self._minutes_own("reform.agenda.item", item_id)
            # taken back: it goes nowhere
            item.referral_ids.filtered(lambda each: each.state == "open").write(
                {"state": "withdrawn"}
            )
        result = super().minutes_outcome(item_id, outcome)
        if referral:
            self._minutes_refer(item_id, referral)
        return result

    def _minutes_refer(self, item_id, referral):
        item = self._minutes_own("reform.agenda.item", item_id)
        open_ones = item.referral_ids.filtered(lambda each: each.state == "open")
        vals = {"committee_id": referral["body"], "due_on": referral["due"]}
        if open_ones:
            open_ones[0].write(vals)
        else:
            self.env["reform.referral"].create(vals | {"item_id": item.id})

    def _prepare_items(self):
        result = super()._prepare_items()
        referrals = self.env["reform.referral"]
        items = self.env["reform.agenda.item"].create(
            [
                *self._referred_here(referrals),
                *self._reports_back(referrals),
            ]
        )
        items._take_report_files()
        return result

    def _referred_here(self, referrals):
        mine = referrals.search(
            Domain("committee_id", "=", self.committee_id.id)
            & Domain("state", "=", "open")
            & Domain("item_id.meeting_id.state", "=", "approved")
        )
        for referral in mine - self._referrals_on_agendas(mine, "referred"):
            yield {
                "meeting_id": self.id,
                "name": self.env._(
                    "Referred by %(body)s: %(item)s",
                    body=referral.from_committee_id.name,
                    item=referral.name,
                ),
                "source": "referred",
                "sequence": REFERRED_HERE,
                "referral_id": referral.id,
                "programme_id": referral.item_id.programme_id.id,
            }

    def _reports_back(self, referrals):
        mine = referrals.search(
            Domain("from_committee_id", "=", self.committee_id.id)
            & (
                Domain("state", "=", "reported")
                | (
                    Domain("state", "=", "open")
                    & Domain("due_on", "<", self.meeting_date)
                    & Domain("item_id.meeting_id.state", "=", "approved")
                )
            )
        )
        for referral in mine - self._referrals_on_agendas(mine, "report_back"):
            names = {"body": referral.committee_id.name, "item": referral.name}
            if referral.state == "reported":
                name = self.env._("Report of %(body)s: %(item)s", **names)
            else:
                name = self.env._("Report of %(body)s is overdue: %(item)s", **names)
            yield {
                "meeting_id": self.id,
                "name": name,
                "source": "report_back",
                "sequence": REPORTED_BACK,
                "referral_id": referral.id,
                "notes": referral.report or False,
            }

    def _referrals_on_agendas(self, referrals, source):
        """Return those of ``referrals`` that stand on an agenda not yet dealt with."""
        items = (
            self.env["reform.agenda.item"]
            .sudo()
            .search(
                Domain("referral_id", "in", referrals.ids)
                & Domain("source", "=", source)
                & Domain("meeting_id.state", "not in", ("approved", "cancelled"))
            )
        )
        return items.referral_id

    def _after_transition(self, before):
        result = super()._after_transition(before)
        if self.state == "approved":
            # sudo: the approver of one body settles what concerns two
            for item in self.sudo().item_ids.filtered("referral_id"):
                self._settle_referral(item)
        return result

    def _settle_referral(self, item):
        referral = item.referral_id
        if item.outcome not in DEALT_WITH:
            return
        if item.source == "referred" and referral.state == "open":
            referral._report_from(item)
        elif item.source == "report_back" and referral.state == "reported":
            referral.write({"state": "considered"})
