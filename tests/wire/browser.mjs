#!/usr/bin/env node
// The browser of a test ($BROWSER): asks for the page as a browser would, and goes back with a code.
const url = new URL(process.argv[2])
await fetch(`${process.env.OFFICIAL_ORIGIN}${url.pathname}${url.search}`)
const {redirect_uri: back, state} = Object.fromEntries(url.searchParams)
// A browser needs no /etc/hosts to know where localhost is; Node does.
await fetch(`${back.replace("localhost", "127.0.0.1")}/?code=the-code&state=${state}`).catch(() => {})
