export default async function findProjects(query: string): Promise<string[]> {
  return ["Apollo", "Gemini", "Mercury"].filter((name) => name.toLowerCase().includes(query.toLowerCase()))
}
