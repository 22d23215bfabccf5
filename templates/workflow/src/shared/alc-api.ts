// Acme Lead Checker's API. Server side only: it needs `fetch` and the connection's secret.
import {getWorkspaceConnection} from "attio/server"

const baseUrl = "https://api.acmeleadchecker.ai/api/v1"

// Gives the answer as it is: what a bad status means is for the caller to say.
export async function alcFetch(
  method: "POST" | "DELETE",
  path: string,
  body?: Record<string, string>,
): Promise<Response> {
  // Not inside of try: an error of the connection has to reach Attio, which then asks the user to
  // connect.
  const connection = getWorkspaceConnection()
  return fetch(`${baseUrl}/${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${connection.value}`,
      ...(body ? {"Content-Type": "application/json"} : {}),
    },
    body: body ? JSON.stringify(body) : undefined,
  })
}
