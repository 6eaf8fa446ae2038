"""A model whose work is done in the background; also loaded by killed processes."""

import time
from pathlib import Path

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.agency_base.tools.jobs import job_method

REASON = "Nothing to count."


class ToyWork(models.Model):
    _module = None
    _name = "agency.toy.work"
    _description = "Toy Work"

    name = fields.Char()
    times = fields.Integer()

    @job_method
    def _job_count(self, job, pause=0):
        """Count each record once, slowly if asked to."""
        for work in job._each(self):
            work.times += 1
            time.sleep(pause)
        return {"counted": len(self)}

    @job_method
    def _job_explode(self, job):
        self.times = 99
        self.env.flush_all()
        raise ZeroDivisionError

    @job_method
    def _job_refuse(self, job):
        raise UserError(REASON)

    @job_method
    def _job_halt(self, job, marker):
        """Tell that the second record was begun, and hang there."""
        for work in job._each(self):
            work.times += 1
            if work == self[1] and not Path(marker).exists():
                self.env.flush_all()
                Path(marker).touch()
                time.sleep(600)

    @job_method
    def _job_whoami(self, job):
        return {
            "user": self.env.uid,
            "su": self.env.su,
            "lang": self.env.lang,
            "company": self.env.company.id,
        }

    def _not_a_job(self, job):
        """Stand for every method nobody marked."""
