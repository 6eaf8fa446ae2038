import { registry } from "@web/core/registry";
import { ReturnsColumn } from "./returns_column";

/** The boxes beside the counter; each gets the flow and opens requests. */
export const SIDE_COLUMNS = registry.category("service_desk.counter_side");

SIDE_COLUMNS.add("returns", ReturnsColumn, { sequence: 50 });
