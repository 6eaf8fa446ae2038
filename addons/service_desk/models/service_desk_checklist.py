from markupsafe import Markup

from odoo import api, fields, models

from .. import texts


class ServiceDesk(models.Model):
    """What a desk owes its clients, and what of it is missing.

    A branch that is its own desk needs no stand-ins, but the information pack, the
    tracking code and the SMS all the same.
    """

    _inherit = "service.desk"

    checklist = fields.Html(compute="_compute_checklist", sanitize=False)
    missing_count = fields.Integer("Missing", compute="_compute_checklist")

    @api.depends_context("lang")
    @api.depends(
        "kind",
        "address",
        "phone",
        "calendar_id",
        "user_ids",
        "representative_id",
        "decree_number",
        "counter_ids",
        "service_ids",
    )
    def _compute_checklist(self):
        for desk in self:
            rows = desk._checklist_rows()
            desk.missing_count = sum(not done for _label, done, _hint in rows)
            desk.checklist = Markup('<ul class="list-unstyled mb-0">%s</ul>') % Markup(
                ""
            ).join(map(desk._checklist_line, rows))

    def _checklist_line(self, row):
        label, done, hint = row
        icon, word = (
            ("fa-check text-success", self.env._("there"))
            if done
            else ("fa-times text-danger", self.env._("missing"))
        )
        return Markup(
            '<li class="py-1"><i class="fa fa-fw %s" role="img" aria-label="%s"></i> '
            '%s <span class="text-muted">%s</span></li>'
        ) % (icon, word, label, "" if done else hint)

    def _checklist_rows(self):
        """Return label, whether it is there, and what to do about it."""
        self.ensure_one()
        env = self.env
        services = self._offered_services() if self.id else self.service_ids
        contents = [service.version_id._get_content() for service in services]
        thin = [c["name"] for c in contents if not (c["step_ids"] and c["summary"])]
        rows = [
            (
                env._("Services published here"),
                bool(services),
                env._("Publish the services of this desk."),
            ),
            (
                env._("Information pack of each service"),
                bool(services) and not thin,
                env._("Summary or steps are missing: %s", ", ".join(thin[:5])),
            ),
            (
                env._("Telephone"),
                bool(self.phone),
                env._("Clients need a number to call."),
            ),
            (
                env._("Opening hours"),
                bool(self._get_calendar()._desk_opening_hours()),
                env._("The working calendar has no hours."),
            ),
            (
                env._("Representative and decree"),
                bool(self.representative_id and self.decree_number),
                env._("Name who answers for the desk, and the letter that says so."),
            ),
            (
                env._("SMS to clients"),
                # sudo: whether there is a gateway, not its secrets
                bool(
                    self.env["agency.sms.gateway"].sudo()._for_company(self.company_id)
                ),
                env._("Set up an SMS gateway under Agency."),
            ),
            (
                env._("Tracking page"),
                self.company_id.desk_is_public,
                env._("Publish the electronic desk in the settings."),
            ),
        ]
        if self.kind != "electronic":
            rows += [
                (
                    env._("Address"),
                    bool(self.address),
                    env._("Where do clients come to?"),
                ),
                self._checklist_experts(),
                (
                    env._("Counter"),
                    bool(self.counter_ids),
                    env._("The counter screen needs a counter number."),
                ),
            ]
        if self.kind == "central":
            rows.append(
                (
                    env._("Stand-in of each expert"),
                    bool(self.expert_ids)
                    and all(expert.stand_in_id for expert in self.expert_ids),
                    env._("Nobody waits because an expert is away."),
                )
            )
        return rows

    def _checklist_experts(self):
        """Return the row of the experts; without the role nobody opens a counter."""
        idle = self.user_ids.filtered(
            lambda user: not user.has_group("service_desk.group_clerk")
        )
        hint = self.env._("Name the experts who serve here.")
        if idle:
            hint = self.env._(
                "Without the role “Clerk” the counter stays closed to: %s.",
                texts.join(self.env, idle.mapped("name")),
            )
        return self.env._("Experts"), bool(self.user_ids - idle) and not idle, hint
