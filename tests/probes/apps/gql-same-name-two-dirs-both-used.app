-- about the same with both used
-- app standard
-- file src/app/extensions/one/extension.ts
import {Extensions} from "attio/client"
import {runQuery} from "attio/client"
import q from "./q.graphql"
export default Extensions.defineExtension({
    id: "one",
    type: "record-action",
    label: "Label of one",
    onTrigger: async () => {
        const r = await runQuery(q)
        const s: number = r.currentUser.email
        console.log(s)
    },
})
-- file src/app/extensions/one/q.graphql
query a {
  currentUser {
    email
  }
}
-- file src/app/extensions/two/extension.ts
import {Extensions} from "attio/client"
import {runQuery} from "attio/client"
import q from "./q.graphql"
export default Extensions.defineExtension({
    id: "two",
    type: "record-action",
    label: "Label of two",
    onTrigger: async () => {
        const r = await runQuery(q)
        const s: number = r.currentWorkspace.slug
        console.log(s)
    },
})
-- file src/app/extensions/two/q.graphql
query b {
  currentWorkspace {
    slug
  }
}
-- official refuses
files .attio/env.d.ts src/app/extensions/one/q.graphql.d.ts src/app/extensions/two/q.graphql.d.ts
