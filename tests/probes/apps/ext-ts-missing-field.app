-- about an action without label or onTrigger: the TypeScript message
-- app standard
-- file src/app/extensions/a/extension.ts
import {Extensions} from "attio/client"
export default Extensions.defineExtension({id: "a", type: "record-action"})
-- official refuses
files .attio/env.d.ts
