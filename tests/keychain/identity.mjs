// Attio's identity on this machine: each code and each refresh token counts once, and what came is kept.
import http from "node:http"

export class Identity {
  asked = [] // "POST /oidc/token refresh_token"
  life = 3600 // seconds of the next tokens
  refusesRenewal = false
  meddle // sees each request first, and may take its time
  #count = 0
  #refresh = new Set()
  #access = new Set()

  async start() {
    this.server = http.createServer((request, response) => this.#answer(request, response))
    await new Promise((resolve) => this.server.listen(0, "127.0.0.1", resolve))
    this.url = `http://127.0.0.1:${this.server.address().port}`
  }

  stop() {
    this.server.close()
    this.server.closeAllConnections()
  }

  // A credential that it will know, with so many seconds left.
  issue(seconds) {
    const number = ++this.#count
    const credential = {access_token: `SECRET-access-${number}`, refresh_token: `SECRET-refresh-${number}`, token_type: "Bearer"}
    this.#access.add(credential.access_token)
    this.#refresh.add(credential.refresh_token)
    return {...credential, expires_at: Date.now() + seconds * 1000}
  }

  forgetAccess(token) {
    this.#access.delete(token)
  }

  async #answer(request, response) {
    let body = ""
    for await (const chunk of request) body += chunk
    const form = new URLSearchParams(body)
    const path = new URL(request.url, this.url).pathname
    this.asked.push(`${request.method} ${path}${form.get("grant_type") ? ` ${form.get("grant_type")}` : ""}`)
    await this.meddle?.(this.asked.at(-1))
    const answer = (status, value) => response.writeHead(status, {"Content-Type": "application/json"}).end(JSON.stringify(value))
    if (path === "/oidc/token") {
      const renews = form.get("grant_type") === "refresh_token"
      if (renews && (this.refusesRenewal || !this.#refresh.delete(form.get("refresh_token")))) {
        return answer(400, {error: "invalid_grant", error_description: `no ${form.get("refresh_token")}`})
      }
      if (!renews && form.get("code") !== "c0de") return answer(400, {error: "invalid_grant"})
      const {expires_at, ...token} = this.issue(this.life)
      return answer(200, {...token, expires_in: this.life})
    }
    if (path === "/api/auth/whoami") {
      const token = /^Bearer (.*)$/.exec(request.headers.authorization ?? "")?.[1]
      if (!this.#access.has(token)) return answer(401, {message: "no such token"})
      return answer(200, {user: {id: "u1", email_address: "ada@example.com", name: {full: "Ada Lovelace"}}})
    }
    answer(404, {message: "no such page"})
  }
}
