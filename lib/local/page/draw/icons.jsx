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
  Currency: "M8 2v12M11 5a3 2 0 0 0-3-1.5C6 3.500 5 4.500 5 5.700 5 9 11 7 11 10.300 11 11.500 10 12.500 8 12.500A3 2 0 0 1 5 11",
  Desktop: "M2 3h12v8H2zM6 13.500h4",
  Dots: "M3.500 8h.01M8 8h.01M12.500 8h.01",
  Download: "M8 2v8M5 7l3 3 3-3M3 13h10",
  Edit: "M3 13l.5-3L10.500 3 13 5.500 6 12.500z",
  Email: "M2 4h12v8.500H2zM2 4.500l6 4.500 6-4.500",
  Eye: "M1.500 8C4 4 12 4 14.500 8 12 12 4 12 1.500 8M8 6.500a1.500 1.500 0 1 1 0 3 1.500 1.500 0 0 1 0-3",
  Filter: "M2.500 4h11M4.500 8h7M6.500 12h3",
  Folder: "M2 4h4l1.500 2H14v7H2z",
  Globe: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M2 8h12M8 2c3.500 4 3.500 8 0 12M8 2C4.500 6 4.500 10 8 14",
  Grid: "M3 3h4v4H3zM9 3h4v4H9zM3 9h4v4H3zM9 9h4v4H9z",
  Hashtag: "M6 2.500 5 13.500M11 2.500l-1 11M3 6h10.500M2.500 10H13",
  HelpCircle: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M6.500 6.500a1.500 1.500 0 1 1 2 1.500L8 9M8 11h.01",
  Image: "M2 3h12v10H2zM2 11l4-4 3 3 2-2 3 3M10.500 6h.01",
  InfoCircle: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M8 7.500V11M8 5h.01",
  Key: "M5 8a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5M7 8.500 13 2.500M11 4.500l2 2",
  LineChart: "M2 12l4-5 3 3 5-6",
  Link: "M7 9a2.500 2.500 0 0 0 3.500 0l2-2A2.500 2.500 0 0 0 9 3.500M9 7a2.500 2.500 0 0 0-3.500 0l-2 2A2.500 2.500 0 0 0 7 12.500",
  List: "M5.500 4H14M5.500 8H14M5.500 12H14M2.500 4h.01M2.500 8h.01M2.500 12h.01",
  Location: "M8 14s-4.500-4-4.500-7.500a4.500 4.500 0 0 1 9 0C12.500 10 8 14 8 14M8 5a1.500 1.500 0 1 1 0 3 1.500 1.500 0 0 1 0-3",
  Lock: "M3.500 7h9v6.500h-9zM5.500 7V5a2.500 2.500 0 0 1 5 0v2",
  Message: "M2.500 3.500h11v7.500H8l-3 2.500V11H2.500z",
  Minus: "M3 8h10",
  Note: "M3.500 2h9v12h-9zM6 5.500h4M6 8h4M6 10.500h2",
  Object: "M8 2l5.500 3v6L8 14l-5.500-3V5zM2.500 5 8 8l5.500-3M8 8v6",
  Pause: "M5.500 3.500v9M10.500 3.500v9",
  Phone: "M4 2.500h2l1 3-1.500 1a7 7 0 0 0 4 4L10.500 9l3 1v2a1.500 1.500 0 0 1-1.500 1.500A9.500 9.500 0 0 1 2.500 4 1.500 1.500 0 0 1 4 2.500",
  PieChart: "M8 2a6 6 0 1 1-6 6h6zM10 2a5 5 0 0 1 4 4h-4z",
  Play: "M5 3l8 5-8 5z",
  Plus: "M8 3v10M3 8h10",
  Record: "M3.500 2.500h9v11h-9zM8 5a1.500 1.500 0 1 1 0 3 1.500 1.500 0 0 1 0-3M5.500 11a2.500 2 0 0 1 5 0",
  Reply: "M6 4 2.500 7.500 6 11M2.500 7.500H10a3.500 3.500 0 0 1 3.500 3.500v1.500",
  Rocket: "M9 10 6 7c1-3 4-5 7.500-4.500C14 6 12 9 9 10M6 7 3.500 8 6 10.500M9 10l-1 2.500L5.500 10M3 13l1.500-1.500",
  Search: "M7 2.500a4.500 4.500 0 1 1 0 9 4.500 4.500 0 0 1 0-9M10.500 10.500 14 14",
  Send: "M14 2 2 7l5 2 2 5zM14 2 7 9",
  Setting: "M2 5h7M12 5h2M2 11h2M7 11h7M10.500 3.500v3M5.500 9.500v3",
  Share: "M8 9V2M5 4.500 8 2l3 2.500M3.500 8v5.500h9V8",
  Star: "M8 2l1.900 3.900 4.100.6-3 3 .7 4.200L8 11.700l-3.700 2 .7-4.200-3-3 4.100-.6z",
  Sun: "M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6M8 1v1.500M8 13.500V15M1 8h1.500M13.500 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1",
  Table: "M2 3h12v10H2zM2 6.500h12M6.500 3v10",
  Tag: "M2.500 2.500h5L14 9l-5 5L2.500 7.500zM5.200 5.200h.01",
  Text: "M3 4V3h10v1M8 3v10M6 13h4",
  Trash: "M2.500 4h11M6 4V2.500h4V4M4 4l.5 9.500h7L12 4M6.500 7v4M9.500 7v4",
  Undo: "M5.500 3 2.500 6l3 3M2.500 6H10a3.500 3.500 0 0 1 0 7H6",
  Upload: "M8 10V2M5 5l3-3 3 3M3 13h10",
  User: "M8 2.500a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5M3 13.500a5 4 0 0 1 10 0",
  Video: "M2 4.500h8v7H2zM10 7l4-2v6l-4-2",
  Warning: "M8 2.500 14.500 13.500h-13zM8 6.500v3.500M8 12h.01",
  Webhook: "M8 5a2 2 0 1 1 1.700 2L12 11M8 5 5.500 9.500a2 2 0 1 0 1 2.500H11a2 2 0 1 0 .5-1.500",
  Workflow: "M2.500 2.500h4v4h-4zM9.500 9.500h4v4h-4zM6.500 4.500H11.500V9.500M4.500 6.500V11.500H9.500",
}
const neutral = "M4.500 3h7A1.500 1.500 0 0 1 13 4.500v7a1.500 1.500 0 0 1-1.500 1.500h-7A1.500 1.500 0 0 1 3 11.500v-7A1.500 1.500 0 0 1 4.500 3"

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
