-- about same id as .ts and .js
-- app standard
-- file src/app/.keep
-- file src/webhooks/same.webhook.js
export default async function handler(req) {
    return new Response(await req.text(), {status: 200})
}
-- file src/webhooks/same.webhook.ts
export default async function handler(req: Request): Promise<Response> {
    return new Response(await req.text(), {status: 200})
}
-- official refuses
files .attio/env.d.ts
