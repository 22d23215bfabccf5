import {QueryClient, hashKey, keepPreviousData} from "@tanstack/react-query"

export default async () => {
  const client = new QueryClient()
  const key = ["person", {id: 7, full: true}]
  const queryFn = async ({queryKey}) => ({asked: queryKey})
  await client.fetchQuery({queryKey: key, queryFn, staleTime: Infinity})
  const answer = [client.getQueryData(key), hashKey(key), keepPreviousData("old")]
  client.clear()
  return answer
}
