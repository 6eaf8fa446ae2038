{
    "name": "Audit Checklist",
    "version": "19.0.1.0.0",
    "summary": "Checklists, joint teams, field visits and what follows from them",
    "category": "Services/Agency",
    "author": "The Reform Suite contributors",
    "license": "LGPL-3",
    "depends": ["agency_base", "portal"],
    "data": [
        "security/audit_groups.xml",
        "views/audit_menus.xml",
    ],
}
