// Requests one after the other, or ("burst") all at once; what came of them, counted by what it was.
import {kv} from "attio/server"

export default async function loop(what: string, url: string, count: number, token?: string) {
  const outcomes: Record<string, number> = {}
  const write = async (index: number) => {
    const body = JSON.stringify({data: {values: {name: `Loop, ${index}`}}})
    const headers = {Authorization: `Bearer ${token}`, "Content-Type": "application/json"}
    return String((await fetch(url, {method: "POST", headers, body})).status)
  }
  if (what === "burst") {
    for (const outcome of await Promise.all(Array.from({length: count}, (_, index) => write(index)))) {
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
    }
    return outcomes
  }
  for (let index = 0; index < count; index++) {
    let outcome = "200"
    try {
      if (what !== "fetch" && what !== "write") await kv.set(`loop:${index}`, index)
      if (what === "write") outcome = await write(index)
      else if (what !== "kv") outcome = String((await fetch(url)).status)
    } catch (error) {
      outcome = `${(error as Error).name}: ${(error as Error).message}`
    }
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  }
  return outcomes
}
