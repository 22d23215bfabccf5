// The names of the icons that the SDK knows (type AttioIcon). Other names are told as a finding.
export const icons = new Set(
  `
  Activity AlignArrowUp AlignBlockCenter AlignBlockLeft AlignBlockRight AlignCenter AlignLeft AlignRight Apps
  Archive ArrowDown ArrowDownLeft ArrowDownRight ArrowLeft ArrowLeftRight ArrowRight ArrowTurnDownLeft
  ArrowTurnDownRight ArrowUp ArrowUpDown ArrowUpLeft ArrowUpRight ArrowUpRightCircle ArrowsRefresh At Attachment
  Attributes AttributesPlus Bank BarChart Bold Bolt BracketsCross Breakpoint BrowserExtension BulletList
  Calendar CalendarArrowLeft CalendarArrowRight CalendarClock CalendarDay CalendarMinus CalendarPlus Caption
  Change Changelog Check CheckCircle CheckDouble CheckSquare CheckSquarePlus ChevronDown ChevronDownChevronUp
  ChevronLeft ChevronRight ChevronRightDouble ChevronUp ChevronUpChevronDown CircleEmpty CircleFilled
  ClassifyRecord ClassifyText Clock ClockDelay Code Cog CogArrowRight CogCheck CogMinus CollapseScreen
  ColumnPlus Columns ColumnsPlus Command Comment CommentPlus Comments Community Companies Company CompanyPlus
  ConditionDown Confetti Controls Copy CreditCard Cross CrossCircle Currency CustomTemplates Dashboard
  DashboardPlus Data DataText Description Desktop Dollar DollarCircleArrowUp DotsHorizontal DotsVertical
  Download DragHandle Duplicate Edit EditDisabled Education Email EmailArrowLeft EmailArrowRight EmailDraft
  EmailMass EmailMassPlus EmailMinus EmailPlus EmailTemplate EmailTemplatePlus EmojiAdd EmptyCircle Enter Equals
  Euro EverythingBagel ExpandScreen Eye EyeHide Feedback FileCsv Filter FilterFunnel FilterPlus Folder
  FolderPlus Forbid Funnel FunnelChart FunnelStepsChart GalleryView Gbp GitBranch Globe GlobeHemisphereEast Grid
  Growth Hand Handshake Hashtag HelpCircle Image ImportExport InboxNotification InfoCircle Input Issue Italic
  KKeyboardKey Key LineChart LineChartClock Link List ListBolt ListEdit ListMinus ListPlus ListSearch ListView
  Location Locked LogOut MapChart Maximize Merge Message Minimize Minus MinusSquare MobilePhone Moon More Move
  MultiSelect Name None Note NotePlus NoteTemplate NoteTemplateArrowRight NoteTemplatePlus NumberList Object
  ObjectPlaceholder ObjectPlus PanelLeft PanelRight Paste Pause Percentage Phone PhoneArrowLeft PhoneArrowRight
  PhoneBusy PhoneCancel PhoneCheck PhoneCross PhoneMissed PhoneNoAnswer PieChart Pin Pinned Placeholder Play
  Plus PlusSquare Pointer PromptCompletion Record RecordBolt RecordDetailEdit RecordEdit RecordPlus RecordSearch
  Reference RelationshipConnect RemoveCircle Rename Repeat Replace Reply Report ReportPlus RingBell Rocket Rows
  RowsPlus Sales Search SearchMinus SearchPlus SectionArrowDown SectionArrowUp Select SelfServed Send SendAdd
  SendEdit ServiceBell Sessions Settings SettingsArrowRight SettingsCheck SettingsMinus Share ShieldLocker
  ShowRightSidebar Signature SingleMetricChart SnapGrid SortAscending SortDescending SortPlus Spreadsheet
  SquareEmpty SquareFilled SquareStrength Star StarCross Status StatusArrow StatusClock Strength Subscription
  SummarizeRecord Sun Switch Table Tag Templates TemplatesCog TemplatesEdit TemplatesPlus TestTube Text
  TextIndentLeft TextIndentRight ThumbsDown ThumbsUp TidyUp Timestamp Trash Trigger TriggerPlus Undo Unlink
  Upload User UserArrowLeft UserArrowRight UserBolt UserHeart UserKey UserMinus UserPhone UserPlaceholder
  UserPlus Users VideoCamera View ViewPlus Voicemail WarningCircle WarningTriangle Webhooks WorkflowCredit
  WorkflowRun Workflows WorkflowsEdit WorkflowsPlus Workspace
`
    .trim()
    .split(/\s+/),
)
