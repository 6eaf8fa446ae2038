from . import agency_sheet_import, base_partner_merge
