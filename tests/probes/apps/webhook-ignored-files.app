-- about files silently ignored
-- app standard
-- file src/app/.keep
-- file src/other/c.webhook.ts
export default async function handler(req: Request): Promise<Response> {
    return new Response(await req.text(), {status: 200})
}
-- file src/webhooks/a.webhook.tsx
export default async function handler(req: Request): Promise<Response> {
    return new Response(await req.text(), {status: 200})
}
-- file src/webhooks/b.ts
export default async function handler(req: Request): Promise<Response> {
    return new Response(await req.text(), {status: 200})
}
-- file src/webhooks/d.webhook.mts
export default async function handler(req: Request): Promise<Response> {
    return new Response(await req.text(), {status: 200})
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {}
server.js {}
