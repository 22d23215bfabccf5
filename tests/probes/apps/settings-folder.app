-- about schema and page
-- app standard
-- file src/app/settings/page.tsx
import {Settings} from "attio/client"
import schema from "./schema"
export default Settings.defineWorkspacePage(schema, () => {
    const {Form, Section, TextInput} = Settings.useForm(schema)
    return (
        <Form>
            <Section title="T">
                <TextInput label="K" name="apiKey" />
            </Section>
        </Form>
    )
})
-- file src/app/settings/schema.ts
import {Settings} from "attio"
export default Settings.defineWorkspaceSchema({apiKey: Settings.Schema.string(), on: Settings.Schema.boolean(), n: Settings.Schema.number()})
-- official builds
files .attio/env.d.ts .attio/settings.d.ts dist/index.js dist/server.js
index.js {"settings":[{"workspace":{"apiKey":{"type":"string"},"n":{"type":"number"},"on":{"type":"boolean"}}}],"surfaces":{"workspace-settings":[{"$page":true,"render":"[function]","schema":{"fields":{"apiKey":{"type":"string"},"n":{"type":"number"},"on":{"type":"boolean"}},"scope":"workspace"}}]}}
server.js {"settings":[{"workspace":{"apiKey":{"type":"string"},"n":{"type":"number"},"on":{"type":"boolean"}}}]}
settings ../src/app/settings/schema fields
