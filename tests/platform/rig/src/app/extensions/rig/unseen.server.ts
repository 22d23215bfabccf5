// A change that the service refuses, and an app that does not look.
import {ATTIO_API_TOKEN} from "attio/server"

export default async function unseen(recordId: string) {
  await fetch(`https://api.attio.com/v2/objects/people/records/${recordId}`, {
    method: "PATCH",
    headers: {Authorization: `Bearer ${ATTIO_API_TOKEN}`, "Content-Type": "application/json"},
    body: JSON.stringify({data: {values: {no_such_attribute: [{value: "x"}]}}}),
  })
  return "fine"
}
