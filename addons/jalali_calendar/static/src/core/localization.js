import { localizationService } from "@web/core/l10n/localization_service";
import { patchWhenJalali } from "./patching";

patchWhenJalali("localizationService", localizationService, {
    async start() {
        const localization = await super.start(...arguments);
        // The service knows no numbering system for Persian and sets Latin digits.
        luxon.Settings.defaultNumberingSystem = odoo.jalali.digits;
        return localization;
    },
});
