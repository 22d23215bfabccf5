import * as v from "valibot"

const schema = v.object({id: v.pipe(v.string(), v.uuid()), tags: v.array(v.string())})

export default () => [
  v.parse(schema, {id: "2b9a1f0e-8a0a-4d53-9a57-3c2a0b0f4f51", tags: ["a"]}),
  v.safeParse(schema, {id: "x", tags: [1]}).issues.map((issue) => issue.message),
]
