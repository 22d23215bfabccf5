-- about default export is a plain object
-- app standard
-- file src/app/extensions/a/extension.ts
export default {id: "a", type: "record-action", label: "A", onTrigger: async () => {}}
-- official refuses
files .attio/env.d.ts
