import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { StatusDot, type StatusTone } from '@/kit/StatusDot'

type Item = Schemas['RulebookItemView']

/** How the state of a rulebook looks. */
export const stateTones: Record<Item['state'], StatusTone> = {
  in_force: 'ok',
  scheduled: 'active',
  not_adopted: 'neutral',
}

/** Which version holds since when, and what follows. */
export function InForce({ item: r }: { item: Item }) {
  const { t } = useTranslation()
  if (!r.in_force && !r.next) return <span className="none">—</span>
  return (
    <span className="num">
      {r.in_force && t('rulebook.since', { version: r.in_force.version, day: r.in_force.effective_from })}
      {r.in_force && r.next && ' · '}
      {r.next && t('rulebook.from', { version: r.next.version, day: r.next.effective_from })}
    </span>
  )
}

/** What a check found, in one word. */
export function ProblemsState({ item: r }: { item: Item }) {
  const { t } = useTranslation()
  if (r.errors > 0) return <StatusDot label={t('rulebook.errors', { count: r.errors })} tone="bad" />
  if (r.warnings > 0) return <StatusDot label={t('rulebook.warnings', { count: r.warnings })} tone="warn" />
  return <StatusDot label={t('rulebook.no_problems')} tone="ok" />
}

/** How the worked examples came out. */
export function CasesState({ item: r }: { item: Item }) {
  const { t } = useTranslation()
  const total = r.cases_passed + r.cases_failed
  if (total === 0) return <StatusDot label={t('rulebook.untested')} tone="warn" />
  const label = t('rulebook.passed', { passed: r.cases_passed, total })
  return <StatusDot label={label} tone={r.cases_failed > 0 ? 'bad' : 'ok'} />
}
