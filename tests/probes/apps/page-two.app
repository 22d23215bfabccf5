-- about pages and register.d.ts
-- app standard
-- file src/app/extensions/t/extension.tsx
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: "tab-a",
    type: "record-tab",
    label: "Label of tab-a",
    Tab: () => <></>,
})
-- file src/app/pages/about/page.tsx
import {Extensions} from "attio/client"
export default Extensions.experimental_definePage({name: "P", Page: () => <></>})
-- file src/app/pages/home/page.tsx
import {Extensions} from "attio/client"
export default Extensions.experimental_definePage({name: "P", Page: () => <></>})
-- official builds
files .attio/env.d.ts .attio/register.d.ts dist/index.js dist/server.js
index.js {"surfaces":{"page":[{"Page":"[function]","id":"about","name":"P","path":"about"},{"Page":"[function]","id":"home","name":"P","path":"home"}],"record-tab":[{"Tab":"[function]","id":"tab-a","label":"Label of tab-a","type":"record-tab"}]}}
server.js {}
register {"appPageSlugs":["about","home"],"recordTabIds":["tab-a"]}
