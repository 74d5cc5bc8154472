import { Button, Tag } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas, useRefreshUnder } from '@/api/client'
import { QueryView } from '@/kit/Loading'
import { Fields, Panel } from '@/kit/Page'
import { RecordPanel } from '@/kit/RecordPanel'
import { useText } from '@/kit/text'
import { useConfirm } from '@/kit/useConfirm'
import { useUnits } from './data'

const UnitForm = lazy(() => import('./UnitForm'))
const UnitEndForm = lazy(() => import('./UnitEndForm'))

type Detail = Schemas['OrgDetailView']
type Term = Schemas['OrgTermView']

/** A unit: what it is, what lies in it, its history, and what can be done with it. */
export default function UnitPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const words = useText()
  const query = api.useQuery('get', '/api/v1/units/{id}', { params: { path: { id } } })
  const unit = query.data?.unit
  return (
    <RecordPanel
      open
      title={unit ? words({ zh: unit.name_zh, en: unit.name_en }) : t('admin.page.units')}
      badges={unit && <Tag>{t(`unit.kind.${unit.kind}`)}</Tag>}
      onClose={onClose}
    >
      <QueryView query={query} lines={6}>
        {(d) => <About detail={d} />}
      </QueryView>
    </RecordPanel>
  )
}

function About({ detail: d }: { detail: Detail }) {
  const { t } = useTranslation()
  const { nameOf } = useUnits()
  const u = d.unit
  const into = nameOf(u.merged_into)
  return (
    <>
      <Acts detail={d} />
      {u.until && (
        <p className="muted">
          {u.merged_into ? t('unit.ends_into', { until: u.until, into }) : t('unit.ends', { until: u.until })}
        </p>
      )}
      <Fields
        items={[
          { label: t('unit.code'), value: u.code },
          { label: t('unit.parent'), value: nameOf(u.parent_id) || t('unit.top') },
          { label: t('unit.manager'), value: u.manager_name || t('unit.nobody') },
          { label: t('unit.first_day'), value: u.from || '—' },
        ]}
      />
      <Panel title={t('unit.held')}>
        <Fields items={d.held.map((h) => ({ label: t(`unit.held_kind.${h.kind}`), value: String(h.count) }))} />
      </Panel>
      <Panel title={t('unit.history')}>
        <ul className="entries" aria-label={t('unit.history')}>
          {[...d.terms].reverse().map((term) => (
            <TermRow key={term.from} term={term} />
          ))}
        </ul>
      </Panel>
    </>
  )
}

function TermRow({ term }: { term: Term }) {
  const { t } = useTranslation()
  const words = useText()
  const { nameOf } = useUnits()
  const days = term.from
    ? term.until
      ? t('unit.span', { from: term.from, until: term.until })
      : t('unit.since', { from: term.from })
    : term.until
      ? t('unit.always_until', { until: term.until })
      : t('unit.always')
  return (
    <li>
      <b>{words({ zh: term.name_zh, en: term.name_en })}</b>
      <span className="muted num">{days}</span>
      {term.planned && <Tag color="processing">{t('unit.planned')}</Tag>}
      <span className="muted">
        {[
          t(`unit.kind.${term.kind}`),
          nameOf(term.parent_id) || t('unit.top'),
          term.manager_name,
          term.by && t('unit.by', { name: term.by }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </li>
  )
}

function Acts({ detail: d }: { detail: Detail }) {
  const { t } = useTranslation()
  const words = useText()
  const confirm = useConfirm()
  const refresh = useRefreshUnder('/api/v1/units')
  const [act, setAct] = useState<'change' | 'close' | 'merge'>()
  const done = () => setAct(undefined)
  const recall = () =>
    confirm({
      title: t('unit.recall_title', { name: words({ zh: d.unit.name_zh, en: d.unit.name_en }) }),
      text: t('unit.recall_text'),
      ok: t('unit.recall'),
      action: async () => {
        await http.DELETE('/api/v1/units/{id}/plan', {
          params: { path: { id: d.unit.id }, header: { 'If-Match': `"${d.unit.version}"` } },
        })
        await refresh()
      },
    })
  return (
    <div className="row">
      {!d.unit.until && (
        <>
          <Button type="primary" onClick={() => setAct('change')}>
            {t('unit.change')}
          </Button>
          <Button onClick={() => setAct('merge')}>{t('unit.merge')}</Button>
          <Button onClick={() => setAct('close')}>{t('unit.close')}</Button>
        </>
      )}
      {d.planned && <Button onClick={() => void recall()}>{t('unit.recall')}</Button>}
      <Suspense>
        {act === 'change' && <UnitForm unit={d.unit} onClose={done} />}
        {(act === 'close' || act === 'merge') && <UnitEndForm unit={d.unit} merge={act === 'merge'} onClose={done} />}
      </Suspense>
    </div>
  )
}
