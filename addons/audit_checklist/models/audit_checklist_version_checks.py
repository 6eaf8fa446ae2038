from odoo import models
from odoo.exceptions import ValidationError

from odoo.addons.agency_base.tools import localize_digits
from odoo.addons.agency_base.tools.marks import isolate

from ..tools import find_circle


class AuditChecklistVersion(models.Model):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.checklist.version"

    def _check_publishable(self):
        """Raise ValidationError unless visits could be made with these versions."""
        self._check_weights()
        self._check_answers()
        self._check_circles()

    def _check_weights(self):
        """Raise ValidationError unless a score can come out of the weights."""
        for version in self:
            if not version.item_ids:
                raise ValidationError(
                    self.env._(
                        "%(version)s has no items yet.", version=version.display_name
                    )
                )
            # A weight without a scored item behind it, or the other way round,
            # would never count.
            counting = version.section_ids.filtered(
                lambda section: section.weight and section.item_weight
            )
            if not counting:
                raise ValidationError(
                    self.env._(
                        "The weights of %(version)s sum to nothing: no score could "
                        "come out of it. Give weights to sections and items.",
                        version=version.display_name,
                    )
                )
            for section in version.section_ids - counting:
                if section.weight:
                    raise ValidationError(
                        self.env._(
                            "Section %(section)s weighs %(weight)s but nothing in it "
                            "counts. Give its items weights or the section none.",
                            section=section.display_name,
                            weight=localize_digits(
                                f"{section.weight:g}", self.env.lang
                            ),
                        )
                    )

    def _check_answers(self):
        """Raise ValidationError for items nobody could answer, and missing grades."""
        for version in self:
            for response_set in version.item_ids.response_set_id:
                if response_set.kind == "options" and not response_set.option_ids:
                    raise ValidationError(
                        self.env._(
                            "“%(set)s” has no answers to choose from.",
                            set=response_set.name,
                        )
                    )
            scale = version.grade_scale_id
            if not scale.band_ids or min(scale.band_ids.mapped("minimum")) > 0:
                raise ValidationError(
                    self.env._(
                        "The lowest grade of “%(scale)s” must begin at 0, so that "
                        "every score has a grade.",
                        scale=scale.name,
                    )
                )

    def _check_circles(self):
        """Raise ValidationError when items wait for each other's answers."""
        for version in self:
            parents = {
                item.code: item.condition_ids.parent_item_id.mapped("code")
                for item in version.item_ids
            }
            circle = find_circle(parents)
            if circle:
                labels = {item.code: item.label for item in version.item_ids}
                raise ValidationError(
                    self.env._(
                        "These items wait for each other's answers, so none of them "
                        "would ever be asked: %(circle)s",
                        circle=" ← ".join(isolate(labels[code]) for code in circle),
                    )
                )
