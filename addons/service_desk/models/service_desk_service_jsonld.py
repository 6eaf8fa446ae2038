from odoo import models

# The vocabularies of CPSV-AP 3.2, written out: nobody has to fetch a context.
CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
CURRENCY = "http://publications.europa.eu/resource/authority/currency/IRR"


class ServiceDeskService(models.Model):
    """The published sheet as one linked-data document (CPSV-AP 3.2)."""

    _inherit = "service.desk.service"

    def _jsonld(self):
        """Return the document of the published version, in every language it has."""
        self.ensure_one()
        versions = self.version_id._whole_content()
        facts, texts = versions["facts"], versions["texts"]
        address = self._public_address()
        node = {
            "@context": CONTEXT,
            "@id": address,
            "@type": "cpsv:PublicService",
            "dct:identifier": facts["code"],
            "dct:title": self._in_languages(texts, "name"),
            "dct:description": self._in_languages(texts, "description", "summary"),
            "dcat:keyword": self._in_languages(texts, "keywords"),
            "cv:hasCompetentAuthority": self._jsonld_authority(),
            "adms:status": {"@id": f"{address}#status-{self.state}"},
            "dct:type": [facts["nature"], facts["service_type"]],
            "dct:language": [code.replace("_", "-") for code in texts],
            "dct:spatial": self._in_languages(texts, "spatial") or facts["level"],
            "dct:audience": facts["audience"],
            "cv:sector": self._in_languages(texts, "sector"),
            "cv:processingTime": self._jsonld_duration(
                facts["duration_max"], facts["duration_unit"]
            ),
            "cv:hasContactPoint": self._jsonld_contacts(),
            "dct:isPartOf": facts.get("parent_code")
            and {"@id": self._public_address(facts["parent_code"])},
            "dct:modified": {
                "@type": "xsd:dateTime",
                "@value": f"{self.version_id.published_at.isoformat()}Z",
            },
        }
        node |= self._jsonld_lines(address, texts)
        return {name: value for name, value in node.items() if value}

    def _public_address(self, code=None):
        return f"{self.get_base_url()}/desk/service/{code or self.code}"

    def _in_languages(self, texts, *names):
        """Return the first of the texts ``names`` that is filled, per language.

        What nobody has translated is in the agency's own language alone.
        """
        own = self.company_id.partner_id.lang or "fa_IR"
        values, told = [], set()
        for lang in sorted(texts, key=lambda lang: lang != own):
            content = texts[lang]
            text = next(filter(None, (content.get(name) for name in names)), "")
            if text and text not in told:
                told.add(text)
                values.append({"@language": lang.replace("_", "-"), "@value": text})
        return values

    def _jsonld_authority(self):
        company = self.company_id
        return {
            "@id": f"{self.get_base_url()}/#agency",
            "@type": "cv:PublicOrganisation",
            "dct:identifier": company.company_registry or str(company.id),
            "skos:prefLabel": company.name,
            "dct:spatial": company.state_id.name or company.city or "IR",
        }

    def _jsonld_duration(self, amount, unit):
        """Return an xsd:duration of working days or hours."""
        if not amount:
            return None
        # Hours may be fractions of one: PT30M.
        text = f"P{round(amount)}D" if unit == "days" else f"PT{round(amount * 60)}M"
        return {"@type": "xsd:duration", "@value": text}

    def _jsonld_contacts(self):
        return [
            {
                "@type": "cv:ContactPoint",
                "foaf:name": desk["name"],
                "cv:telephone": desk["phone"],
                "cv:openingHours": desk["hours"],
                "dct:description": desk["address"],
            }
            for desk in self._desk_values()
        ]

    def _jsonld_lines(self, address, texts):
        """Return documents, channels, costs, laws, steps and what comes out."""
        content = self.version_id._get_content()
        lang = self.env.lang or "fa_IR"

        def tagged(text):
            return {"@language": lang.replace("_", "-"), "@value": text}

        events = self.life_event_ids
        return {
            "cv:hasInputType": [
                {
                    "@id": f"{address}#evidence-{line['sequence']}",
                    "@type": "cv:EvidenceType",
                    "dct:identifier": f"{self.code}-E{line['sequence'] + 1}",
                    "dct:title": tagged(line["name"]),
                    "cv:evidenceTypeClassification": line["form"],
                    "dct:description": line["condition"] or "",
                }
                for line in content["document_ids"]
            ],
            "cv:holdsRequirement": content["conditions"]
            and [
                {
                    "@type": "cv:Requirement",
                    "dct:identifier": f"{self.code}-R1",
                    "dct:title": tagged(content["conditions"]),
                }
            ],
            "cv:hasChannel": [
                {
                    "@type": "cv:Channel",
                    "dct:identifier": f"{self.code}-C{line['sequence'] + 1}",
                    "dct:type": line["channel"],
                    "cv:processingTime": self._jsonld_duration(line["days"], "days"),
                    "dct:description": line["note"] or line["address"] or "",
                }
                for line in content["channel_ids"]
            ],
            "cv:hasCost": [
                {
                    "@type": "cv:Cost",
                    "dct:identifier": f"{self.code}-P{line['sequence'] + 1}",
                    "cv:hasValue": line["amount"],
                    "cv:currency": {"@id": CURRENCY},
                    "dct:description": tagged(line["name"]),
                }
                for line in content["cost_ids"]
            ],
            "cpsv:produces": content["output"]
            and [
                {
                    "@type": "cv:Output",
                    "dct:identifier": f"{self.code}-O1",
                    "dct:title": tagged(content["output"]),
                }
            ],
            "cv:hasLegalResource": [
                {
                    "@type": "eli:LegalResource",
                    "dct:title": tagged(line["name"]),
                    "dct:description": line["article"] or "",
                    "foaf:page": line["url"] or "",
                }
                for line in content["legal_ids"]
            ],
            "cpsv:follows": [
                {
                    "@type": "cpsv:Rule",
                    "dct:identifier": f"{self.code}-S{line['sequence'] + 1}",
                    "dct:title": tagged(line["name"]),
                    "dct:description": line.get("department") or line["name"],
                }
                for line in content["step_ids"]
                if line["is_public"]
            ],
            "cv:isGroupedBy": [
                {
                    "@type": "cv:BusinessEvent"
                    if event.is_business
                    else "cv:LifeEvent",
                    "dct:identifier": f"E{event.id}",
                    "dct:title": tagged(event.name),
                }
                for event in events
            ],
            "dct:requires": [
                {"@id": self._public_address(line["code"])}
                for line in content.get("required_service_ids", ())
            ],
            "dct:relation": [
                {"@id": self._public_address(line["code"])}
                for line in content.get("related_service_ids", ())
            ],
        }
