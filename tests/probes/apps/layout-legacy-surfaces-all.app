-- about every legacy surface
-- app standard
-- file src/app.ts
import type {App} from "attio"
import {createElement} from "react"

const t = async () => {}
export const app: App = {
    record: {
        actions: [{id: "ra", label: "RA", onTrigger: t, objects: "people"}],
        bulkActions: [{id: "ba", label: "BA", onTrigger: t}],
        widgets: [{id: "rw", label: "RW", Widget: () => createElement("div")}],
    },
    object: {actions: [{id: "oa", label: "OA", onTrigger: t}]},
    callRecording: {
        insight: {textActions: [{id: "ci", label: "CI", onTrigger: t}]},
        summary: {textActions: [{id: "cs", label: "CS", onTrigger: t}]},
        transcript: {textActions: [{id: "ct", label: "CT", onTrigger: t}]},
    },
    settings: {workspace: {Page: () => createElement("div")}},
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {"surfaces":{"bulk-record-action":[{"id":"ba","label":"BA","onTrigger":"[async function]"}],"call-recording-insight-text-selection-action":[{"id":"ci","label":"CI","onTrigger":"[async function]"}],"call-recording-summary-text-selection-action":[{"id":"cs","label":"CS","onTrigger":"[async function]"}],"call-recording-transcript-text-selection-action":[{"id":"ct","label":"CT","onTrigger":"[async function]"}],"object-action":[{"id":"oa","label":"OA","onTrigger":"[async function]"}],"record-action":[{"id":"ra","label":"RA","objects":"people","onTrigger":"[async function]"}],"record-widget":[{"Widget":"[function]","id":"rw","label":"RW"}],"workspace-settings":[{"Page":"[function]"}]}}
server.js {}
