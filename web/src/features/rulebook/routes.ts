import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withWords } from '@/app/i18n'
import { shellRoute } from '@/app/roots'
import { oneOf, type Search, text } from '@/app/search'

export const rulebookListRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/rulebooks',
  component: lazyRouteComponent(withWords(['rulebook', 'draft'], () => import('./RulebookListPage'))),
})

export const coverageRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/rulebook-coverage',
  component: lazyRouteComponent(withWords(['rulebook'], () => import('./CoveragePage'))),
})

export const rulebookTabs = [
  'clauses',
  'procedures',
  'duties',
  'compliance',
  'settings',
  'cases',
  'problems',
  'files',
  'versions',
  'simulation',
] as const
export type RulebookTab = (typeof rulebookTabs)[number]

/** Periods of the compliance of a rulebook; `custom` has its own days. */
export const complyPeriods = ['month', 'quarter', 'year', 'custom'] as const
export type ComplyPeriod = (typeof complyPeriods)[number]

/** What compliance is told apart by, and the numbers its table can show. */
export const complyDimensions = ['clause', 'grade', 'department', 'manager', 'month'] as const
export type ComplyDimension = (typeof complyDimensions)[number]
export const complyNumbers = ['rate', 'due', 'kept', 'late', 'missed', 'waived', 'open'] as const
export type ComplyNumber = (typeof complyNumbers)[number]

/** What the page of a rulebook keeps in the URL. */
export interface RulebookSearch {
  tab?: RulebookTab
  /** Version that is shown; without it the one in force, else the newest. */
  version?: string
  clause?: string
  /** The procedure that is shown. */
  procedure?: string
  file?: string
  line?: string
  /** The job of a simulation. */
  job?: string
  /** The chosen cell of its matrix, `from>to`. */
  cell?: string
  /** The grade whose year is shown, `scheme/code`. */
  grade?: string
  /** The job that worked out who would owe how much, and the person whose months are shown. */
  plan?: string
  person?: string
  /** The scheme whose movements are shown; without it the first. */
  scheme?: string
  /** The period of the compliance; without it the year. */
  period?: ComplyPeriod
  /** Its first and last day, where it is `custom`. */
  from?: string
  to?: string
  /** The dimensions by which it is told apart, the number shown where there are two, the department it is narrowed to. */
  by?: ComplyDimension
  across?: ComplyDimension
  shown?: ComplyNumber
  unit?: string
}

export const rulebookRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/rulebooks/$id',
  validateSearch: (s: Search): RulebookSearch => ({
    tab: oneOf(s.tab, rulebookTabs),
    version: text(s.version),
    clause: text(s.clause),
    procedure: text(s.procedure),
    file: text(s.file),
    line: text(s.line),
    job: text(s.job),
    cell: text(s.cell),
    scheme: text(s.scheme),
    grade: text(s.grade),
    plan: text(s.plan),
    person: text(s.person),
    period: oneOf(s.period, complyPeriods),
    from: text(s.from),
    to: text(s.to),
    by: oneOf(s.by, complyDimensions),
    across: oneOf(s.across, complyDimensions),
    shown: oneOf(s.shown, complyNumbers),
    unit: text(s.unit),
  }),
  component: lazyRouteComponent(withWords(['rulebook', 'draft', 'occasion', 'why'], () => import('./RulebookPage'))),
})

export const sideTabs = ['yaml', 'problems', 'cases', 'diff', 'move'] as const
export type SideTab = (typeof sideTabs)[number]

export const editPanes = ['clauses', 'rules', 'side'] as const
export type EditPane = (typeof editPanes)[number]

/** What the editor keeps in the URL. */
export interface EditSearch {
  /** The clause whose rules are shown. */
  clause?: string
  /** The section that is shown while no clause is chosen. */
  section?: string
  side?: SideTab
  /** The pane that is shown where there is room for one. */
  pane?: EditPane
  file?: string
  line?: string
  /** The job of a simulation, and the chosen cell of its matrix. */
  job?: string
  cell?: string
  scheme?: string
}

export const rulebookEditRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/rulebooks/$id/edit/$draft',
  validateSearch: (s: Search): EditSearch => ({
    clause: text(s.clause),
    section: text(s.section),
    side: oneOf(s.side, sideTabs),
    pane: oneOf(s.pane, editPanes),
    file: text(s.file),
    line: text(s.line),
    job: text(s.job),
    cell: text(s.cell),
    scheme: text(s.scheme),
  }),
  component: lazyRouteComponent(
    withWords(['rulebook', 'draft', 'occasion', 'why'], () => import('./editor/EditorPage')),
  ),
})

export const rulebookRoutes = [rulebookListRoute, coverageRoute, rulebookRoute, rulebookEditRoute] as const
