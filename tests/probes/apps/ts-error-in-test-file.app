-- about a test file is validated as well
-- app standard
-- file src/app/extensions/hello/extension.ts
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: "hello",
    type: "record-action",
    label: "Label of hello",
    onTrigger: async () => {},
})
-- file src/foo.test.ts
import {test} from "vitest"
test("x", () => {})
-- official refuses
files .attio/env.d.ts
