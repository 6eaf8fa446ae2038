export * from "@admin_reform_committees/resolution/texts";
