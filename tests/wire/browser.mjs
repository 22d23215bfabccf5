#!/usr/bin/env node
// The browser of a test ($BROWSER): asks for the page as a browser would, and goes back with a code.
const url = new URL(process.argv[2])
await fetch(`${process.env.OFFICIAL_ORIGIN}${url.pathname}${url.search}`)
const {redirect_uri: back, state} = Object.fromEntries(url.searchParams)
await fetch(`${back}/?code=the-code&state=${state}`).catch(() => {})
