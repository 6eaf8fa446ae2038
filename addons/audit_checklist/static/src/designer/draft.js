// The names of the design that differ from those of the fields.
const FIELDS = {
    name: "name",
    weight: "weight",
    critical: "is_critical",
    required: "is_required",
    method: "method",
    photo_policy: "photo_policy",
    comment_policy: "comment_policy",
    na_policy: "na_policy",
    needs_earlier_visit: "needs_earlier_visit",
};

function phrases(list) {
    return list.records.map((record) => record.data.name).filter(Boolean);
}

/** Return the item with what was typed into its form and not saved yet. */
export function draftOf(item, record, design) {
    const draft = { ...item };
    for (const [key, field] of Object.entries(FIELDS)) {
        draft[key] = record.data[field];
    }
    draft.name ||= "";
    draft.response =
        design.response_sets[record.data.response_set_id?.id] || item.response;
    draft.comments = phrases(record.data.comment_phrase_ids);
    draft.na_reasons = phrases(record.data.na_phrase_ids);
    return draft;
}

/** Return the design with one of its items replaced. */
export function withItem(design, draft) {
    return {
        ...design,
        sections: design.sections.map((section) => ({
            ...section,
            items: section.items.map((item) => (item.id === draft.id ? draft : item)),
        })),
    };
}
