// Attio under its own names, on this machine: a proxy that leads build.attio.com and app.attio.com to a server
// behind TLS, with a certificate that only the programs trust which get `env`.
import {execFileSync} from "node:child_process"
import fs from "node:fs"
import http from "node:http"
import https from "node:https"
import path from "node:path"

const hosts = ["build.attio.com", "app.attio.com"]

// `answer(request, response)` is asked as Attio.
export async function playAttio(folder, answer) {
  const [key, cert] = ["attio.key", "attio.pem"].map((name) => path.join(folder, name))
  const names = hosts.map((host) => `DNS:${host}`).join(",")
  const words = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=attio"]
  execFileSync("openssl", ["req", "-x509", ...words, "-addext", `subjectAltName=${names}`, "-keyout", key, "-out", cert], {stdio: "pipe"})
  const secure = https.createServer({key: fs.readFileSync(key), cert: fs.readFileSync(cert)}, answer)
  const open = new Set()
  const proxy = http.createServer((request, response) => response.writeHead(502).end())
  proxy.on("connect", ({url}, socket) => {
    socket.on("error", () => {})
    open.add(socket.on("close", () => open.delete(socket)))
    if (!hosts.some((host) => url === `${host}:443`)) return socket.end("HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n")
    socket.write("HTTP/1.1 200 OK\r\n\r\n")
    secure.emit("connection", socket)
  })
  await new Promise((done) => proxy.listen(0, "127.0.0.1", done))
  const close = () => {
    proxy.close()
    for (const socket of open) socket.destroy()
  }
  return {env: {https_proxy: `http://127.0.0.1:${proxy.address().port}`, SSL_CERT_FILE: cert}, close}
}
