{
    "name": "Administrative Reform Committees",
    "version": "19.0.1.0.0",
    "summary": "Bodies, meetings, minutes and resolutions followed until verified",
    "category": "Services/Agency",
    "author": "The Reform Suite contributors",
    "license": "LGPL-3",
    "depends": ["agency_base", "hr", "calendar", "portal"],
    "data": [
        "security/reform_groups.xml",
        "views/reform_menus.xml",
    ],
    "application": True,
}
