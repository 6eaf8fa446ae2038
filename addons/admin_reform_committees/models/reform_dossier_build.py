import hashlib
import json
import re
import tempfile
import zipfile
from collections import namedtuple

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.agency_base.tools.jobs import job_method

# A file of the archive: ``content`` are bytes. ``note`` is shown in the contents.
DossierFile = namedtuple(
    "DossierFile", ["path", "title", "content", "note"], defaults=("",)
)

# A part of the archive: ``files`` yields its `DossierFile`s, ``missing`` the sentences
# that say what it lacks.
DossierSection = namedtuple("DossierSection", ["code", "title", "files", "missing"])

MANIFEST_SCHEMA = 1
MAX_NAME = 80


def safe_name(text):
    """Return ``text`` as the name of a file in an archive, on any system.

    >>> safe_name('a/b: "c"?.pdf'), safe_name("  ../..  "), safe_name("")
    ('a-b- -c--.pdf', '-', '-')
    """
    name = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "-", text or "").strip(" .")
    return (name.strip("-. ") and name[:MAX_NAME]) or "-"


class ReformDossierBuild(models.Model):
    """Building the archive, in the background, from the registered sections.

    An addon adds a section by extending `_sections`; everything else, the table of
    contents and the manifest with the hashes, follows from it.
    """

    _inherit = "reform.dossier"

    def _sections(self):
        """Return the `DossierSection`s of the archive, in their order."""
        return [
            DossierSection(
                "reports",
                self.env._("Sealed quarterly reports"),
                self._report_files,
                self._report_faults,
            ),
            DossierSection(
                "resolutions",
                self.env._("Register of resolutions"),
                self._resolution_files,
                self._resolution_faults,
            ),
            DossierSection(
                "achievements",
                self.env._("Achievements"),
                self._achievement_files,
                list,
            ),
            DossierSection(
                "indicators",
                self.env._("Form of the general indicators"),
                self._indicator_files,
                self._indicator_faults,
            ),
            DossierSection(
                "evidence",
                self.env._("Numbered evidence"),
                self._evidence_files,
                self._evidence_faults,
            ),
            DossierSection(
                "minutes",
                self.env._("Sealed minutes"),
                self._minutes_files,
                self._minutes_faults,
            ),
        ]

    def _bodies(self):
        """Return the body of the dossier and those under it."""
        return self.env["reform.committee"].search(
            [("id", "child_of", self.committee_id.ids)]
        )

    def _faults(self):
        """Return what is missing in sentences, section by section."""
        self.ensure_one()
        # sudo: a check reads what the archive is made of, whoever may see which part
        return [fault for part in self.sudo()._sections() for fault in part.missing()]

    def action_build(self):
        """Check what is there and build the archive in the background."""
        self.ensure_one()
        self.check_access("write")
        self._check_open()
        if not self.user_edits:
            raise UserError(self.env._("Who runs the council builds its dossier."))
        faults = self._faults()
        if faults and not (self.gap_note or "").strip():
            raise UserError(
                "\n".join(
                    [
                        self.env._(
                            "Something is missing. Mend it, or say why the dossier is "
                            "built with gaps:"
                        ),
                        *faults,
                    ]
                )
            )
        job = self.env["agency.job"]._enqueue(
            self,
            "_job_build",
            self.env._("Archive of %s", self.display_name),
            key=f"reform-dossier-{self.id}",
        )
        self._set_stamps({"job_id": job.id})

    @job_method
    def _job_build(self, job):
        for dossier in job._each(self):
            if dossier.state == "draft":
                dossier._build()

    def _build(self):
        """Write the archive and attach it; the dossier is built then."""
        lang = self.env["agency.seal"]._seal_lang(self.company_id)
        # sudo: the archive holds what is official, also what its maker was not at
        dossier_sudo = self.sudo().with_context(lang=lang)
        with tempfile.TemporaryFile() as target:
            manifest = dossier_sudo._write_archive(target)
            target.seek(0)
            content = target.read()
        name = f"{self.committee_id.code}-{self.jalali_year}-{self.recipient}"
        attachment_sudo = dossier_sudo.env["ir.attachment"].create(
            {
                "name": f"{name}-{self.version}.zip",
                "raw": content,
                "mimetype": "application/zip",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        self._set_stamps(
            {
                "file_id": attachment_sudo.id,
                "sha256": hashlib.sha256(content).hexdigest(),
                "manifest": manifest,
                "built_at": fields.Datetime.now(),
            }
        )
        self._stamp_state("built")

    def _write_archive(self, target):
        """Write the sections, the contents and the manifest; return the manifest."""
        entries, contents, used = [], [], set()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:

            def add(file, section):
                path = self._free_path(
                    f"{section}/{file.path}" if section else file.path, used
                )
                archive.writestr(path, file.content)
                entries.append(
                    {
                        "path": path,
                        "title": file.title,
                        "section": section,
                        "sha256": hashlib.sha256(file.content).hexdigest(),
                        "size": len(file.content),
                    }
                )
                return {"path": path, "title": file.title, "note": file.note}

            for number, part in enumerate(self._sections(), 1):
                section = f"{number:02d}-{part.code}"
                rows = [add(file, section) for file in part.files()]
                contents.append({"title": part.title, "rows": rows})
            add(self._contents_file(contents), "")
            manifest = self._manifest(entries)
            archive.writestr("manifest.json", manifest)
        return manifest

    def _free_path(self, path, used):
        stem, dot, ending = path.rpartition(".")
        free, count = path, 1
        while free in used:
            count += 1
            free = f"{stem}-{count}{dot}{ending}"
        used.add(free)
        return free

    def _contents_file(self, contents):
        """Return the table of contents as an official PDF."""
        report = self.env["ir.actions.report"]
        content, _type = report._render_qweb_pdf(
            "admin_reform_committees.dossier_contents",
            self.ids,
            data={"contents": contents, "faults": self._faults()},
        )
        return DossierFile("contents.pdf", self.env._("Table of contents"), content)

    def _manifest(self, entries):
        chain = self.env["agency.seal.chain"].search(
            [("company_id", "=", self.company_id.id)]
        )
        return json.dumps(
            {
                "schema": MANIFEST_SCHEMA,
                "body": self.committee_id.name,
                "code": self.committee_id.code,
                "year": self.jalali_year,
                "recipient": self.recipient,
                "version": self.version,
                "built_at": fields.Datetime.to_string(fields.Datetime.now()),
                "chain": {"length": chain.length, "head": chain.head_hash or ""},
                "files": entries,
            },
            ensure_ascii=False,
            indent=1,
        )
