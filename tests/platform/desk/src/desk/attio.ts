// Attio's own REST API.
import {ATTIO_API_TOKEN} from "attio/server"

export async function attio<T>(method: string, path: string, data?: unknown): Promise<T> {
  const response = await fetch(`https://api.attio.com/v2${path}`, {
    method,
    headers: {Authorization: `Bearer ${ATTIO_API_TOKEN}`, "Content-Type": "application/json"},
    body: data === undefined ? undefined : JSON.stringify(data),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(`${method} ${path}: ${answer.code} ${answer.message}`)
  return answer.data
}

type Person = {id: {record_id: string}}

// A person for each contact of the desk, found again by its address.
export const assertPerson = (contact: {email: string; name: string}) =>
  attio<Person>("PUT", "/objects/people/records?matching_attribute=email_addresses", {
    data: {values: {email_addresses: [contact.email], name: contact.name}},
  })

export async function countTickets(email: string, change: number): Promise<void> {
  const people = await attio<Array<Person & {values: {open_tickets?: Array<{value: number}>}}>>(
    "POST",
    "/objects/people/records/query",
    {filter: {email_addresses: email}, limit: 1},
  )
  const [person] = people
  if (!person) return
  const before = person.values.open_tickets?.[0]?.value ?? 0
  await attio("PATCH", `/objects/people/records/${person.id.record_id}`, {
    data: {values: {open_tickets: before + change}},
  })
}
