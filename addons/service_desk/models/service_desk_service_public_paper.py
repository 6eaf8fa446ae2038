from base64 import b64encode

from odoo import models

from .. import texts
from ..tools import qr_svg


class ServiceDeskService(models.Model):
    """The papers of a service: identity sheet, leaflet and poster."""

    _inherit = "service.desk.service"

    def _public_values(self):
        address = f"{self.get_base_url()}/desk/service/{self.code}"
        picture = b64encode(qr_svg(address).encode()).decode()
        return super()._public_values() | {"qr": f"data:image/svg+xml;base64,{picture}"}

    def _sheet_values(self):
        """Return the official identity sheet: the published version, else the draft."""
        self.ensure_one()
        env = self.env
        version = self.version_id
        if version:
            content = version._get_content()
        else:
            content = self._content_facts() | self._content_texts()
        edition = version and env._(
            "Version %(number)s of %(date)s",
            number=texts.number_text(env, version.number),
            date=texts.day_text(env, version.published_at.date(), texts.DAY_YEAR),
        )
        facts = [(label, text) for label, text in self._sheet_facts(content) if text]
        lists = [part for part in self._sheet_lists(content) if part["lines"]]
        return {
            "title": env._("Identity sheet of the service"),
            "name": content["name"],
            "edition": edition or "",
            "is_draft": not version,
            "facts": facts,
            "lists": lists,
        }

    def _sheet_facts(self, content):
        """Return label and text of each line, labels being those of the form."""
        labels = {
            name: self._fields[name]._description_string(self.env)
            for name in self._fields
        }

        def text(name):
            field = self._fields[name]
            value = content.get(name)
            if field.type == "selection":
                return dict(field._description_selection(self.env)).get(value, "")
            return value or ""

        env = self.env
        duration = self._duration_text(content)
        average = content["duration_average"] and texts.duration_text(
            env, content["duration_average"], content["duration_unit"]
        )
        code = texts.number_text(env, content["code"])
        parent = texts.join(env, (content.get("parent_code"), content.get("parent")))
        volume = content.get("yearly_volume")
        yes = env._("yes")
        first = [
            (labels["code"], code),
            (labels["parent_id"], parent),
            *((labels[name], text(name)) for name in FIRST),
            (labels["department_id"], content.get("department")),
            (labels["life_event_ids"], texts.join(env, content["life_events"])),
            (labels["duration_max"], duration),
            (labels["duration_average"], average),
            (labels["visits_allowed"], self._visits_text(content["visits_allowed"])),
            (labels["cost_ids"], self._cost_text(content)),
            (labels["yearly_volume"], volume and texts.number_text(env, volume)),
            (labels["needs_presence"], content.get("needs_presence") and yes),
            (labels["output_is_original"], content.get("output_is_original") and yes),
        ]
        services = [
            (labels[name], self._sheet_services(content.get(name)))
            for name in ("required_service_ids", "related_service_ids")
        ]
        return first + [(labels[name], text(name)) for name in LAST] + services

    def _sheet_services(self, services):
        """Return other services by their code and name."""
        env = self.env
        return texts.join(
            env,
            [
                f"{service['name']} ({texts.number_text(env, service['code'])})"
                for service in services or ()
            ],
        )

    def _line_cost_text(self, line):
        env = self.env
        if line["amount"]:
            return env._("%s rials", texts.amount_text(env, line["amount"]))
        if line["is_estimate"]:
            return env._("Depends on the case")
        return env._("Free of charge")

    def _sheet_lists(self, content):
        env = self.env
        documents = [self._document_values(line) for line in content["document_ids"]]
        parts = [
            (
                env._("Documents"),
                [texts.join(env, (line["name"], line["words"])) for line in documents],
            ),
            (
                env._("Steps"),
                [
                    texts.join(env, (line["name"], self._step_note(line)))
                    for line in content["step_ids"]
                ],
            ),
            (
                env._("Channels"),
                [
                    texts.join(env, (line["name"], line["time"], line["note"]))
                    for line in self._channel_values(content)
                ],
            ),
            (
                env._("Costs"),
                [
                    texts.join(
                        env,
                        (
                            line["name"],
                            self._line_cost_text(line),
                            line["condition"],
                        ),
                    )
                    for line in content["cost_ids"]
                ],
            ),
            (
                env._("Law"),
                [
                    texts.join(env, (line["name"], line["article"]))
                    for line in content["legal_ids"]
                ],
            ),
        ]
        return [{"title": title, "lines": lines} for title, lines in parts]


FIRST = (
    "process_name",
    "description",
    "service_type",
    "audience",
    "beneficiaries",
    "conditions",
    "nature",
    "level",
    "spatial",
    "sector",
    "trigger",
    "mode",
    "desk_offer",
)
LAST = (
    "frequency",
    "output",
    "identification",
    "portal_url",
    "not_electronic_reason",
    "related_systems",
    "appeal_route",
)
