// A request to the REST API by hand.
export default async function post(url: string, token: string, body: string) {
  const headers = {Authorization: `Bearer ${token}`, "Content-Type": "application/json"}
  const response = await fetch(url, {method: "POST", headers, body})
  return {status: response.status, body: await response.text()}
}
