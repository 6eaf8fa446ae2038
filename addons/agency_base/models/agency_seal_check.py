import json

from odoo import api, models

from ..tools.digits import localize_digits
from ..tools.heads import kept_head
from ..tools.signing import Signer

BATCH = 500


class AgencySealCheck(models.Model):
    """The check of a whole chain, batch after batch.

    First every entry by itself and against the one before it, then the end of the
    chain, then the rows and files that genuine entries speak of. All a check has to
    remember is a plain dict, so that it can stop and go on in another transaction:

    ``until``: the last entry there was when it began; ``heads``: how long the chain was
    then, by what the database and the server's files say; ``cursor`` and ``previous``:
    the position and the hash of the last entry looked at; ``bad``: entries that prove
    nothing about other rows, not being genuine themselves; ``problems``.
    """

    _inherit = "agency.seal"

    _lawful_idx = models.Index(
        "(company_id, position) WHERE kind IN ('merge', 'redaction')"
    )

    @api.model
    def _verify(self, company):
        """Check the whole chain of ``company`` at once and return its problems.

        A problem is a dict of ``seal`` (id or None), ``position``, ``code`` and
        ``text``, which names what was found in words.
        """
        check = self._check_begin(company, kept_head(self.env.cr.dbname, company.id))
        changes = {}
        while self._check_step(company, check, changes):
            pass
        return check["problems"]

    @api.model
    def _check_begin(self, company, outside):
        """Return what a check of the chain of ``company`` begins with.

        ``outside`` is the head kept outside the database, read before the transaction
        began: entries that come meanwhile would look like a chain that was cut off.
        """
        self.env.flush_all()
        self.env.invalidate_all()
        own = [("company_id", "=", company.id)]
        chain = self.env["agency.seal.chain"].sudo().search(own)
        heads = [[chain.length, chain.head_hash or ""]] if chain else []
        if outside:
            heads.append(list(outside))
        last = self.sudo().search(own, order="position DESC", limit=1)
        return {
            "until": last.position,
            "heads": heads,
            "stage": "entries",
            "cursor": None,
            "previous": "",
            "bad": [],
            "problems": [],
        }

    @api.model
    def _check_step(self, company, check, changes):
        """Look at the next batch; tell whether there is more.

        ``changes`` is a dict of the caller's: it keeps what later entries say about
        earlier ones, and begins empty in each transaction the check goes on in.
        """
        # sudo: a check looks at everything, whoever asked for it
        seals = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("position", "<=", check["until"]),
                *([("position", ">", check["cursor"])] if check["cursor"] else []),
            ],
            order="position",
            limit=BATCH,
        )
        if check["stage"] == "entries":
            seals._check_entries(check)
        else:
            self._collect_changes(company, check, changes)
            genuine = seals.filtered(lambda seal: seal.id not in check["bad"])
            check["problems"] += genuine._live_problems(
                changes["merges"], changes["redacted"]
            )
            check["cursor"] = seals[-1:].position
        seals.invalidate_recordset()
        if len(seals) == BATCH:
            return True
        if check["stage"] == "entries":
            check["problems"] += self._head_problems(check)
            check |= {"stage": "rows", "cursor": None}
            return True
        return False

    def _check_entries(self, check):
        """Check entries by themselves, and that each follows the one before it."""
        signer = Signer()
        for seal in self:
            found = seal._own_problems(signer)
            expected = (check["cursor"] or 0) + 1
            if seal.position != expected:
                found.append(seal._problem("gap", expected=expected))
            elif seal.previous_hash != check["previous"]:
                found.append(seal._problem("order"))
            check["cursor"], check["previous"] = seal.position, seal.hash
            check["problems"] += found
            if found:
                check["bad"].append(seal.id)

    @api.model
    def _head_problems(self, check):
        """Compare the end of the chain with what was known of it before."""
        length, last_hash = check["cursor"] or 0, check["previous"]
        for known_length, known_hash in check["heads"]:
            if known_length > length:
                text = self.env._(
                    "The last %(count)s entries of the chain were removed: it once had "
                    "%(length)s.",
                    count=localize_digits(known_length - length, self.env.lang),
                    length=localize_digits(known_length, self.env.lang),
                )
                return [self._chain_problem("tail", text)]
            if known_length == length and known_hash != last_hash:
                text = self.env._("The last entry is not the one that was kept.")
                return [self._chain_problem("head", text)]
        return []

    @api.model
    def _chain_problem(self, code, text):
        text = localize_digits(text, self.env.lang)
        return {"seal": None, "position": None, "code": code, "text": text}

    @api.model
    def _collect_changes(self, company, check, changes):
        """Note what entries, also those made since the check began, say of others."""
        changes.setdefault("merges", {})
        changes.setdefault("redacted", {})
        signer = Signer()
        # sudo: a check looks at everything, whoever asked for it
        found = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("kind", "in", ("merge", "redaction")),
                ("position", ">", changes.get("position", 0)),
                ("id", "not in", check["bad"]),
            ],
            order="position",
        )
        for seal in found:
            if seal._own_problems(signer):
                continue
            if seal.kind == "merge":
                payload = json.loads(seal.snapshot)
                for old_id in payload["from"]:
                    changes["merges"][payload["model"], old_id] = payload["into"]
            else:
                told = changes["redacted"].setdefault(
                    seal.parent_id.id, {"position": 0, "marks": {}}
                )
                told["position"] = seal.position
                told["marks"] |= seal._redacted_marks()
        changes["position"] = found[-1:].position or changes.get("position", 0)
