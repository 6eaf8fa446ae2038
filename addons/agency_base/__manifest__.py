{
    "name": "Agency Base",
    "version": "19.0.1.0.0",
    "summary": "Identifiers, numbers, sealed records, official PDF and SMS",
    "category": "Services/Agency",
    "author": "The Reform Suite contributors",
    "license": "LGPL-3",
    "depends": ["jalali_calendar", "mail", "sms", "phone_validation"],
    "data": [
        "security/agency_groups.xml",
        "security/agency_rules.xml",
        "security/ir.model.access.csv",
        "data/ir_cron_data.xml",
        "views/agency_menus.xml",
        "views/agency_job_views.xml",
        "views/agency_counter_views.xml",
        "views/res_config_settings_views.xml",
        "views/res_partner_views.xml",
    ],
    "post_load": "post_load",
    "assets": {
        "web.assets_backend": ["agency_base/static/src/job_progress/*"],
    },
}
