// What ALC sends when it is done with a lead, to the trigger's address and to the step's alike.
export type LeadReport = {
  leadId: string
  status: string
  score: number
  summary: string
}

// Anybody can call an address: null for everything that is no report.
export async function readReport(request: Request): Promise<LeadReport | null> {
  const body = await request.json().catch(() => null)
  if (typeof body?.lead_id !== "string" || typeof body.status !== "string") return null

  return {
    leadId: body.lead_id,
    status: body.status,
    score: typeof body.score === "number" ? body.score : 0,
    summary: typeof body.summary === "string" ? body.summary : "",
  }
}
