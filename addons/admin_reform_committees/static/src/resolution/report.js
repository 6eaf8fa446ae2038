import { getDataURLFromFile } from "@web/core/utils/urls";
import { toLatin } from "./texts";

const MODEL = "reform.resolution.report";
const PERCENT = /^\s*(?:[٪%]\s*(\d{1,3})|(\d{1,3})\s*[٪%])\s*/;

/** "٪۸۵ it goes on" as its percent and its words; no percent is null. */
export function splitPercent(text) {
    const match = PERCENT.exec(toLatin(text));
    if (!match) {
        return { percent: null, note: text.trim() };
    }
    return {
        percent: parseInt(match[1] || match[2]),
        note: text.slice(match[0].length).trim(),
    };
}

/** Report on a resolution, with the files that prove it, in one act. */
export async function sendReport(orm, id, { note, percent, files }) {
    if (!files.length) {
        return orm.silent.call("reform.resolution", "report", [[id], note, percent]);
    }
    const attachments = [];
    for (const file of files) {
        const [, datas] = (await getDataURLFromFile(file)).split(",");
        attachments.push([0, 0, { name: file.name, datas, res_model: MODEL }]);
    }
    const values = { resolution_id: id, note, attachment_ids: attachments };
    if (percent !== null) {
        values.percent = percent;
    } else {
        const [record] = await orm.silent.read("reform.resolution", [id], ["percent"]);
        values.percent = record.percent;
    }
    const ids = await orm.silent.create(MODEL, [values]);
    return orm.silent.call(MODEL, "action_report", [ids]);
}
