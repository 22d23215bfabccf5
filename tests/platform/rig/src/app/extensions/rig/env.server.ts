export default async function env(name: string) {
  console.log(`the value is ${process.env[name]}`)
  return process.env[name] ?? null
}
