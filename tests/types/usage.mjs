// Apps that use what is generated: a line that must not compile ends with the error it gives.
const call = (query, ...lines) => `import {runQuery} from "attio/client"
import query from "./${query}"

export async function use(value: string) {
${lines.map((line) => `  ${line}\n`).join("")}  return value
}
`

export const usage = {
  "a query whose name has acronyms is typed": {
    "src/app/q.graphql": "query get_PersonByID { currentUser { name } }\n",
    "src/app/use.ts": call(
      "q.graphql",
      "const {currentUser} = await runQuery(query)",
      "value = currentUser.name",
      "const wrong: number = currentUser.name // TS2322",
      "value = currentUser.nmae + wrong // TS2339",
    ),
    "src/app/names.ts": `import type {Get_PersonByIdQuery, Get_PersonByIdQueryVariables} from "./q.graphql"
export const answer: Get_PersonByIdQuery = {currentUser: {name: ""}}
export const variables: Get_PersonByIdQueryVariables = {}
export const wrong: Get_PersonByIdQueryVariables = {a: 1} // TS2322
`,
  },
  "variables: optional, enums, lists, defaults": {
    "src/app/q.gql": `query q($id: String!, $types: [AttributeType!], $with: String! = "x") {
  a: person(id: $id) { id }
  b: person(id: $with) { id }
  people { attributes(types: $types) { type } }
}
`,
    "src/app/use.ts": call(
      "q.gql",
      "await runQuery(query, {id: value})",
      "await runQuery(query, {id: value, types: null, with: value})",
      'await runQuery(query, {id: value, types: "TEXT"})',
      'await runQuery(query, {id: value, types: ["TEXT", "DATE"]})',
      'await runQuery(query, {id: value, types: ["TXET"]}) // TS2322',
      "await runQuery(query, {}) // TS2345 TS2741",
      "await runQuery(query, {id: 5}) // TS2322",
      "await runQuery(query, {id: value, with: null}) // TS2322",
      "await runQuery(query, {id: value, tpyes: null}) // TS2561",
      "const {people} = await runQuery(query, {id: value})",
      "for (const {type} of people.attributes) {",
      '  if (type === "TEXT") value = type',
      '  if (type === "TEXTS") value = type // TS2367',
      "}",
    ),
  },
  "what a condition can leave out may be undefined": {
    "src/app/q.graphql": `query q($b: Boolean!) {
  currentUser {
    id
    ... @include(if: $b) { name }
    ...F @skip(if: $b)
  }
}
fragment F on User { email }
`,
    "src/app/use.ts": call(
      "q.graphql",
      "const {currentUser} = await runQuery(query, {b: true})",
      "value = currentUser.id",
      "value = currentUser.name // TS2322",
      "value = currentUser.email // TS2322",
      'value = currentUser.email ?? ""',
    ),
    "src/app/fragment.ts": `import type {FFragment} from "./q.graphql"
export const f: FFragment = {email: ""}
export const wrong: FFragment = {} // TS2741
`,
  },
  "a union is told apart by its __typename": {
    "src/app/q.graphql": `query q {
  person(id: "1") {
    url
    created_by {
      __typename
    ... on User { email }
    ... on App { type }
    }
  }
}
`,
    "src/app/use.ts": call(
      "q.graphql",
      "const {person} = await runQuery(query)",
      "const by = person?.created_by",
      'if (by?.__typename === "User") value = by.email',
      'if (by?.__typename === "App") value = by.email // TS2339',
      'if (by?.__typename === "Usr") value = "" // TS2367',
      "value = person.url // TS18047",
    ),
  },
  "environment variables": {
    ".env.example": "ALC_API_KEY=\n",
    "src/app/x.server.ts": `export default async function x() {
  const known: string | undefined = process.env.ALC_API_KEY
  const other: string | undefined = process.env["ELSE"] ?? process.env.MORE
  const wrong: string = process.env.ALC_API_KEY // TS2322
  return [known, other, wrong]
}
`,
  },
  "settings, pages and webhooks": {
    "src/app/settings/schema.ts": `import {Settings} from "attio"
export default Settings.defineWorkspaceSchema({
  region: Settings.Schema.string(),
  limit: Settings.Schema.number(),
})
`,
    "src/app/pages/home/page.tsx": `import {Extensions} from "attio/client"
export default Extensions.experimental_definePage({title: "Home", component: () => null} as never)
`,
    "src/app/webhooks/lead.webhook.ts": `export default async function lead(): Promise<Response> {
  return new Response()
}
`,
    "src/app/x.server.ts": `import {createWebhookHandler} from "attio/server"
import type {AppSettings} from "attio"
import type {AppPageSlug} from "attio/client"
export const page: AppPageSlug = "home"
export const wrongPage: AppPageSlug = "hoem" // TS2322
export const region = (settings: AppSettings): string | null => settings.workspace.region
export const wrong = (settings: AppSettings): string | null => settings.workspace.limit // TS2322
type Webhook = Parameters<typeof createWebhookHandler>[0]
export const any: Webhook = {fileName: "made at run time"}
export default async function x(name: string) {
  await createWebhookHandler({fileName: name})
  const {url} = await createWebhookHandler({fileName: "lead"})
  return url
}
`,
  },
}
