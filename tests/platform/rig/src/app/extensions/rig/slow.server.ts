// Tells the third party that it runs, then takes its time.
export default async function slow(ms: number) {
  await fetch(`https://third.example/started/${ms}`)
  await new Promise((done) => setTimeout(done, ms))
  return "done"
}
