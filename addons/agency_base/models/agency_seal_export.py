import json
import tempfile
import zipfile

from odoo import models

from ..tools.canonical import canonical
from ..tools.jobs import job_method

# One archive holds no more than so many entries, and about so many bytes of files.
PART_ENTRIES, PART_BYTES = 2_000, 200_000_000
BATCH = 200


class AgencySealExport(models.Model):
    """All sealed records of a body with their files, as archives to keep elsewhere."""

    _inherit = "agency.seal.chain"

    def action_export(self):
        """Put the whole chain with its files into archives, in the background."""
        self.check_access("read")
        for chain in self:
            self.env["agency.job"]._enqueue(
                chain,
                "_job_export",
                self.env._("Export the sealed records of %s", chain.company_id.name),
                key=f"export-seals-{chain.id}",
            )
        self.invalidate_recordset(["job_id"])

    @job_method
    def _job_export(self, job):
        """Attach one archive after another, each in a transaction of its own."""
        self.ensure_one()
        chain, reached = self.sudo(), job.done_count
        until = chain.length
        while reached < until:
            reached = chain._export_part(reached, until)
            job._checkpoint(reached, total=until)

    def _export_part(self, after, until):
        """Attach a zip of the next entries, one JSON line each, and of their files.

        Return the position of the last of them.
        """
        self.ensure_one()
        lines, size, reached = [], 0, after
        with tempfile.TemporaryFile() as archive:
            with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as bundle:
                while size < PART_BYTES and len(lines) < PART_ENTRIES:
                    seals = self._export_batch(reached, until)
                    if not seals:
                        break
                    names = seals._column_names()
                    lines += [canonical(row) for row in seals.read(names, load=None)]
                    size += self._export_files(bundle, seals)
                    reached = seals[-1].position
                    seals.invalidate_recordset()
                bundle.writestr("seals.jsonl", "\n".join(lines))
            archive.seek(0)
            self._attach_part(
                f"seals-{self.company_id.id}-{after + 1}-{reached}.zip", archive
            )
        # A gap in the chain is for the check to find, not for the export to stop at.
        reached = reached if lines else until
        self.exported_length = reached
        return reached

    def _export_batch(self, after, until):
        own = ("company_id", "=", self.company_id.id)
        span = [("position", ">", after), ("position", "<=", until)]
        return self.env["agency.seal"].search(
            [own, *span], order="position", limit=BATCH
        )

    def _export_files(self, bundle, seals):
        """Write the files that entries name and that still exist; return their size."""
        size = 0
        for file in self._sealed_files(seals):
            content = file.raw or b""
            bundle.writestr(f"files/{file.id}-{file.name}", content)
            size += len(content)
            file.invalidate_recordset(["raw", "datas"])
        return size

    def _attach_part(self, name, archive):
        """Attach an archive, in place of an earlier one of the same entries."""
        attachments = self.env["ir.attachment"]
        own = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        attachments.search([*own, ("name", "=", name)]).unlink()
        attachments.create(
            {
                "name": name,
                "raw": archive.read(),
                "res_model": self._name,
                "res_id": self.id,
            }
        )

    def _sealed_files(self, seals):
        """Return the attachments named in the snapshots that still exist."""
        ids = []
        for seal in seals:
            payload = json.loads(seal.snapshot)
            files = [payload["file"]] if "file" in payload else payload.get("files", [])
            ids += [file["attachment"] for file in files]
        return self.env["ir.attachment"].browse(ids).exists()
