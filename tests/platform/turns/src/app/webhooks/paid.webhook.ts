import {kv} from "attio/server"

export default async function paid(request: Request) {
  const {offer} = (await request.json()) as {offer: string}
  await kv.set(`paid:${offer}`, true)
  return new Response(JSON.stringify({thanks: offer}), {status: 202, headers: {"x-taken": "yes"}})
}
