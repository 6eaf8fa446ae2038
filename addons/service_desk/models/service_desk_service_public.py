from difflib import SequenceMatcher

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.agency_base.tools import search_key, to_latin_digits

from .. import texts
from ..tools import qr_data

NEAREST = 3
LEAST_LIKENESS = 0.6


class ServiceDeskService(models.Model):
    """What the public pages show of the catalogue: published versions only."""

    _inherit = "service.desk.service"

    @api.model
    def _public_domain(self, company, states=("published", "suspended")):
        return Domain("company_id", "=", company.id) & Domain("state", "in", states)

    @api.model
    def _code_domain(self, code):
        """Find a code typed in digits of any script."""
        return Domain("code", "=", to_latin_digits(code[:40]))

    @api.model
    def _public_catalogue(self, company, query="", life_event=0, audience=""):
        """Return the cards of the published services of ``company``."""
        domain = self._public_domain(company) & Domain("service_type", "!=", "g2g")
        if query:
            domain &= Domain("display_name", "ilike", query)
        if life_event:
            domain &= Domain("life_event_ids", "in", [life_event])
        if audience:
            domain &= Domain("audience", "in", [audience, "all"])
        # sudo: the catalogue is public; only published versions are read from it
        services_sudo = self.sudo().search_fetch(
            domain, ["code", "state", "version_id"]
        )
        return [service_sudo._public_card() for service_sudo in services_sudo]

    @api.model
    def _public_nearest(self, company, query):
        """Return the services whose words are spelled most like ``query``."""
        domain = self._public_domain(company) & Domain("service_type", "!=", "g2g")
        # sudo: the catalogue is public
        services_sudo = self.sudo().search_fetch(
            domain, ["code", "search_text", "version_id"]
        )
        wanted = [search_key(word) for word in query.split()]
        likeness = {
            service_sudo: self._likeness(wanted, service_sudo._search_words())
            for service_sudo in services_sudo
        }
        ranked = sorted(services_sudo, key=likeness.get, reverse=True)
        return [
            service_sudo._public_card()
            for service_sudo in ranked[:NEAREST]
            if likeness[service_sudo] > LEAST_LIKENESS
        ]

    def _search_words(self):
        content = self.version_id._get_content()
        words = f"{content['name']} {content['keywords'] or ''}".split()
        return [search_key(word) for word in words]

    @api.model
    def _likeness(self, wanted, words):
        """Return how well the best of ``words`` matches what was typed, 0 to 1."""
        return max(
            (
                SequenceMatcher(None, typed, word).ratio()
                for typed in wanted
                for word in words
            ),
            default=0,
        )

    def _public_card(self):
        content = self.version_id._get_content()
        return {
            "code": content["code"],
            "name": content["name"],
            "summary": content["summary"],
            "state": self.state,
            "duration": self._duration_text(content),
            "cost": self._cost_text(content),
            "mode": content["mode"],
            "offer": content["desk_offer"],
        }

    def _public_values(self):
        """Return the page of one service."""
        self.ensure_one()
        content = self.version_id._get_content()
        address = f"{self.get_base_url()}/desk/service/{content['code']}"
        return self._public_card() | {
            "content": content,
            "visits": self._visits_text(content["visits_allowed"]),
            "objection": self.env._(
                "If the request is rejected you get the reason in writing and can "
                "object for %(days)s. Another expert reviews it.",
                days=texts.days_text(self.env, self.company_id.desk_appeal_days),
            ),
            "identity": self.env._(
                "Service code %(code)s, version %(version)s, of %(date)s",
                code=texts.number_text(self.env, content["code"]),
                version=texts.number_text(self.env, self.version_id.number),
                date=texts.day_text(
                    self.env, self.version_id.published_at.date(), "d MMMM yyyy"
                ),
            ),
            "documents": [self._document_values(d) for d in content["document_ids"]],
            "steps": [
                step | {"note": self._step_note(step)}
                for step in content["step_ids"]
                if step["is_public"]
            ],
            "laws": [
                texts.join(self.env, (law["name"], law["article"]))
                for law in content["legal_ids"]
            ],
            "channels": self._channel_values(content),
            "desks": self._desk_values(),
            "portal_url": self._portal_link(content),
            "can_apply": self._can_apply(),
            "address": address,
            "qr": qr_data(address),
            "reason": self.suspension_reason,
            "since": texts.day_text(
                self.env, self.suspended_at and self.suspended_at.date()
            ),
            "replaced_by": self.replaced_by_id.filtered(
                lambda service: service.state == "published"
            ),
        }

    def _can_apply(self):
        """Tell whether the agency itself takes requests for it over the internet."""
        content = self.version_id._get_content()
        return (
            self.state == "published"
            and content["mode"] != "information"
            and not content["portal_url"]
            and any(
                channel["channel"] == "portal" and not channel["address"]
                for channel in content["channel_ids"]
            )
        )

    def _portal_link(self, content):
        """Return where the service is asked for on the internet, if it is a link."""
        addresses = [
            channel["address"]
            for channel in content["channel_ids"]
            if channel["channel"] == "portal"
        ]
        url = (content["portal_url"] or next(iter(addresses), "") or "").strip()
        if url and "://" not in url:
            url = f"https://{url}"
        return url if url.startswith(("https://", "http://")) else ""

    def _duration_text(self, content):
        if content["mode"] == "information" or not content["duration_max"]:
            return self.env._("At once")
        return texts.duration_text(
            self.env, content["duration_max"], content["duration_unit"]
        )

    def _visits_text(self, visits):
        if not visits:
            return self.env._("None")
        if visits == 1:
            return self.env._("Once")
        return self.env._("At most %s times", texts.number_text(self.env, visits))

    def _cost_text(self, content):
        if content["cost"]:
            return self.env._("%s rials", texts.amount_text(self.env, content["cost"]))
        if any(cost["is_estimate"] for cost in content["cost_ids"]):
            return self.env._("Depends on the case")
        return self.env._("Free of charge")

    def _step_note(self, step):
        """Return the unit and the time of a step of a version."""
        days = step["days"] and texts.duration_text(self.env, step["days"], "days")
        return texts.join(self.env, (step.get("department"), days))

    def _document_values(self, document):
        forms = dict(
            self.env["service.desk.service.document"]
            ._fields["form"]
            ._description_selection(self.env)
        )
        words = [forms[document["form"]]]
        if document["form"] == "agency" and document["source"]:
            words = [self.env._("We obtain it from: %s", document["source"])]
        if document["condition"]:
            words.append(self.env._("only if: %s", document["condition"]))
        elif not document["is_mandatory"]:
            words.append(self.env._("if you have it"))
        return document | {"words": texts.join(self.env, words)}

    def _channel_values(self, content):
        labels = dict(
            self.env["service.desk.service.channel"]
            ._fields["channel"]
            ._description_selection(self.env)
        )
        return [
            {
                "name": labels[channel["channel"]],
                "note": self._channel_note(channel),
                "time": texts.duration_text(self.env, channel["days"], "days")
                if channel["days"]
                else self._duration_text(content),
            }
            for channel in content["channel_ids"]
        ]

    def _channel_note(self, channel):
        """Return what one has to know of a way: which stage, where, at what price."""
        stages = dict(
            self.env["service.desk.service.channel"]
            ._fields["stage"]
            ._description_selection(self.env)
        )
        cost = texts.amount_text(self.env, channel["cost"])
        return texts.join(
            self.env,
            (
                stages[channel["stage"]] if channel["stage"] != "all" else "",
                channel["note"] or channel["address"],
                channel["cost"] and self.env._("with a fee of %s rials", cost),
            ),
        )

    def _desk_values(self):
        """Return the desks that serve it, with hours and the one who answers."""
        desks = self.env["service.desk"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("kind", "!=", "electronic"),
                "|",
                ("service_ids", "=", False),
                ("service_ids", "in", self.ids),
            ]
        )
        if self.desk_offer in ("none", "link"):
            return []
        waiting = desks.filtered("has_queue")._queue_length()
        return [
            {
                "name": desk.name,
                "address": desk.address or "",
                "phone": desk.phone or "",
                "phone_text": texts.phone_text(self.env, desk.phone),
                "person": desk.representative_id.name or "",
                "hours": texts.hours_text(self.env, desk._get_calendar()),
                "now": texts.join(
                    self.env,
                    (
                        desk._open_text(),
                        waiting.get(desk)
                        and texts.counted(
                            self.env,
                            waiting[desk],
                            self.env._("1 person waits"),
                            self.env._("%s people wait"),
                        ),
                    ),
                    strong=True,
                ),
            }
            for desk in desks
        ]
