// What a server may do instead of answering well.
const refused = (status, body = {message: "because"}) => ({status, body})
const socket = (use) => (response) => (use(response.socket), "nothing")

// What the server does, and the exit code that it makes: of API calls, of uploads. One of a kind: all
// statuses with all bodies are tests/unit/test_api.c's.
export const faults = {
  401: [refused(401), 3, 5],
  403: [refused(403), 3, 5],
  400: [refused(400), 5, 5],
  404: [refused(404), 4, 5],
  409: [refused(409), 4, 5],
  422: [refused(422), 5, 5],
  429: [refused(429), 5, 5],
  500: [refused(500), 5, 5],
  "no answer": [socket((one) => one.destroy()), 6, 5],
  cut: [socket((one) => one.end("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")), 6, 5],
  garbage: [socket((one) => one.end("\x00\x01 hello\r\n")), 5, 5],
  silence: [() => "nothing", 6, 6],
  redirect: [(response) => (response.writeHead(302, {Location: "https://a.example/"}).end(), "nothing"), 5, 5],
  "not packed": [(response) => (response.writeHead(200, {"Content-Encoding": "gzip"}).end("plain"), "nothing"), 5, 5],
  "wrong shape": [{body: {app: 1, app_prod_versions: [{}], app_id: 7, success: "yes"}}, 5],
  huge: [{body: "x".repeat((16 << 20) + 1)}, 5],
}
