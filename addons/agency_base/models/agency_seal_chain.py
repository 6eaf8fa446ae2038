import re
from functools import partial

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import SQL, plaintext2html

from ..tools.digits import localize_digits
from ..tools.heads import keep_head, kept_head
from ..tools.jobs import job_method

HASH_PART = re.compile(r"[0-9a-f]{16}(?=[0-9a-f])")


class AgencySealChain(models.Model):
    """The chain of one body's seals: how long it is, its last hash, its last check.

    Extending the chain locks its row, last of all (document, counter, chain), so that
    two seals at the same moment can neither fork it nor leave a gap.
    """

    _name = "agency.seal.chain"
    _description = "Chain of Seals"
    _rec_name = "company_id"
    _inherit = ["mail.thread"]

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="restrict"
    )
    # pylint: disable=attribute-deprecated
    length = fields.Integer(
        "Entries", required=True, readonly=True, help="Number of entries in the chain."
    )
    head_hash = fields.Char("Last Hash", readonly=True)

    # === Last check ===
    verdict = fields.Selection(
        [
            ("unchecked", "Not Checked"),
            ("intact", "Intact"),
            ("broken", "Tampered With"),
        ],
        required=True,
        readonly=True,
        default="unchecked",
    )
    checked_at = fields.Datetime(readonly=True)
    checked_length = fields.Integer("Entries Checked", readonly=True)
    problems = fields.Json(readonly=True)
    problem_text = fields.Text("What Was Found", compute="_compute_problem_text")
    job_id = fields.Many2one("agency.job", compute="_compute_job_id")
    exported_length = fields.Integer("Entries Exported", readonly=True)

    _company_uniq = models.UniqueIndex("(company_id)")

    @api.depends("problems")
    def _compute_problem_text(self):
        for chain in self:
            texts = [problem["text"] for problem in chain.problems or []]
            chain.problem_text = "\n".join(texts)

    def _compute_job_id(self):
        # Looked up rather than stored: whoever seals writes this row, and who only
        # asks for a check must not lose against him.
        jobs_sudo = self.env["agency.job"].sudo()
        for chain in self:
            keys = [f"verify-seals-{chain.id}", f"export-seals-{chain.id}"]
            chain.job_id = jobs_sudo.search(
                [("key", "in", keys)], order="id desc", limit=1
            )

    @api.model
    def _lock(self, company):
        """Return the chain of ``company``, locked until the transaction ends.

        Raise SerializationFailure if it grew since the transaction began.
        """
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO agency_seal_chain (company_id, length, verdict)
                     VALUES (%s, 0, 'unchecked') ON CONFLICT (company_id) DO NOTHING
                """,
                company.id,
            ),
            log_exceptions=False,
        )
        self.env.cr.execute(
            SQL(
                "SELECT id FROM agency_seal_chain WHERE company_id = %s FOR UPDATE",
                company.id,
            ),
            log_exceptions=False,
        )
        chain = self.browse(self.env.cr.fetchone()[0])
        chain.invalidate_recordset()
        return chain

    def _extend_to(self, length, head_hash):
        """Set the new head, and keep it outside the database once it is committed."""
        self.write({"length": length, "head_hash": head_hash})
        self.env.cr.postcommit.add(
            partial(
                keep_head, self.env.cr.dbname, self.company_id.id, length, head_hash
            )
        )

    def action_verify(self):
        """Check the whole chain in the background."""
        self.check_access("read")
        for chain in self:
            self.env["agency.job"]._enqueue(
                chain,
                "_job_verify",
                self.env._("Verify the seals of %s", chain.company_id.name),
                key=f"verify-seals-{chain.id}",
            )
        self.invalidate_recordset(["job_id"])

    @job_method
    def _job_verify(self, job):
        """Check the chain, and go on where an interrupted check stopped."""
        self.ensure_one()
        company = self.company_id
        # What is found is kept, and mailed, in the language of the body.
        lang = self.env["agency.seal"]._seal_lang(company)
        # sudo: the chain is nobody's to write
        chain = self.sudo().with_context(lang=lang)
        seals, changes = chain.env["agency.seal"], {}
        check = job.memory
        if not check:
            outside = kept_head(self.env.cr.dbname, company.id)
            # From here on the transaction sees at least what was kept outside.
            job._checkpoint(0)
            check = seals._check_begin(company, outside)
        while seals._check_step(company, check, changes):
            done = check["cursor"] or 0
            if check["stage"] == "rows":
                done += check["until"]
            job._checkpoint(done, total=2 * check["until"], memory=check)
        chain._record_check(check["problems"], check["until"])
        return {"problems": len(check["problems"])}

    def _record_check(self, problems, length):
        """Keep the outcome of a check, and cry out when the verdict turned bad."""
        self.ensure_one()
        was_broken = self.verdict == "broken"
        self.write(
            {
                "verdict": "broken" if problems else "intact",
                "checked_at": fields.Datetime.now(),
                "checked_length": length,
                "problems": problems,
            }
        )
        if problems and not was_broken:
            self._tell_administrators(
                self.env._("The sealed records were tampered with"), self.problem_text
            )

    def _tell_administrators(self, subject, text):
        """Queue a message to the agency's administrators of this company."""
        # sudo: looked up for a message, not shown
        group_sudo = self.env.ref("agency_base.group_administrator").sudo()
        users = group_sudo.all_user_ids.filtered(
            lambda user: self.company_id in user.company_ids
        )
        self.message_post(
            subject=subject,
            body=self._breakable(plaintext2html(text)),
            partner_ids=users.partner_id.ids,
            subtype_xmlid="mail.mt_comment",
        )

    @api.model
    def _breakable(self, html):
        """Let hashes go on in the next line: on a phone else they leave the screen.

        Said in the text: mail programs know no class, and Bootstrap's own one is left
        out where one writes from right to left. What is copied is still the hash.
        """
        return Markup(HASH_PART.sub(r"\g<0><wbr/>", str(html)))

    @api.model
    def _cron_verify(self):
        """Check every chain, and send its head out of the house, once a week."""
        for chain in self.search([("length", ">", 0)]):
            lang = self.env["agency.seal"]._seal_lang(chain.company_id)
            chain = chain.with_company(chain.company_id).with_context(lang=lang)
            chain.action_verify()
            chain._tell_administrators(
                chain.env._("Head of the chain of seals"),
                chain.env._(
                    "Entries: %(length)s\nLast hash: %(hash)s\nKeep this message: it "
                    "proves later that nothing was cut off.",
                    length=localize_digits(chain.length, lang),
                    hash=chain.head_hash,
                ),
            )
            self.env["ir.cron"]._commit_progress(1)
