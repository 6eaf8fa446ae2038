export const NO_PRINT = "0".repeat(32);

/**
 * Add an operation to the fingerprint of a set of operations, or take it out again.
 *
 * It is the exclusive or of their uuids: in whatever order they are added, two sets
 * of one size with one fingerprint are the same set.
 */
export function addToPrint(print, uuid) {
    const sum = BigInt(`0x${print}`) ^ BigInt(`0x${uuid.replaceAll("-", "")}`);
    return sum.toString(16).padStart(NO_PRINT.length, "0");
}
