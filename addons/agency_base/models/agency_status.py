import shutil
from datetime import timedelta

from babel.dates import format_timedelta

from odoo import api, fields, models
from odoo.tools import config

from ..tools.heads import kept_head
from .agency_seal_verify import localize_digits

FINE, LOOK, ACT = STATES = ("ok", "warn", "fail")
# How old the oldest work that waits may be before somebody should look, or act.
WAITING = timedelta(minutes=15), timedelta(hours=2)
# A nightly backup may be late by two hours, and missed once.
BACKUP = timedelta(hours=26), timedelta(hours=74)
# The weekly check of the seals may be late by a day, and missed once.
CHECKED = timedelta(days=8), timedelta(days=15)
CRON_LATE = timedelta(hours=1)
FREE_SHARE = 0.15, 0.05


class AgencyStatus(models.AbstractModel):
    """What whoever runs the server should know: each check is a row of the page.

    An addon adds a check by extending `_checks`. A check returns its state, the figure
    for a monitoring system, and a sentence. Ask as superuser: it looks everywhere.
    """

    _name = "agency.status"
    _description = "State of the System"

    @api.model
    def _checks(self):
        """Return {key: (label, method)} in the order of the page."""
        return {
            "jobs": (self.env._("Background work"), self._check_jobs),
            "sms": (self.env._("SMS waiting"), self._check_sms),
            "mail": (self.env._("Mail waiting"), self._check_mail),
            "crons": (self.env._("Scheduled actions"), self._check_crons),
            "seals": (self.env._("Sealed records"), self._check_seals),
            "backup": (self.env._("Last backup"), self._check_backup),
            "disk": (self.env._("Space for files"), self._check_disk),
        }

    @api.model
    def _report(self):
        """Return the state of everything and of each check, as plain values."""
        rows = {}
        for key, (label, check) in self._checks().items():
            state, value, text = check()
            rows[key] = {"label": label, "state": state, "value": value, "text": text}
        worst = max((row["state"] for row in rows.values()), key=STATES.index)
        return {"state": worst, "checks": rows}

    # === Checks ===

    @api.model
    def _check_jobs(self):
        now = fields.Datetime.now()
        due = [("state", "in", ("pending", "running")), ("run_after", "<=", now)]
        state, minutes, text = self._oldest("agency.job", due, "run_after")
        day_ago = now - timedelta(days=1)
        failed = self.env["agency.job"].search_count(
            [("state", "=", "failed"), ("done_at", ">", day_ago)]
        )
        if failed:
            state = max(state, LOOK, key=STATES.index)
            failures = self.env._("%(count)s failed within a day.", count=failed)
            text = self._words(f"{text} {failures}")
        return state, minutes, text

    @api.model
    def _check_sms(self):
        return self._oldest("sms.sms", self.env["sms.sms"]._due_domain())

    @api.model
    def _check_mail(self):
        return self._oldest(
            "mail.mail",
            [
                ("state", "=", "outgoing"),
                "|",
                ("scheduled_date", "=", False),
                ("scheduled_date", "<=", fields.Datetime.now()),
            ],
        )

    @api.model
    def _check_crons(self):
        late = fields.Datetime.now() - CRON_LATE
        crons = self.env["ir.cron"].search(
            ["|", ("failure_count", ">", 0), ("nextcall", "<", late)]
        )
        # Odoo switches off what fails for a week, and then no longer counts it.
        switched_off = self._own_crons().filtered(lambda cron: not cron.active)
        names = ", ".join((crons | switched_off).mapped("name"))
        if switched_off:
            text = self.env._("Failing, late or switched off: %(names)s.", names=names)
            return ACT, len(crons | switched_off), text
        if crons:
            text = self.env._("Failing or late: %(names)s.", names=names)
            return LOOK, len(crons), text
        return FINE, 0, self.env._("All run when they are due.")

    @api.model
    def _check_seals(self):
        chains = self.env["agency.seal.chain"].search([("length", ">", 0)])
        if not chains:
            return FINE, 0, self.env._("Nothing is sealed yet.")
        broken = chains.filtered(
            lambda chain: chain.verdict == "broken" or self._lacks_its_end(chain)
        )
        if broken:
            names = ", ".join(broken.company_id.mapped("name"))
            return (
                ACT,
                len(broken),
                self.env._("Tampered with: %(names)s.", names=names),
            )
        moments = [chain.checked_at or chain.create_date for chain in chains]
        state, age = self._grade(min(moments), CHECKED)
        text = self.env._("Intact; last checked %(age)s ago.", age=self._age(age))
        if not all(chain.checked_at for chain in chains):
            text = self.env._("Not checked yet.")
        return state, 0, text

    @api.model
    def _check_backup(self):
        known = self.env["ir.config_parameter"].get_param("agency_base.last_backup")
        if not known:
            return LOOK, None, self.env._("No backup was ever made.")
        state, age = self._grade(fields.Datetime.to_datetime(known), BACKUP)
        text = self.env._("Made %(age)s ago.", age=self._age(age))
        return state, round(age.total_seconds() / 3600, 1), text

    @api.model
    def _check_disk(self):
        usage = shutil.disk_usage(config["data_dir"])
        share = usage.free / usage.total
        state = (
            ACT if share < FREE_SHARE[1] else LOOK if share < FREE_SHARE[0] else FINE
        )
        percent = round(100 * share)
        text = self.env._(
            "%(size)s GB free, %(percent)s%% of the disk.",
            size=round(usage.free / 1e9),
            percent=percent,
        )
        return state, percent, self._words(text)

    # === Helpers ===

    @api.model
    def _oldest(self, model, domain, since="create_date"):
        """Judge a queue by the age of the oldest that waits in it."""
        queue = self.env[model]
        oldest = queue.search(domain, order=f"{since}, id", limit=1)
        if not oldest:
            return FINE, 0, self.env._("Nothing waits.")
        state, age = self._grade(oldest[since], WAITING)
        text = self.env._(
            "%(count)s wait, the oldest for %(age)s.",
            count=queue.search_count(domain),
            age=self._age(age),
        )
        return state, int(age.total_seconds() // 60), self._words(text)

    @api.model
    def _own_crons(self):
        """Return the scheduled actions of ours and of what stands on us."""
        base = self.env["ir.module.module"].search([("name", "=", "agency_base")])
        names = (base | base.downstream_dependencies()).mapped("name")
        known = self.env["ir.model.data"].search(
            [("model", "=", "ir.cron"), ("module", "in", names)]
        )
        crons = self.env["ir.cron"].with_context(active_test=False)
        return crons.browse(known.mapped("res_id")).exists()

    @api.model
    def _lacks_its_end(self, chain):
        """Compare a chain's end with the one kept outside of the database."""
        kept = kept_head(self.env.cr.dbname, chain.company_id.id)
        return bool(kept) and kept[0] > chain.length

    @api.model
    def _grade(self, moment, limits):
        """Return the state that the age of ``moment`` means, and the age."""
        age = fields.Datetime.now() - moment
        return ACT if age > limits[1] else LOOK if age > limits[0] else FINE, age

    @api.model
    def _age(self, age):
        lang = self.env.lang or "en_US"
        text = format_timedelta(max(age, timedelta(seconds=1)), locale=lang)
        return self._words(text)

    @api.model
    def _words(self, text):
        return localize_digits(text, self.env.lang or "en_US")
