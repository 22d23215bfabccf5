// Attio's REST API. Server side only: it needs `fetch` and the app's token.
import {ATTIO_API_TOKEN} from "attio/server"

// Sets attributes of a person: {slug: value}.
export async function updatePerson(
  recordId: string,
  attributes: Record<string, string>,
): Promise<void> {
  const id = encodeURIComponent(recordId)
  const values = Object.fromEntries(
    Object.entries(attributes).map(([slug, value]) => [slug, [{value}]]),
  )

  const response = await fetch(`https://api.attio.com/v2/objects/people/records/${id}`, {
    method: "PATCH",
    headers: {
      Authorization: `Bearer ${ATTIO_API_TOKEN}`,
      "Content-Type": "application/json",
    },
    body: JSON.stringify({data: {values}}),
  })

  if (!response.ok) {
    throw new Error(`Attio answered ${response.status} to the change of a person`)
  }
}
