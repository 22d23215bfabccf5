-- about one extension of each of the eight types
-- app standard
-- file src/app/extensions/bulk-record-action/extension.tsx
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: "my-bulk-record-action",
    type: "bulk-record-action",
    label: "Label of my-bulk-record-action",
    onTrigger: () => {},
})
-- file src/app/extensions/call-recording-insight-text-action/extension.tsx
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: "my-call-recording-insight-text-action",
    type: "call-recording-insight-text-action",
    label: "Label of my-call-recording-insight-text-action",
    onTrigger: async () => {},
})
-- file src/app/extensions/call-recording-summary-text-action/extension.tsx
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: "my-call-recording-summary-text-action",
    type: "call-recording-summary-text-action",
    label: "Label of my-call-recording-summary-text-action",
    onTrigger: async () => {},
})
-- file src/app/extensions/call-recording-transcript-text-action/extension.tsx
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: "my-call-recording-transcript-text-action",
    type: "call-recording-transcript-text-action",
    label: "Label of my-call-recording-transcript-text-action",
    onTrigger: async () => {},
})
-- file src/app/extensions/object-action/extension.tsx
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: "my-object-action",
    type: "object-action",
    label: "Label of my-object-action",
    onTrigger: async () => {},
})
-- file src/app/extensions/record-action/extension.tsx
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: "my-record-action",
    type: "record-action",
    label: "Label of my-record-action",
    onTrigger: async () => {},
})
-- file src/app/extensions/record-tab/extension.tsx
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: "my-record-tab",
    type: "record-tab",
    label: "Label of my-record-tab",
    Tab: () => <></>,
})
-- file src/app/extensions/record-widget/extension.tsx
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: "my-record-widget",
    type: "record-widget",
    label: "Label of my-record-widget",
    Widget: () => <></>,
})
-- official builds
files .attio/env.d.ts .attio/register.d.ts dist/index.js dist/server.js
index.js {"surfaces":{"bulk-record-action":[{"id":"my-bulk-record-action","label":"Label of my-bulk-record-action","onTrigger":"[function]","type":"bulk-record-action"}],"call-recording-insight-text-selection-action":[{"id":"my-call-recording-insight-text-action","label":"Label of my-call-recording-insight-text-action","onTrigger":"[async function]","type":"call-recording-insight-text-action"}],"call-recording-summary-text-selection-action":[{"id":"my-call-recording-summary-text-action","label":"Label of my-call-recording-summary-text-action","onTrigger":"[async function]","type":"call-recording-summary-text-action"}],"call-recording-transcript-text-selection-action":[{"id":"my-call-recording-transcript-text-action","label":"Label of my-call-recording-transcript-text-action","onTrigger":"[async function]","type":"call-recording-transcript-text-action"}],"object-action":[{"id":"my-object-action","label":"Label of my-object-action","onTrigger":"[async function]","type":"object-action"}],"record-action":[{"id":"my-record-action","label":"Label of my-record-action","onTrigger":"[async function]","type":"record-action"}],"record-tab":[{"Tab":"[function]","id":"my-record-tab","label":"Label of my-record-tab","type":"record-tab"}],"record-widget":[{"Widget":"[function]","id":"my-record-widget","label":"Label of my-record-widget","type":"record-widget"}]}}
server.js {}
register {"recordTabIds":["my-record-tab"]}
