import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { CaseLink } from '@/kit/CaseLink'
import { DateText } from '@/kit/DateText'
import { EmptyState } from '@/kit/EmptyState'
import { QueryView } from '@/kit/Loading'
import { Num } from '@/kit/Money'
import { Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { StatusDot, type StatusTone } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import type { Measure, Prevention as View } from './data'
import { type MeasureState, measureStates, type StatisticsSearch } from './routes'

const tones: Record<MeasureState, StatusTone> = {
  overdue: 'bad',
  named: 'warn',
  open: 'active',
  proved: 'active',
  late: 'warn',
  done: 'ok',
  withdrawn: 'neutral',
}

interface Props {
  search: StatisticsSearch
  set: (patch: StatisticsSearch) => void
}

/** What departments do so that complaints do not come again, with its proof. */
export function Prevention({ search, set }: Props) {
  const { t } = useTranslation()
  const text = useText()
  const all = api.useQuery('get', '/api/v1/complaints/prevention')
  return (
    <QueryView query={all} lines={8}>
      {(whole) =>
        whole.departments.length === 0 ? (
          <EmptyState title={t('complaint.prevent.none')} hint={t('complaint.prevent.none_hint')} />
        ) : (
          <div className="stack">
            <Departments whole={whole} set={set} />
            <Panel
              title={t('complaint.prevent.list')}
              extra={
                <span className="row">
                  <Select
                    size="small"
                    allowClear
                    aria-label={t('complaint.by.department')}
                    placeholder={t('complaint.by.department')}
                    value={search.department}
                    onChange={(department?: string) => set({ department })}
                    options={whole.departments
                      .filter((d) => d.department)
                      .map((d) => ({ value: d.department, label: text(d.title) }))}
                    popupMatchSelectWidth={false}
                  />
                  <Select
                    size="small"
                    allowClear
                    aria-label={t('complaint.prevent.state')}
                    placeholder={t('complaint.prevent.state')}
                    value={search.state}
                    onChange={(state?: MeasureState) => set({ state })}
                    options={measureStates.map((s) => ({ value: s, label: t(`complaint.prevent.states.${s}`) }))}
                    popupMatchSelectWidth={false}
                  />
                </span>
              }
            >
              <List
                items={whole.items.filter(
                  (m) =>
                    (!search.department || m.department === search.department) &&
                    (!search.state || m.state === search.state),
                )}
                more={whole.more}
              />
            </Panel>
          </div>
        )
      }
    </QueryView>
  )
}

function Departments({ whole, set }: { whole: View; set: Props['set'] }) {
  const { t } = useTranslation()
  const text = useText()
  return (
    <Panel title={t('complaint.prevent.by_department')}>
      <PlainTable
        caption={t('complaint.prevent.by_department')}
        note={t('complaint.prevent.about', { from: whole.from })}
        rows={whole.departments}
        rowKey={(d) => d.department || '-'}
        columns={[
          { key: 'title', title: t('complaint.by.department'), head: true, render: (d) => text(d.title) },
          {
            key: 'total',
            title: t('complaint.prevent.total'),
            num: true,
            right: true,
            render: (d) => <Num value={d.total} />,
          },
          ...measureStates.map((state) => ({
            key: state,
            title: t(`complaint.prevent.states.${state}`),
            num: true,
            right: true,
            render: (d: View['departments'][number]) => {
              const n = d.states?.[state] ?? 0
              if (n === 0) return <span className="muted">0</span>
              return (
                <button
                  type="button"
                  className={state === 'overdue' ? 'text-button figure-bad' : 'text-button'}
                  aria-label={t('complaint.prevent.show', {
                    department: text(d.title),
                    state: t(`complaint.prevent.states.${state}`),
                    count: n,
                  })}
                  onClick={() => set({ department: d.department || undefined, state })}
                >
                  {n}
                </button>
              )
            },
          })),
        ]}
      />
    </Panel>
  )
}

function List({ items, more }: { items: Measure[]; more: boolean }) {
  const { t } = useTranslation()
  const text = useText()
  if (items.length === 0) return <p className="muted">{t('complaint.prevent.none_here')}</p>
  return (
    <PlainTable<Measure>
      caption={t('complaint.prevent.list')}
      note={more ? t('complaint.prevent.more') : undefined}
      rows={items}
      rowKey={(m) => m.case_id || `${m.complaint} ${m.department}`}
      columns={[
        {
          key: 'measure',
          title: t('complaint.prevent.measure'),
          head: true,
          render: (m) => (
            <>
              <span className="measure">{m.measure}</span>
              {m.case_id ? (
                <CaseLink className="link num" to={`/cases/${m.case_id}`}>
                  {m.number}
                </CaseLink>
              ) : null}
            </>
          ),
        },
        { key: 'department', title: t('complaint.by.department'), render: (m) => text(m.title) },
        {
          key: 'complaint',
          title: t('complaint.prevent.complaint'),
          render: (m) =>
            m.complaint_id ? (
              <CaseLink className="link num" to={`/cases/${m.complaint_id}`}>
                {m.complaint}
              </CaseLink>
            ) : (
              m.complaint || '—'
            ),
        },
        { key: 'due', title: t('complaint.prevent.due'), num: true, render: (m) => <DateText value={m.due_on} /> },
        {
          key: 'proved',
          title: t('complaint.prevent.proved'),
          num: true,
          render: (m) => <DateText value={m.proved_on} />,
        },
        {
          key: 'state',
          title: t('complaint.prevent.state'),
          render: (m) => <StatusDot label={t(`complaint.prevent.states.${m.state}`)} tone={tones[m.state]} />,
        },
        {
          key: 'evidence',
          title: t('complaint.prevent.evidence'),
          render: (m) =>
            m.evidence.length === 0
              ? '—'
              : m.evidence.map((f) => (
                  <a key={f.file_id} className="link evidence-link" href={`/api/v1/files/${f.file_id}`}>
                    {f.name}
                  </a>
                )),
        },
      ]}
    />
  )
}
