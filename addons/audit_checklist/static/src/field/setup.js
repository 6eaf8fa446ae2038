/** What the server wrote into the page: user, language, official clock, terms. */
export const setup = odoo.__audit_field__ || {
    user: { id: 0, name: "" },
    lang: "en_US",
    tz: "Asia/Tehran",
    calendar: "gregorian",
    // why operations are refused, by the codes of the reasons
    reasons: {},
    terms: {},
};
