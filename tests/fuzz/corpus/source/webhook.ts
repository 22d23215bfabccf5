export default async function w(req: Request): Promise<Response> {
  try { if (!req.body) throw 1; outer: while (true) { for (;;) { break outer } } } catch { return new Response() } finally { f() }
  switch (req.method) { case "a": case "b": return new Response(null, {status: 200}); default: do { continue } while (0) }
  return req.url ? Response.json({}) : (await g()) ?? h()
}
