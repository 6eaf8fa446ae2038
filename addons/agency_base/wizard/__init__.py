from . import agency_seal_redact, agency_sheet_import, base_partner_merge
