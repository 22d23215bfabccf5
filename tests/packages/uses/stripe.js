import Stripe from "stripe"

const stripe = new Stripe("sk_test_1", {
  httpClient: Stripe.createFetchHttpClient(async (url, {method, body}) => {
    return new Response(JSON.stringify({id: "cus_1", asked: `${method} ${url} ${body}`}))
  }),
})

export default async () => {
  const customer = await stripe.customers.create({name: "Ada", metadata: {record: "r1"}})
  const payload = JSON.stringify({object: "event", type: "charge.succeeded"})
  const crypto = Stripe.createSubtleCryptoProvider()
  const header = await stripe.webhooks.generateTestHeaderStringAsync({
    ...{payload, secret: "whsec", timestamp: 1700000000, cryptoProvider: crypto},
  })
  const check = [payload, header, "whsec", undefined, crypto, 1700000001000]
  const event = await stripe.webhooks.constructEventAsync(...check.slice(0, 3), 1e12, crypto)
  return [customer.asked, event.type, header]
}
