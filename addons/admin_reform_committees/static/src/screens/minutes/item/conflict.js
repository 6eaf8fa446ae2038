import { toLatin } from "@admin_reform_committees/resolution/texts";

const CHOICES = { 1: "mine", 2: "theirs", 3: "both" };

/** 1, 2 and 3, in any digits, choose mine, theirs and both: told to `resolve`. */
export function chooseByKey(ev, resolve) {
    const isPlain = !ev.altKey && !ev.ctrlKey && !ev.metaKey;
    const choice = isPlain && CHOICES[toLatin(ev.key)];
    if (choice) {
        ev.preventDefault();
        ev.stopPropagation();
        resolve(choice);
    }
}
