// Many requests at once; what came of them, counted by what it was.
export default async function flood(url: string, count: number, token?: string) {
  const outcomes: Record<string, number> = {}
  let retryAfter: string | null = null
  const one = async () => {
    try {
      const response = await fetch(url, token ? {headers: {Authorization: `Bearer ${token}`}} : {})
      if (response.status === 429) retryAfter = response.headers.get("retry-after")
      return String(response.status)
    } catch (error) {
      return `${(error as Error).name}: ${(error as Error).message}`
    }
  }
  for (const outcome of await Promise.all(Array.from({length: count}, one))) {
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  }
  return {outcomes, retryAfter}
}
