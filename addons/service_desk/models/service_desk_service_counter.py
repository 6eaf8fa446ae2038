from odoo import models
from odoo.exceptions import UserError

from odoo.addons.agency_base.tools import search_key

from .. import clock, texts


class ServiceDeskService(models.Model):
    _inherit = "service.desk.service"

    def _counter_values(self, untrained=None):
        """Return the catalogue of the counter, with the date each would be promised.

        What the expert was not trained for is shown, and cannot be chosen.
        """
        promised = self._promised_now()
        cards = [
            service._counter_card(number, promised.get(service))
            for number, service in enumerate(self, start=1)
        ]
        for card in cards:
            if untrained and card["id"] in untrained.ids:
                card["is_open"] = False
                card["reason"] = self.env._(
                    "You are not trained for it; call a colleague"
                )
        return cards

    def _elsewhere_values(self, desk):
        """Return what is not served at ``desk``, each with where it is or why not."""
        # sudo: which desk serves what is on its door
        others_sudo = self.env["service.desk"].sudo()
        others_sudo = others_sudo.search(
            [("company_id", "=", desk.company_id.id), ("id", "!=", desk.id)]
        )
        serving = {other: other._offered_services() for other in others_sudo}
        cards = []
        for service in self.filtered("version_id"):
            content = service.version_id._get_content()
            at = [other.name for other, known in serving.items() if service in known]
            cards.append(
                {
                    "id": service.id,
                    "code": service.code,
                    "name": content["name"],
                    "search": search_key(f"{content['name']} {content['keywords']}"),
                    "is_open": False,
                    "offer": "none",
                    "reason": service._elsewhere_reason(at[0] if at else ""),
                }
            )
        return cards

    def _elsewhere_reason(self, desk_name):
        if self.state == "retired":
            replaced = self.replaced_by_id.name
            return (
                self.env._("Retired; now “%s”", replaced)
                if replaced
                else self.env._("Retired")
            )
        if self.service_type == "g2g":
            return self.env._("Between agencies, not at a desk")
        if self.state == "suspended":
            return self._suspended_reason()
        if desk_name:
            return self.env._("At “%s”", desk_name)
        return self.env._("Not at this desk")

    def _counter_card(self, number, due):
        content = self.version_id._get_content()
        return {
            "id": self.id,
            "number": number,
            "code": self.code,
            "name": content["name"],
            "search": search_key(f"{content['name']} {content['keywords']}"),
            "mode": content["mode"],
            "offer": content["desk_offer"],
            "is_open": self.state == "published" and content["desk_offer"] != "link",
            "reason": self._closed_reason(content),
            "unit": content["department"],
            "duration": self._duration_text(content),
            "cost": content["cost"],
            "cost_text": self._cost_text(content),
            "visits": self._visits_text(content["visits_allowed"]),
            "portal_url": content["portal_url"] or "",
            "promised": due and texts.day_text(self.env, due),
            "promised_on": due and due.isoformat(),
            "mode_text": self._mode_text(content),
            "duration_documents": self._duration_documents(content),
            "hands_original": content.get("output_is_original", False),
            "documents": [
                {
                    "id": document["id"],
                    "name": document["name"],
                    "form": document["form"],
                    "words": document["words"],
                    "mandatory": document["is_mandatory"],
                    "condition": document["condition"] or "",
                }
                for document in map(self._document_values, content["document_ids"])
            ],
            "steps": [
                {"name": step["name"], "note": self._step_note(step)}
                for step in content["step_ids"]
                if step["is_public"]
            ],
        }

    def _mode_text(self, content):
        modes = self._fields["mode"]._description_selection(self.env)
        return dict(modes)[content["mode"]]

    def _duration_documents(self, content):
        """Return «۳ روز کاری، ۲ مدرک», what a clerk compares services by."""
        count = sum(line["form"] != "agency" for line in content["document_ids"])
        one, many = self.env._("1 document"), self.env._("%s documents")
        documents = count and texts.counted(self.env, count, one, many)
        return texts.join(self.env, (self._duration_text(content), documents))

    def _suspended_reason(self):
        return self.suspension_reason or self.env._("Suspended")

    def _closed_reason(self, content):
        if self.state == "suspended":
            return self._suspended_reason()
        if content["desk_offer"] == "link":
            return self.env._("On the internet only")
        return ""

    def _promised_now(self):
        """Return the day each service would be promised for, one read per calendar."""
        now = clock.now()
        days = {}
        timed = self.filtered(
            lambda service: service.mode != "information" and service.duration_max
        )
        for calendar, services in timed.grouped(
            lambda service: service.sudo()._get_calendar()
        ).items():
            wishes = {
                service: (now, service.duration_max, service.duration_unit)
                for service in services
            }
            try:
                due = calendar._desk_due_batch(wishes.values())
            except UserError:
                # Said when someone registers; the screen must open all the same.
                continue
            for service, wish in wishes.items():
                days[service] = calendar._desk_local(due[wish]).date()
        return days
