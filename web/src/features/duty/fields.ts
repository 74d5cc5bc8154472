import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import type { FilterField } from '@/kit/filters'
import { useSchemes } from '@/kit/grades'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'
import { dutyStates } from './query'
import type { DutyTab } from './routes'

/** What can be done for a customer, as rulebooks name it. */
export const activities = ['visit', 'call', 'greeting', 'survey', 'event', 'report'] as const

/** useDutyFields gives the conditions of the list of duties; its other tabs have a state of their own. */
export function useDutyFields(tab: DutyTab): FilterField[] {
  const { t, i18n } = useTranslation()
  const text = useText()
  const schemes = useSchemes()
  const wide = usePermission('duty.read', 'all')
  const units = api.useQuery('get', '/api/v1/units', {}, { enabled: wide, staleTime: 300_000 })
  const people = api.useQuery('get', '/api/v1/colleagues', {}, { staleTime: 300_000 })
  const segments = api.useQuery('get', '/api/v1/segments', {}, { staleTime: 60_000 })
  const labels = schemes.data?.items.flatMap((s) => (s.scheme.labels ?? []).filter((l) => l.graded)) ?? []
  const grades = labels.filter((l, i) => labels.findIndex((x) => x.code === l.code) === i)
  const choice = (key: string, label: string, options: { value: string; label: string }[]): FilterField => ({
    key,
    label,
    kind: 'choice',
    options,
  })
  // Conditions of who answered for a duty on its day cannot be turned round.
  const only = (key: string, label: string, options: { value: string; label: string }[]): FilterField => ({
    ...choice(key, label, options),
    operators: ['in'],
  })
  const fields = [
    choice(
      'activity',
      t('duty.activity'),
      activities.map((a) => ({ value: a, label: t(`duty.activities.${a}`) })),
    ),
    choice(
      'grade',
      t('duty.grade'),
      grades.map((l) => ({ value: l.code, label: text(l.title) })),
    ),
    choice(
      'rulebook',
      t('duty.rulebook'),
      (schemes.data?.items ?? [])
        .filter((s, i, all) => all.findIndex((x) => x.rulebook === s.rulebook) === i)
        .map((s) => ({ value: s.rulebook, label: text(s.title) })),
    ),
    choice('owner', t('duty.owner'), [
      { value: 'me', label: t('duty.me') },
      { value: 'none', label: t('duty.nobody') },
      ...(people.data?.items ?? []).map((p) => ({ value: p.id, label: p.name })),
    ]),
    choice(
      'segment',
      t('duty.segment'),
      (segments.data?.items ?? []).map((s) => ({ value: s.id, label: s.name })),
    ),
    { key: 'due', label: t('duty.due'), kind: 'date' as const },
    { key: 'clause', label: t('duty.clause'), kind: 'text' as const, single: true },
    ...(tab === 'every'
      ? [
          choice(
            'state',
            t('duty.state.title'),
            dutyStates.map((s) => ({ value: s, label: t(`duty.state.${s}`) })),
          ),
        ]
      : []),
  ]
  const asDue = [
    { key: 'as_due', label: t('duty.as_due'), kind: 'yes' as const },
    only('due_owner', t('duty.due_owner'), [
      { value: 'none', label: t('duty.nobody') },
      ...(people.data?.items ?? []).map((p) => ({ value: p.id, label: p.name })),
    ]),
  ]
  const options = units.data?.items.map((u) => ({
    value: u.id,
    label: (i18n.language === 'zh' ? u.name_zh : u.name_en) || u.name_zh,
  }))
  const all = tab === 'every' ? [...fields, ...asDue] : fields
  if (!options || options.length === 0) return all
  const inUnit = choice('unit', t('duty.unit'), options)
  return tab === 'every' ? [...all, inUnit, only('due_unit', t('duty.due_unit'), options)] : [...all, inUnit]
}
