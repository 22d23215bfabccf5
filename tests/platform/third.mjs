// Any other outside service: answers everything with one status and one text, and remembers what came.
import http from "node:http"

export const thirdOrigin = "https://third.example"

export class Third {
  paths = []
  status = 200
  answer = "{}"
  #server
  #waiting = []

  async start() {
    this.#server = http.createServer((request, response) => {
      request.resume()
      this.paths.push(request.url)
      for (const one of this.#waiting.filter(({path}) => path === request.url)) one.done()
      this.#waiting = this.#waiting.filter(({path}) => path !== request.url)
      response.writeHead(this.status).end(this.answer)
    })
    await new Promise((done) => this.#server.listen(0, "127.0.0.1", done))
    this.url = `http://127.0.0.1:${this.#server.address().port}`
    this.routes = {[thirdOrigin]: this.url}
    return this
  }

  seen(path) {
    if (this.paths.includes(path)) return Promise.resolve()
    return new Promise((done) => this.#waiting.push({path, done}))
  }

  async stop() {
    await new Promise((done) => {
      this.#server.close(done)
      this.#server.closeAllConnections?.()
    })
  }
}
