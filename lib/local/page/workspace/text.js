// Values of attributes as text.
const joined = (...parts) => parts.filter(Boolean).join(", ")

// One value as text, for inputs and for search.
export function textOf(value) {
  switch (value?.attribute_type) {
    case "personal-name": return value.full_name ?? ""
    case "email-address": return value.email_address ?? ""
    case "phone-number": return value.phone_number ?? ""
    case "domain": return value.domain ?? ""
    case "currency": return value.currency_value === null ? "" : String(value.currency_value)
    case "select": return value.option?.title ?? String(value.option ?? "")
    case "status": return value.status?.title ?? String(value.status ?? "")
    case "record-reference": return value.target_record_id ?? ""
    case "actor-reference": return value.referenced_actor_id ?? ""
    case "location": return joined(value.line_1, value.line_2, value.locality, value.region, value.postcode, value.country_code)
    case "interaction": return value.interacted_at ?? ""
    default: return value?.value === undefined || value.value === null ? "" : String(value.value)
  }
}

export const titleOf = (record) =>
  textOf(record.values.name?.[0]) || textOf(record.values.title?.[0]) || textOf(record.values.email_addresses?.[0]) || textOf(record.values.domains?.[0]) || record.id.record_id
