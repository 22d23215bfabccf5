import axios, {AxiosError, AxiosHeaders} from "axios"

// Instead of the network: what the request would be.
const adapter = async (config) => ({
  ...{config, status: config.url === "/no" ? 404 : 200, statusText: "", request: {}},
  headers: new AxiosHeaders({"Content-Type": "application/json"}),
  data: JSON.stringify({data: config.data, uri: axios.getUri(config)}),
})

const api = axios.create({baseURL: "https://example.com/v2", adapter})
api.interceptors.request.use((config) => {
  config.headers.set("Authorization", "Bearer x")
  return config
})

export default async () => {
  const {data, config} = await api.post("/people", {name: "Ada"}, {params: {limit: 2, of: ["a", "b"]}})
  return [data, config.headers.Authorization, axios.isAxiosError(new AxiosError("x")), axios.VERSION]
}
