import { App, whenReady } from "@odoo/owl";
import {
    appTranslateFn,
    translatedTerms,
    translationLoaded,
} from "@web/core/l10n/translation";
import { getTemplate } from "@web/core/templates";
import { FieldApp } from "./app";
import { FieldModel } from "./model";
import { setup } from "./setup";

const CACHE = "audit-field-1";
const PAGE = "/audit/field";

translatedTerms.audit_checklist = setup.terms;
translatedTerms[translationLoaded] = true;

/** Keep the page and its files, so that it opens where there is no network. */
async function keepPage() {
    if (!navigator.serviceWorker) {
        return;
    }
    await navigator.serviceWorker.register(`${PAGE}/sw.js`, { scope: PAGE });
    const cache = await caches.open(CACHE);
    const files = [...document.querySelectorAll("script[src], link[href]")].map(
        (element) => element.src || element.href
    );
    const fonts = [...document.fonts].length
        ? performance.getEntriesByType("resource").map(({ name }) => name)
        : [];
    const wanted = [...files, ...fonts.filter((name) => name.endsWith(".woff2"))];
    for (const file of new Set(wanted)) {
        if (!(await cache.match(file))) {
            await cache.add(file);
        }
    }
    if (!navigator.onLine) {
        return;
    }
    const page = await fetch(PAGE, { redirect: "manual" });
    if (page.ok && page.headers.get("X-Audit-Field")) {
        await cache.put(PAGE, page);
    }
}

whenReady(async () => {
    const model = new FieldModel();
    odoo.auditField = model;
    const app = new App(FieldApp, {
        name: "Field Page",
        props: { model },
        getTemplate,
        translatableAttributes: ["aria-label", "placeholder", "title"],
        translateFn: appTranslateFn,
        customDirectives: {},
    });
    await app.mount(document.getElementById("field"));
    await document.fonts.ready;
    await keepPage().catch((error) => console.warn(error));
    document.documentElement.dataset.kept = "1";
});
