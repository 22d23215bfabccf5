import {kv} from "attio/server"

export default async function saveIssue(issue: {title: string; project: string; labels: string[]}): Promise<number> {
  const known = await kv.get("last")
  const number = Number(known?.value ?? 0) + 1
  await kv.set("last", number)
  await kv.set(`issue:${number}`, issue)
  return number
}
