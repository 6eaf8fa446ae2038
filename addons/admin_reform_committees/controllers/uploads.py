import json

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.web.controllers.binary import Binary


class ReformUploads(Binary):
    """Evidence is looked at before it is kept, so that what is refused lies nowhere."""

    @http.route()
    def upload_attachment(self, model, id, ufile, callback=None):
        files = request.env["ir.attachment"]
        if files._is_evidence_of(model):
            for upload in request.httprequest.files.getlist("ufile"):
                content = upload.read()
                upload.seek(0)
                try:
                    files._check_uploaded(upload.filename, content)
                except UserError as error:
                    return json.dumps([{"error": str(error)}])
        return super().upload_attachment(model, id, ufile, callback)
