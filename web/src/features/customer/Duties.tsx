import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, byCursor, useRefreshUnder } from '@/api/client'
import { withWords } from '@/app/i18n'
import type { Duty } from '@/kit/duties'
import { useFormat } from '@/kit/format'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { StatusDot, type StatusTone } from '@/kit/StatusDot'
import { TabBar } from '@/kit/TabBar'
import { useText } from '@/kit/text'
import { useBegin } from '@/kit/useBegin'
import { Clause } from '@/kit/Why'
import type { RecordView } from './data'

const DoDuty = lazy(() => import('@/kit/duties').then((m) => ({ default: m.DoDuty })))
const LogCall = lazy(withWords(['call', 'owed'], () => import('@/kit/calls').then((m) => ({ default: m.LogCall }))))
const WaiveDuty = lazy(() => import('@/kit/duties').then((m) => ({ default: m.WaiveDuty })))

/** What is owed to the customer, and what was done. */
export function Duties({ record }: { record: RecordView }) {
  const { t } = useTranslation()
  const [tab, setTab] = useState<'open' | 'done'>('open')
  return (
    <Panel flush>
      <TabBar
        label={t('record.duties')}
        current={tab}
        onChoose={setTab}
        tabs={[
          {
            key: 'open',
            label: t('record.duties_open'),
            count: record.figures.open_duties,
            tone: record.figures.overdue_duties > 0 ? 'bad' : undefined,
          },
          { key: 'done', label: t('record.duties_done') },
        ]}
      />
      {tab === 'open' ? <OpenDuties record={record} /> : <DoneDuties id={record.id} />}
    </Panel>
  )
}

function OpenDuties({ record }: { record: RecordView }) {
  const { t } = useTranslation()
  const refresh = useRefreshUnder('/api/v1/customers', '/api/v1/duties', '/api/v1/calls', '/api/v1/workbench')
  const [doing, setDoing] = useState<Duty>()
  const begin = useBegin(setDoing)
  const [waiving, setWaiving] = useState<Duty>()
  const changed = () => void refresh()
  if (record.duties.length === 0) return <p className="muted panel-pad">{t('record.no_duties')}</p>
  return (
    <>
      <ul className="duty-list">
        {record.duties.map((d) => (
          <li key={d.id}>
            <DutyLine duty={d} today={record.today} />
            <span className="row">
              {d.may_waive && (
                <Button type="text" size="small" onClick={() => setWaiving(d)}>
                  {t('owed.waive')}
                </Button>
              )}
              {d.may_do && (
                <Button size="small" onClick={() => begin(d)}>
                  {t('owed.do')}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      <Suspense>
        {doing?.activity === 'call' && (
          <LogCall
            to={{ customer: doing.customer, duty: doing }}
            onClose={() => setDoing(undefined)}
            onLogged={changed}
          />
        )}
        {doing && doing.activity !== 'call' && (
          <DoDuty duty={doing} today={record.today} onClose={() => setDoing(undefined)} onChanged={changed} />
        )}
        {waiving && <WaiveDuty duty={waiving} onClose={() => setWaiving(undefined)} onChanged={changed} />}
      </Suspense>
    </>
  )
}

function DutyLine({ duty: d, today }: { duty: Duty; today: string }) {
  const { t } = useTranslation()
  const text = useText()
  const { relativeDay } = useFormat()
  const late = d.days_overdue > 0
  return (
    <div className="grow">
      <span className="row">
        <b>{text(d.title)}</b>
        <Clause clause={d.clause} />
      </span>
      <span className={late ? 'duty-late num' : 'muted num'}>
        {late
          ? t('record.duty.overdue', { n: d.days_overdue, day: d.due_on })
          : t('owed.due', { day: relativeDay(d.due_on, today) })}
        {d.owner_name && <span className="nowrap"> · {d.owner_name}</span>}
      </span>
    </div>
  )
}

const tones: Record<string, StatusTone> = { kept: 'ok', late: 'warn', waived: 'neutral', dropped: 'neutral' }

function DoneDuties({ id }: { id: string }) {
  const { t } = useTranslation()
  const text = useText()
  const query = api.useInfiniteQuery(
    'get',
    '/api/v1/duties',
    { params: { query: { customer: id, bucket: 'done', limit: 20 } } },
    byCursor,
  )
  return (
    <QueryView query={query} lines={3}>
      {(data) => {
        const items = data.pages.flatMap((p) => p.items)
        if (items.length === 0) return <p className="muted panel-pad">{t('record.no_done')}</p>
        return (
          <ul className="duty-list">
            {items.map((d) => (
              <li key={d.id}>
                <div className="grow">
                  <b>{text(d.title)}</b>
                  <p className="muted num">
                    {[d.done_on || d.due_on, d.done_by_name, d.note || d.reason].filter(Boolean).join(' · ')}
                  </p>
                </div>
                <StatusDot label={t(`record.duty.${d.state}`)} tone={tones[d.state]} />
              </li>
            ))}
            {query.hasNextPage && (
              <li>
                <Button size="small" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  {t('kit.table.more')}
                </Button>
              </li>
            )}
          </ul>
        )
      }}
    </QueryView>
  )
}
