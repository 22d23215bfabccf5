// Signing in at the local platform by hand, as a client and a browser would.
import crypto from "node:crypto"
import {request} from "./alc.mjs"

export const clientId = "f881c6f1-82d7-48a5-a581-649596167845"
export const redirect = "http://localhost:3999" // nobody listens there: where it leads is looked at only

export const form = (fields) => new URLSearchParams(fields).toString()

export async function post(dev, where, fields, headers = {}) {
  const answer = await request("POST", new URL(where, dev.url), {
    headers: {"Content-Type": "application/x-www-form-urlencoded", ...headers},
    body: form(fields),
  })
  try {
    answer.json = JSON.parse(answer.text)
  } catch {
    answer.json = undefined
  }
  return answer
}

export function pkce() {
  const verifier = crypto.randomBytes(32).toString("base64url")
  return {verifier, challenge: crypto.createHash("sha256").update(verifier).digest("base64url")}
}

export const authorizeQuery = (challenge, more = {}) =>
  form({
    scope: "openid offline_access",
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirect,
    state: "state-1",
    code_challenge: challenge,
    code_challenge_method: "S256",
    ...more,
  })

// Opens the page: {answer, id, digits}, the digits as the platform tells them in its terminal.
export async function openPage(dev, challenge, more) {
  const from = dev.lines.length
  const answer = await request("GET", new URL(`/oidc/authorize?${authorizeQuery(challenge, more)}`, dev.url), {})
  if (answer.status !== 200) return {answer}
  const {id, digits} = await dev.event("sign-in", () => true, from)
  return {answer, id, digits}
}

export const codeIn = (location) => new URL(location).searchParams.get("code")

export const exchange = (dev, code, verifier, more = {}) =>
  post(dev, "/oidc/token", {
    grant_type: "authorization_code",
    code,
    client_id: clientId,
    redirect_uri: redirect,
    code_verifier: verifier,
    ...more,
  })

export const refresh = (dev, token) =>
  post(dev, "/oidc/token", {grant_type: "refresh_token", refresh_token: token, client_id: clientId})

// The whole way, said yes to by a script: the pair of tokens.
export async function signIn(dev, as) {
  const {verifier, challenge} = pkce()
  const {id} = await openPage(dev, challenge)
  const {json} = await dev.api("POST", `/sign-ins/${id}/approve`, as === undefined ? {} : {as})
  return (await exchange(dev, codeIn(json.location), verifier)).json
}
