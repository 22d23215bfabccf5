// The icons of the SDK by family: "CalendarPlus" is drawn as a calendar. What has no drawing of its own is a neutral
// mark; the name is the tooltip.
const paths = {
  Activity: "M2 8h3l2-5 3 10 2-5h2",
  Archive: "M2.5 3h11v3h-11zM3.5 6v7h9V6M6.5 8.5h3",
  ArrowDown: "M8 3v10M4 9l4 4 4-4",
  ArrowLeft: "M13 8H3M7 4 3 8l4 4",
  ArrowRight: "M3 8h10M9 4l4 4-4 4",
  ArrowUp: "M8 13V3M4 7l4-4 4 4",
  ArrowUpRight: "M5 11l6-6M6 5h5v5",
  ArrowsRefresh: "M13 5A5.5 5.5 0 0 0 3 6M3 3v3h3M3 11a5.5 5.5 0 0 0 10-1M13 13v-3h-3",
  Attachment: "M12.5 7.5 8 12a3 3 0 0 1-4.2-4.2l5-5a2 2 0 0 1 2.8 2.8l-5 5",
  Bank: "M2.5 6 8 3l5.5 3zM4 6v6M8 6v6M12 6v6M2.5 13h11",
  BarChart: "M3 13V8M8 13V3M13 13V6",
  Bolt: "M9 2 4 9h4l-1 5 5-7H8z",
  Bold: "M5 3h4a2.5 2.5 0 0 1 0 5H5zM5 8h5a2.5 2.5 0 0 1 0 5H5z",
  Calendar: "M2.5 4h11v9.5h-11zM2.5 7h11M5.5 2v3M10.5 2v3",
  Check: "M3 8.5 6.5 12 13 4.5",
  CheckCircle: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M5.5 8l2 2 3-4",
  ChevronDown: "M4 6l4 4 4-4",
  ChevronLeft: "M10 4 6 8l4 4",
  ChevronRight: "M6 4l4 4-4 4",
  ChevronUp: "M4 10l4-4 4 4",
  Circle: "M8 3a5 5 0 1 1 0 10A5 5 0 0 1 8 3",
  Clock: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M8 5v3l2 2",
  Code: "M5.5 4 2 8l3.5 4M10.5 4 14 8l-3.5 4",
  Cog: "M8 6a2 2 0 1 1 0 4 2 2 0 0 1 0-4M8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6 5 5M11 11l1.4 1.4M12.4 3.6 11 5M5 11l-1.4 1.4",
  Comment: "M2.5 3.5h11v7.5H8l-3 2.5V11H2.5z",
  Compan: "M3 13.5v-11h6v11M9 6h4v7.5M5 5h2M5 8h2M2 13.5h12",
  Copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
  CreditCard: "M2 4h12v8.5H2zM2 7h12",
  Cross: "M4 4l8 8M12 4l-8 8",
  Currency: "M8 2v12M11 5a3 2 0 0 0-3-1.5C6 3.5 5 4.5 5 5.7 5 9 11 7 11 10.3 11 11.5 10 12.5 8 12.5A3 2 0 0 1 5 11",
  Desktop: "M2 3h12v8H2zM6 13.5h4",
  Dots: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  Download: "M8 2v8M5 7l3 3 3-3M3 13h10",
  Edit: "M3 13l.5-3L10.5 3 13 5.5 6 12.5z",
  Email: "M2 4h12v8.5H2zM2 4.5l6 4.5 6-4.5",
  Eye: "M1.5 8C4 4 12 4 14.5 8 12 12 4 12 1.5 8M8 6.5a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3",
  Filter: "M2.5 4h11M4.5 8h7M6.5 12h3",
  Folder: "M2 4h4l1.5 2H14v7H2z",
  GitBranch: "M5 5v6M5 5a1.5 1.5 0 1 1 .01 0M5 14a1.5 1.5 0 1 1 .01 0M11 5a1.5 1.5 0 1 1 .01 0M11 5c0 3-6 2-6 5",
  Globe: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M2 8h12M8 2c3.5 4 3.5 8 0 12M8 2C4.5 6 4.5 10 8 14",
  Grid: "M3 3h4v4H3zM9 3h4v4H9zM3 9h4v4H3zM9 9h4v4H9z",
  Hashtag: "M6 2.5 5 13.5M11 2.5l-1 11M3 6h10.5M2.5 10H13",
  HelpCircle: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M6.5 6.5a1.5 1.5 0 1 1 2 1.5L8 9M8 11h.01",
  Image: "M2 3h12v10H2zM2 11l4-4 3 3 2-2 3 3M10.5 6h.01",
  InfoCircle: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M8 7.5V11M8 5h.01",
  Key: "M5 8a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5M7 8.5 13 2.5M11 4.5l2 2",
  LineChart: "M2 12l4-5 3 3 5-6",
  Link: "M7 9a2.5 2.5 0 0 0 3.5 0l2-2A2.5 2.5 0 0 0 9 3.5M9 7a2.5 2.5 0 0 0-3.5 0l-2 2A2.5 2.5 0 0 0 7 12.5",
  List: "M5.5 4H14M5.5 8H14M5.5 12H14M2.5 4h.01M2.5 8h.01M2.5 12h.01",
  Location: "M8 14s-4.5-4-4.5-7.5a4.5 4.5 0 0 1 9 0C12.5 10 8 14 8 14M8 5a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3",
  Lock: "M3.5 7h9v6.5h-9zM5.5 7V5a2.5 2.5 0 0 1 5 0v2",
  Message: "M2.5 3.5h11v7.5H8l-3 2.5V11H2.5z",
  Minus: "M3 8h10",
  Note: "M3.5 2h9v12h-9zM6 5.5h4M6 8h4M6 10.5h2",
  Object: "M8 2l5.5 3v6L8 14l-5.5-3V5zM2.5 5 8 8l5.5-3M8 8v6",
  Pause: "M5.5 3.5v9M10.5 3.5v9",
  Phone: "M4 2.5h2l1 3-1.5 1a7 7 0 0 0 4 4L10.5 9l3 1v2a1.5 1.5 0 0 1-1.5 1.5A9.5 9.5 0 0 1 2.5 4 1.5 1.5 0 0 1 4 2.5",
  PieChart: "M8 2a6 6 0 1 1-6 6h6zM10 2a5 5 0 0 1 4 4h-4z",
  Play: "M5 3l8 5-8 5z",
  Plus: "M8 3v10M3 8h10",
  Record: "M3.5 2.5h9v11h-9zM8 5a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3M5.5 11a2.5 2 0 0 1 5 0",
  Reply: "M6 4 2.5 7.5 6 11M2.5 7.5H10a3.5 3.5 0 0 1 3.5 3.5v1.5",
  Rocket: "M9 10 6 7c1-3 4-5 7.5-4.5C14 6 12 9 9 10M6 7 3.5 8 6 10.5M9 10l-1 2.5L5.5 10M3 13l1.5-1.5",
  Search: "M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9M10.5 10.5 14 14",
  Send: "M14 2 2 7l5 2 2 5zM14 2 7 9",
  Setting: "M2 5h7M12 5h2M2 11h2M7 11h7M10.5 3.5v3M5.5 9.5v3",
  Share: "M8 9V2M5 4.5 8 2l3 2.5M3.5 8v5.5h9V8",
  Star: "M8 2l1.9 3.9 4.1.6-3 3 .7 4.2L8 11.7l-3.7 2 .7-4.2-3-3 4.1-.6z",
  Sun: "M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1",
  Table: "M2 3h12v10H2zM2 6.5h12M6.5 3v10",
  Tag: "M2.5 2.5h5L14 9l-5 5L2.5 7.5zM5.2 5.2h.01",
  Text: "M3 4V3h10v1M8 3v10M6 13h4",
  Trash: "M2.5 4h11M6 4V2.5h4V4M4 4l.5 9.5h7L12 4M6.5 7v4M9.5 7v4",
  Undo: "M5.5 3 2.5 6l3 3M2.5 6H10a3.5 3.5 0 0 1 0 7H6",
  Upload: "M8 10V2M5 5l3-3 3 3M3 13h10",
  User: "M8 2.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5M3 13.5a5 4 0 0 1 10 0",
  Video: "M2 4.5h8v7H2zM10 7l4-2v6l-4-2",
  Warning: "M8 2.5 14.5 13.5h-13zM8 6.5v3.5M8 12h.01",
  Webhook: "M8 5a2 2 0 1 1 1.7 2L12 11M8 5 5.5 9.5a2 2 0 1 0 1 2.5H11a2 2 0 1 0 .5-1.5",
  Workflow: "M2.5 2.5h4v4h-4zM9.5 9.5h4v4h-4zM6.5 4.5H11.5V9.5M4.5 6.5V11.5H9.5",
}
const neutral = "M4.5 3h7A1.5 1.5 0 0 1 13 4.5v7a1.5 1.5 0 0 1-1.5 1.5h-7A1.5 1.5 0 0 1 3 11.5v-7A1.5 1.5 0 0 1 4.5 3"

const families = Object.keys(paths).sort((a, b) => b.length - a.length)
const known = new Map()

function pathOf(name) {
  if (!known.has(name)) known.set(name, paths[families.find((family) => name.startsWith(family))] ?? neutral)
  return known.get(name)
}

export function Icon({name, plain}) {
  if (name === undefined || name === null || name === "None") return null
  const title = String(name)
  return (
    <svg class="d-icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {!plain && <title>{title}</title>}
      <path d={pathOf(title)} />
    </svg>
  )
}
