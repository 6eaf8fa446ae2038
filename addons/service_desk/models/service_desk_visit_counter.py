from datetime import timedelta

from odoo import api, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.agency_base.tools import (
    normalize_identifier,
    normalize_mobile,
    only_digits,
)

from .. import texts

TILES = 6
TILE_DAYS = 30
SATURDAY = 5


class ServiceDeskVisit(models.Model):
    """What the counter screen asks of the server: few calls, each whole in itself."""

    _inherit = "service.desk.visit"

    @api.model
    def counter_open(self, counter_id=False):
        """Return all the screen needs to serve clients, also while offline."""
        counters = self._own_counters()
        counter = counters.filtered(lambda place: place.id == counter_id)
        if not counter and len(counters) == 1:
            counter = counters
        screen = {
            "counters": [
                {"id": place.id, "name": place.display_name} for place in counters
            ],
            "counter": False,
            "today": texts.day_text(self.env, self._today(), texts.DAY_YEAR),
            "closed": "" if counters else self._closed_desks_text(),
            "may_set_up": not counters
            and self.env.user.has_group("service_desk.group_administrator"),
        }
        if not counter:
            return screen
        desk = counter.desk_id
        services = desk._offered_services()
        tiles = self._most_used(desk, services)
        # A tile has one number on the whole screen: what is asked for most comes first.
        services = tiles | services
        return screen | {
            "counter": {
                "id": counter.id,
                "number": texts.number_text(self.env, counter.number),
                "desk": desk.name,
            },
            "services": services._counter_values(
                desk._untrained(self.env.user, services)
            ),
            "elsewhere": desk._services_elsewhere()._elsewhere_values(desk),
            "tiles": tiles.ids,
            "units": [
                {"id": unit.id, "name": unit.name} for unit in self._counter_units()
            ],
            "returns": self.counter_returns(counter.id),
        }

    @api.model
    def counter_find_client(self, identifier, kind="national"):
        """Return the client with an identifier, and what is open for him."""
        self._check_clerk()
        digits = normalize_identifier(identifier, kind)
        if not digits:
            raise ValidationError(self._invalid_identifier_text(kind))
        partner = self.env["res.partner"].search(
            [("national_id", "=", digits)], limit=1
        )
        return {
            "identifier": digits,
            "name": partner.name or "",
            "partner_id": partner.id or False,
            "mobile": self._masked_mobile(partner.phone),
            "open": self._open_requests(partner) if partner else [],
        }

    @api.model
    def counter_find_request(self, code):
        """Return the request of the clerk's desks with a tracking code."""
        self._check_clerk()
        digits = only_digits(code)
        found = self.env["service.desk.request"].search(
            [("tracking_code", "=", digits)], limit=1
        )
        if not digits or not found:
            raise UserError(self.env._("No request of your desks has this code."))
        return {"id": found.id}

    # === Who and where ===

    def _check_clerk(self):
        if not self.env.user.has_group("service_desk.group_clerk"):
            raise AccessError(self.env._("Only clerks serve at a counter."))

    @api.model
    def _own_counters(self):
        self._check_clerk()
        return self.env["service.desk.counter"].search(
            [
                ("desk_id", "in", self.env.user.service_desk_ids.ids),
                ("desk_id.active", "=", True),
            ]
        )

    @api.model
    def _own_counter(self, counter_id):
        counter = self._own_counters().filtered(lambda place: place.id == counter_id)
        if not counter:
            self._check_closed(counter_id)
            raise AccessError(
                self.env._("This is not a counter of your desks; choose yours.")
            )
        return counter

    @api.model
    def _check_closed(self, counter_id):
        """Tell who sits at a counter that was closed under him what happened."""
        closed = self.env["service.desk.counter"].with_context(active_test=False)
        counter = closed.search(
            [
                ("id", "=", counter_id),
                ("desk_id", "in", self.env.user.service_desk_ids.ids),
            ]
        )
        if not counter:
            return
        if not counter.desk_id.active:
            raise UserError(
                self.env._(
                    "The desk “%(desk)s” is closed; nothing is registered at its "
                    "counters. Go to a counter of another desk, or ask the "
                    "administrator of the desk to open it again: what you typed stays "
                    "here until then.",
                    desk=counter.desk_id.name,
                )
            )
        raise UserError(
            self.env._(
                "%(counter)s is closed. Go to another counter, or ask the "
                "administrator of the desk to open it again: what you typed stays "
                "here until then.",
                counter=counter.display_name,
            )
        )

    @api.model
    def _closed_desks_text(self):
        """Say which desks of a clerk without any counter are closed."""
        desks = self.env.user.service_desk_ids
        closed = desks.filtered(lambda desk: not desk.active)
        if not closed:
            return ""
        return self.env._(
            "Closed: %(desks)s. Ask the administrator of the desk to open it again, or "
            "to add you to another desk.",
            desks=texts.join(self.env, closed.mapped("name")),
        )

    @api.model
    def _offered(self, counter, service_id):
        """Return the service if this counter offers it: an id proves nothing."""
        offered = counter.desk_id._offered_services()
        service = offered.filtered(lambda service: service.id == service_id)
        if not service:
            self._refuse_elsewhere(counter.desk_id, service_id)
            raise UserError(self.env._("This service is not offered at this desk."))
        return service

    @api.model
    def _refuse_elsewhere(self, desk, service_id):
        """Tell which service it is that was taken away meanwhile, and why."""
        known = desk._services_elsewhere().filtered(lambda one: one.id == service_id)
        for card in known._elsewhere_values(desk):
            raise UserError(
                self.env._(
                    "“%(service)s” is not offered at this desk: %(reason)s",
                    service=card["name"],
                    reason=card["reason"],
                )
            )

    @api.model
    def _today(self):
        zone = self.env.company.agency_tz
        return self.env["service.desk.request"].with_context(tz=zone)._today()

    # === Clients ===

    def _invalid_identifier_text(self, kind):
        return {
            "national": self.env._(
                "The check digit does not match; look at the national code again."
            ),
            "legal": self.env._(
                "The national id of a legal person has eleven digits; look again."
            ),
            "foreigner": self.env._(
                "The id of a foreign national has 8 to 12 digits; look again."
            ),
        }[kind]

    def _masked_mobile(self, phone):
        digits = normalize_mobile(phone).removeprefix("+")
        if not digits:
            return ""
        return texts.number_text(self.env, f"0{digits[2:5]} ••• {digits[-4:]}")

    def _open_requests(self, partner):
        requests = self.env["service.desk.request"]
        found = requests.search(
            [("partner_id", "=", partner.id), *requests._open_domain()], limit=3
        )
        return [
            {
                "id": request.id,
                "service_id": request.service_id.id,
                "service": request.service_id.name,
                "unit": request.department_id.name or "",
                "promised": texts.day_text(self.env, request.date_promised),
            }
            for request in found
        ]

    @api.model
    def _most_used(self, desk, services):
        """Return what is asked for most, as counted when the week began.

        Hands learn the numbers: they do not change from one hour to the next.
        """
        today = self._today()
        saturday = today - timedelta(days=(today.weekday() - SATURDAY) % 7)
        until, _end = self._day_bounds(saturday)
        counts = dict(
            self.env["service.desk.request"]._read_group(
                [
                    ("desk_id", "=", desk.id),
                    ("date_registered", ">=", until - timedelta(days=TILE_DAYS)),
                    ("date_registered", "<", until),
                ],
                ["service_id"],
                ["__count"],
            )
        )
        shown = services.filtered(lambda service: service.state == "published")
        return shown.sorted(lambda service: -counts.get(service, 0))[:TILES]
