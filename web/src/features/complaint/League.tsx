import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Choice } from '@/kit/Choice'
import { EmptyState } from '@/kit/EmptyState'
import { Num } from '@/kit/Money'
import { Panel } from '@/kit/Page'
import { type PlainColumn, PlainTable } from '@/kit/PlainTable'
import { useText } from '@/kit/text'
import { type Standing, type Statistics, Sums } from './data'

const measures = ['received', 'late', 'compensation', 'satisfaction', 'repeated'] as const
type MeasureKey = (typeof measures)[number]

/** Those without a place come last. */
const order = (n: number): number => (n === 0 ? Number.MAX_SAFE_INTEGER : n)

/** The departments side by side; place 1 needs attention first, equal values share a place. */
export function League({ st }: { st: Statistics }) {
  const { t } = useTranslation()
  const text = useText()
  const [by, setBy] = useState<MeasureKey>('received')
  const rows = [...(st.league ?? [])].sort((a, b) => order(a.places[by]) - order(b.places[by]))
  if (rows.length === 0) return <EmptyState title={t('complaint.league.none')} hint={t('complaint.league.none_hint')} />
  const column = (key: MeasureKey, render: (r: Standing) => ReactNode): PlainColumn<Standing> => ({
    key,
    title: t(`complaint.league.${key}`),
    num: true,
    right: true,
    render: (r) => (
      <>
        {render(r)} <Place place={r.places[key]} />
      </>
    ),
  })
  return (
    <Panel
      title={t('complaint.tab.league')}
      extra={
        <Choice
          label={t('complaint.league.order')}
          options={measures.map((m) => ({ value: m, label: t(`complaint.league.${m}`) }))}
          value={by}
          onChange={setBy}
        />
      }
    >
      <PlainTable<Standing>
        caption={t('complaint.tab.league')}
        note={t('complaint.league.note')}
        rows={rows}
        rowKey={(r) => r.key}
        columns={[
          { key: 'title', title: t('complaint.by.department'), head: true, render: (r) => text(r.title) },
          column('received', (r) => <Num value={r.received} />),
          column('late', (r) => (
            <>
              <Num value={r.late} />
              {r.late_share && <span className="muted"> {r.late_share}%</span>}
            </>
          )),
          column('compensation', (r) => <Sums list={r.compensation} />),
          column('satisfaction', (r) => <Num value={r.satisfaction} />),
          column('repeated', (r) => (
            <>
              <Num value={r.repeated} />
              {r.repeat_share && <span className="muted"> {r.repeat_share}%</span>}
            </>
          )),
        ]}
      />
    </Panel>
  )
}

function Place({ place }: { place: number }) {
  const { t } = useTranslation()
  if (place === 0) return null
  return <span className={place === 1 ? 'place place-first' : 'place'}>{t('complaint.league.place', { place })}</span>
}
