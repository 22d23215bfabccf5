// Requests one after the other; what came of them, counted by what it was.
import {kv} from "attio/server"

export default async function loop(what: string, url: string, count: number, token?: string) {
  const outcomes: Record<string, number> = {}
  for (let index = 0; index < count; index++) {
    let outcome = "200"
    try {
      if (what !== "fetch" && what !== "write") await kv.set(`loop:${index}`, index)
      if (what === "write") {
        const body = JSON.stringify({data: {values: {name: `Loop, ${index}`}}})
        const headers = {Authorization: `Bearer ${token}`, "Content-Type": "application/json"}
        outcome = String((await fetch(url, {method: "POST", headers, body})).status)
      } else if (what !== "kv") outcome = String((await fetch(url)).status)
    } catch (error) {
      outcome = `${(error as Error).name}: ${(error as Error).message}`
    }
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  }
  return outcomes
}
