import { localizationService } from "@web/core/l10n/localization_service";
import { patchWhenPersian } from "./patching";

patchWhenPersian("localizationService", localizationService, {
    async start() {
        const localization = await super.start(...arguments);
        // The service knows no numbering system for Persian and sets Latin digits.
        luxon.Settings.defaultNumberingSystem = "arabext";
        return localization;
    },
});
