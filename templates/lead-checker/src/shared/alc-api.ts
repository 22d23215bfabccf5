// Acme Lead Checker's API. Server side only: it needs `fetch` and the connection's secret.
import type {Connection} from "attio/server"

const baseUrl = "https://api.acmeleadchecker.ai/api/v1"

export async function alcFetch(
  connection: Connection,
  method: "POST" | "DELETE",
  path: string,
  body?: Record<string, string>,
) {
  const response = await fetch(`${baseUrl}/${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${connection.value}`,
      ...(body ? {"Content-Type": "application/json"} : {}),
    },
    body: body ? JSON.stringify(body) : undefined,
  })

  if (!response.ok) {
    throw new Error(`ALC answered ${response.status} to ${method} ${path}`)
  }

  return method === "DELETE" ? undefined : response.json()
}
