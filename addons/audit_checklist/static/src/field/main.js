import { App, whenReady } from "@odoo/owl";
import {
    appTranslateFn,
    translatedTerms,
    translationLoaded,
} from "@web/core/l10n/translation";
import { getTemplate } from "@web/core/templates";
import { Guard } from "./guard";
import { keepPage } from "./keeping";
import { FieldModel } from "./model";
import { setup } from "./setup";

translatedTerms.audit_checklist = setup.terms;
translatedTerms[translationLoaded] = true;

whenReady(async () => {
    const model = new FieldModel();
    odoo.auditField = model;
    const app = new App(Guard, {
        name: "Field Page",
        props: { model },
        getTemplate,
        translatableAttributes: ["aria-label", "placeholder", "title"],
        translateFn: appTranslateFn,
        customDirectives: {},
    });
    await app.mount(document.getElementById("field"));
    const isKept = await keepPage().catch((error) => console.warn(error));
    document.documentElement.dataset.kept = isKept ? "1" : "";
});
