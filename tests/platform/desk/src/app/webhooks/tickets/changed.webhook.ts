// A ticket was opened or closed at the desk. What was handled already is not handled again.
import {kv} from "attio/server"
import {countTickets} from "../../../desk/attio"
import {isSigned} from "../../../desk/sign"

export default async function changed(request: Request): Promise<Response> {
  const body = await request.text()
  const secret = await kv.get("secret")
  if (!secret || !(await isSigned(body, String(secret.value), request.headers.get("Desk-Signature")))) {
    return new Response("who are you?", {status: 401})
  }
  const {id, event, ticket} = JSON.parse(body)
  const key = `seen:${id}`
  if ((await kv.get(key)) !== null) return Response.json({again: true})
  await kv.set(key, true, {ttlInSeconds: 3600})
  await countTickets(ticket.email, event === "ticket.opened" ? 1 : -1)
  return Response.json({again: false}, {status: 202})
}
