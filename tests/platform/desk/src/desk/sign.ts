// The desk signs what it sends: HMAC-SHA256 of the body, in hexadecimal.
export async function isSigned(body: string, secret: string, signature: string | null): Promise<boolean> {
  const key = await crypto.subtle.importKey(
    "raw",
    new TextEncoder().encode(secret),
    {name: "HMAC", hash: "SHA-256"},
    false,
    ["sign"],
  )
  const sum = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(body))
  const text = [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, "0")).join("")
  return text === signature
}
