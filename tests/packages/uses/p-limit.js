import pLimit from "p-limit"

export default async () => {
  const limit = pLimit(2)
  let [active, most] = [0, 0]
  const job = async (n) => {
    most = Math.max(most, ++active)
    await new Promise((done) => setTimeout(done, 2))
    active--
    return n * n
  }
  return [await Promise.all([1, 2, 3, 4, 5].map((n) => limit(() => job(n)))), most]
}
