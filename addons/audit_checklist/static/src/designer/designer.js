import { Component, onWillStart, useChildSubEnv, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";
import { getDefaultConfig, View } from "@web/views/view";
import { formatNumber } from "../item_card/numbers";
import { draftOf, withItem } from "./draft";
import { useKeyWays } from "./key_ways";
import { useRemoval } from "./removal";
import { Preview } from "./preview";
import { Structure } from "./structure";

const ITEM = "audit.checklist.item";
const SECTION = "audit.checklist.section";
const VERSION = "audit.checklist.version";
const ITEM_VIEW = "audit_checklist.audit_checklist_item_view_designer";

/**
 * Designs one version: its structure on one side, the chosen item in the middle, the
 * phone and the score on the other side. On narrow screens one of them at a time.
 */
export class Designer extends Component {
    static template = "audit_checklist.Designer";
    static components = { Preview, Structure, View };
    static props = { record: Object };

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.root = useRef("root");
        this.state = useState({
            design: null,
            draft: null,
            history: [],
            chosenId: undefined,
            newInSection: null,
            pane: "structure",
            answers: {},
            unitKind: "",
            formKey: 0,
        });
        // The item's form is no page of its own: it must not rename the page.
        useChildSubEnv({ config: { ...getDefaultConfig(), actionId: false } });
        this.keyWays = useKeyWays(this.root, {
            showStructure: () => this.showPane("structure"),
            getSectionOfNew: () => this.state.newInSection,
        });
        this.confirmRemoval = useRemoval(
            () => this.reload(),
            () => this.keyWays.returnFromDialog()
        );
        onWillStart(() => this.load());
    }

    get panes() {
        return [
            { key: "structure", name: _t("Structure") },
            { key: "item", name: _t("Item") },
            { key: "preview", name: _t("Preview") },
        ];
    }

    get design() {
        return this.state.draft
            ? withItem(this.state.design, this.state.draft)
            : this.state.design;
    }

    get items() {
        return this.design.sections.flatMap((section) => section.items);
    }

    get item() {
        return this.items.find(({ id }) => id === this.state.chosenId);
    }

    get hasForm() {
        return Boolean(this.state.chosenId || this.state.newInSection);
    }

    get historyText() {
        return this.state.history
            .map(({ version_no, weight, is_critical }) =>
                is_critical
                    ? _t("Version %(version)s: weight %(weight)s, critical", {
                          version: formatNumber(version_no),
                          weight: formatNumber(weight),
                      })
                    : _t("Version %(version)s: weight %(weight)s", {
                          version: formatNumber(version_no),
                          weight: formatNumber(weight),
                      })
            )
            .join(" · ");
    }

    /** Make the form's props once: new ones would load it anew, over what was typed. */
    makeFormProps(resId, sectionId, withFocus) {
        return {
            type: "form",
            resModel: ITEM,
            resId,
            context: {
                ...user.context,
                form_view_ref: ITEM_VIEW,
                ...(sectionId && { default_section_id: sectionId }),
            },
            display: { controlPanel: false },
            readonly: !this.state.design.is_editable,
            onSave: (record) => this.onItemSaved(record),
            onDiscard: (record) => this.onItemDiscarded(record),
            onDraft: (record) => this.onDraft(record),
            onShown: () => withFocus && this.keyWays.enterItem(),
            __beforeLeave__: this.env.__beforeLeave__,
        };
    }

    /** Read the version anew; the chosen item stays chosen if it still exists. */
    async load() {
        const design = await this.orm.call(VERSION, "get_design", [
            this.props.record.resId,
        ]);
        this.state.design = design;
        this.state.draft = null;
        this.state.unitKind ||= design.unit_kinds[0]?.code || "";
        if (this.state.chosenId && !this.item) {
            this.state.chosenId = undefined;
        }
    }

    /** The version's own form shows approvals, which a change withdraws. */
    async reload() {
        await Promise.all([this.load(), this.props.record.load()]);
    }

    async choose(item, { withFocus } = {}) {
        if (!(await this.leaveForm())) {
            return;
        }
        Object.assign(this.state, {
            chosenId: item.id,
            newInSection: null,
            draft: null,
            formKey: this.state.formKey + 1,
        });
        this.showPane("item");
        this.formProps = this.makeFormProps(item.id, undefined, withFocus);
        this.state.history = await this.orm.call(ITEM, "get_history", [item.id]);
    }

    /** Show one part; on narrow screens it stands where the other one was. */
    showPane(pane) {
        this.state.pane = pane;
        if (this.env.isSmall) {
            this.root.el.scrollIntoView();
        }
    }

    async addItem(section) {
        if (!(await this.leaveForm())) {
            return;
        }
        Object.assign(this.state, {
            chosenId: undefined,
            newInSection: section.id,
            history: [],
            draft: null,
            formKey: this.state.formKey + 1,
        });
        this.showPane("item");
        this.formProps = this.makeFormProps(false, section.id, true);
    }

    /** Save what was typed before another item takes the form's place; tell if so. */
    async leaveForm() {
        if (!this.formRecord?.dirty) {
            return true;
        }
        const isSaved = await this.formRecord.save();
        if (isSaved) {
            await this.reload();
        }
        return isSaved;
    }

    onDraft(record) {
        this.formRecord = record;
        const item = record && this.state.design && this.item;
        this.state.draft = item ? draftOf(item, record, this.state.design) : null;
    }

    async onItemSaved(record) {
        this.formRecord = null;
        this.state.chosenId = record.resId;
        this.state.newInSection = null;
        this.keyWays.keepFocus();
        await this.reload();
    }

    onItemDiscarded(record) {
        this.formRecord = null;
        this.keyWays.keepFocus();
        if (record.isNew) {
            this.state.newInSection = null;
            this.showPane("structure");
        }
    }

    async duplicateItem() {
        if (!(await this.leaveForm())) {
            return;
        }
        const id = await this.orm.call(ITEM, "action_duplicate", [this.state.chosenId]);
        await this.reload();
        await this.choose({ id });
    }

    removeItem() {
        this.confirmRemoval(
            _t("Remove item"),
            _t("Remove %s from this draft?", this.item.label),
            async () => {
                await this.orm.unlink(ITEM, [this.state.chosenId]);
                this.formRecord = null;
                this.state.chosenId = undefined;
                this.showPane("structure");
            }
        );
    }

    addSection() {
        this.openSection(false, _t("New section"));
    }

    editSection(section) {
        this.openSection(section.id, section.name);
    }

    openSection(resId, title) {
        const close = this.dialog.add(FormViewDialog, {
            resModel: SECTION,
            resId,
            title,
            canExpand: false,
            context: { default_version_id: this.props.record.resId },
            onRecordSaved: () => this.reload(),
            removeRecord: resId ? () => this.removeSection(resId, close) : undefined,
        });
    }

    removeSection(sectionId, closeForm) {
        this.confirmRemoval(
            _t("Remove section"),
            _t("Remove this section with all its items?"),
            async () => {
                await this.orm.unlink(SECTION, [sectionId]);
                closeForm();
            }
        );
    }

    /** Save a new order; tell whether it was taken. */
    async reorder(order) {
        if (!(await this.leaveForm())) {
            return false;
        }
        const isDone = await this.orm.call(VERSION, "reorder", [
            this.props.record.resId,
            order,
        ]);
        if (!isDone) {
            this.notification.add(
                _t(
                    "Somebody else changed this draft meanwhile. Here is how it is now."
                ),
                { type: "warning" }
            );
        }
        await this.reload();
        return isDone;
    }

    answer(code, answer) {
        this.state.answers[code] = answer;
    }
}

registry.category("lazy_components").add("audit_checklist.Designer", Designer);
