#!/usr/bin/env node
// The browser of a test ($BROWSER): opens the page that asks, has the platform's own interface say yes,
// and goes where that leads.
const {OFFICIAL_ORIGIN: origin, OFFICIAL_SECRET: secret} = process.env
const there = (url) => url.replace("https://app.attio.com", origin)
const control = async (method, where) =>
  (await fetch(`${origin}/__attio/api${where}`, {method, headers: {Authorization: `Bearer ${secret}`}})).json()

await (await fetch(there(process.argv[2]))).text()
const {items} = await control("GET", "/sign-ins")
const {location} = await control("POST", `/sign-ins/${items.at(-1).id}/approve`)
// A browser needs no /etc/hosts to know where localhost is; Node does.
await (await fetch(location.replace("//localhost:", "//127.0.0.1:"))).text()
