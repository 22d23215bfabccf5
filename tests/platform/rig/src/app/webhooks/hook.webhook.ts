// Does what the query asks for.
import {kv} from "attio/server"

export default async function hook(request: Request): Promise<Response> {
  const url = new URL(request.url)
  switch (url.searchParams.get("do")) {
    case "count": {
      const {id} = await request.json()
      await kv.set(`delivery:${id}`, id)
      await fetch(`https://third.example/delivery/${id}`, {method: "POST"})
      return Response.json({id})
    }
    case "nothing":
      return JSON.parse("null") // no Response
    case "object":
      return JSON.parse('{"status": 200}')
    case "throw":
      throw new Error("the handler fails")
    case "bytes":
      return new Response(new Uint8Array([0, 255, 10, 200]), {
        headers: {"Content-Type": "application/octet-stream"},
      })
    default:
      return Response.json(
        {
          method: request.method,
          search: url.search,
          path: url.pathname,
          header: request.headers.get("x-test"),
          body: await request.text(),
        },
        {status: 418, statusText: "Teapot", headers: {"X-Answer": "yes", "Set-Cookie": "a=b"}},
      )
  }
}
