import ky, {HTTPError} from "ky"

const api = ky.create({
  prefixUrl: "https://example.com/v2",
  headers: {authorization: "Bearer x"},
  retry: 0,
  fetch: async (request) => {
    const {method, url} = request
    const body = {method, url, sent: await request.text(), as: request.headers.get("authorization")}
    return new Response(JSON.stringify(body), {status: url.endsWith("no") ? 404 : 200})
  },
})

export default async () => [
  await api.post("people", {json: {name: "Ada"}, searchParams: {limit: 2}}).json(),
  await api.get("no").catch((error) => [error instanceof HTTPError, error.message]),
]
