"""Where sealed minutes name people: what redaction can remove of them."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# Where the text names people, or may.
PERSONAL_CONTENT = {
    "chair": _lt("Chair"),
    "people.*.name": _lt("Name"),
    "people.*.post": _lt("Post"),
    "items.*.name": _lt("Agenda Item"),
    "items.*.notes": _lt("Discussion"),
    "items.*.presenter": _lt("Presenter"),
    "resolutions.*.text": _lt("Resolution"),
    "resolutions.*.responsible": _lt("Responsible"),
    "resolutions.*.unit": _lt("Unit"),
    "resolutions.*.partners": _lt("Partners"),
    "signatures.*.name": _lt("Signature"),
    "approval.by": _lt("Approved by"),
    "approval.role": _lt("Role"),
    "approval.behalf": _lt("On behalf of"),
    "approval.directive": _lt("Directive"),
    "reason": _lt("Why Amended"),
}
