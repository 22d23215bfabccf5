import {taxed} from "../../../shared/tax"

const service = "https://prices.example"

// What one costs, by the service.
export default async function price(name: string, pieces: number) {
  const response = await fetch(`${service}/v1/price?pieces=${pieces}&for=${encodeURIComponent(name)}`, {
    headers: {accept: "application/json", "x-app": "turns"},
  })
  if (!response.ok) return {amount: "", failed: `The service says ${response.status}`}
  const {net} = (await response.json()) as {net: number}
  return {amount: taxed(net), failed: null}
}
