// Writes with attioFetch, one after the other or all at once; what came of them, counted.
import {attioFetch} from "attio/server"

export default async function rest(count: number, atOnce: boolean) {
  const outcomes: Record<string, number> = {}
  const one = async (index: number) => {
    let outcome = "done"
    try {
      await attioFetch({
        method: "POST",
        path: "/objects/people/records",
        body: {data: {values: {name: `Number, ${index}`}}},
      })
    } catch (error) {
      outcome = (error as Error).message
    }
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  }
  const numbers = Array.from({length: count}, (_, index) => index)
  if (atOnce) await Promise.all(numbers.map(one))
  else for (const index of numbers) await one(index)
  return outcomes
}
