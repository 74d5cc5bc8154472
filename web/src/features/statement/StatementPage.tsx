import { getRouteApi } from '@tanstack/react-router'
import { App, Button } from 'antd'
import { FileText } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas } from '@/api/client'
import { errorText } from '@/api/error'
import { customerPath } from '@/kit/CustomerLink'
import { useFormat } from '@/kit/format'
import { QueryView } from '@/kit/Loading'
import { KeyFigures, Page, Panel } from '@/kit/Page'
import { type PlainColumn, PlainTable } from '@/kit/PlainTable'
import { useText } from '@/kit/text'
import { Clause } from '@/kit/Why'
import { YearSelect } from './YearSelect'
import './statement.css'

type Content = Schemas['StatementContent']
type Part = Schemas['StatementPart']
type Line = Schemas['StatementLine']

const route = getRouteApi('/shell/customers/$id/service')

/** What a customer was given in a year, line by line, and the numbered paper of it. */
export default function StatementPage() {
  const { t } = useTranslation()
  const { id } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const asked = Number(search.year) || undefined
  const query = api.useQuery('get', '/api/v1/customers/{id}/statement', {
    params: { path: { id }, query: { year: asked } },
  })
  const year = asked ?? query.data?.year
  return (
    <Page
      title={t('statement.title')}
      back={{
        label: query.data?.name ?? t('statement.customer'),
        onClick: () => void navigate({ href: customerPath(id) }),
      }}
      actions={
        <>
          <YearSelect
            year={year}
            onChange={(y) => void navigate({ search: (s) => ({ ...s, year: String(y) }), replace: true })}
          />
          {year && <Issue id={id} year={year} />}
        </>
      }
    >
      <QueryView query={query} lines={10}>
        {(c) => <Told content={c} />}
      </QueryView>
    </Page>
  )
}

/** Gives the statement its number and opens the paper. */
function Issue({ id, year }: { id: string; year: number }) {
  const { t, i18n } = useTranslation()
  const { message } = App.useApp()
  const [busy, setBusy] = useState(false)
  const issue = async () => {
    setBusy(true)
    try {
      const { data } = await http.POST('/api/v1/customers/{id}/statements', {
        params: { path: { id } },
        body: { year },
      })
      if (data) {
        void message.success(t('statement.issued', { number: data.number }))
        window.location.assign(`/api/v1/statements/${data.id}/paper.pdf?lang=${i18n.language}`)
      }
    } catch (e) {
      void message.error(errorText(t, e))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button type="primary" loading={busy} icon={<FileText size={16} strokeWidth={1.75} />} onClick={() => void issue()}>
      {t('statement.issue')}
    </Button>
  )
}

function Told({ content: c }: { content: Content }) {
  const { t } = useTranslation()
  const text = useText()
  const { num } = useFormat()
  return (
    <div className="stack">
      <Panel>
        <KeyFigures items={c.parts.map((p) => ({ label: text(p.title), value: num(p.rendered) }))} />
        <p className="muted num">
          {t('statement.told', { name: c.name, code: c.code, from: c.from, to: c.to })}
          {c.owner && ` · ${t('statement.by_owner', { name: c.owner })}`}
        </p>
        {c.left.length > 0 && (
          <p className="muted">{t('statement.left', { what: c.left.map(text).join(t('kit.list_comma')) })}</p>
        )}
      </Panel>
      {c.parts.map((p) => (
        <Panel key={p.kind} title={text(p.title)} flush={p.lines.length > 0}>
          {p.lines.length > 0 ? <Lines part={p} /> : <p className="muted">{t('statement.nothing')}</p>}
        </Panel>
      ))}
    </div>
  )
}

/** The lines of one sort of service. */
function Lines({ part: p }: { part: Part }) {
  const { t } = useTranslation()
  const text = useText()
  const state = (l: Line) => p.states.find((s) => s.key === l.state)
  const columns: (PlainColumn<Line> | false)[] = [
    { key: 'what', title: t('statement.what'), head: true, render: (l) => text(l.title) || text(p.title) },
    p.owed && { key: 'clause', title: t('statement.clause'), render: (l) => <Clause clause={l.clause} /> },
    p.owed && { key: 'due', title: t('statement.due'), num: true, render: (l) => l.due },
    p.lines.some((l) => l.number !== '') && {
      key: 'number',
      title: t('statement.number'),
      num: true,
      render: (l) => l.number,
    },
    {
      key: 'on',
      title: t('statement.on'),
      num: true,
      render: (l) => (p.owed && !state(l)?.rendered ? '—' : l.on),
    },
    { key: 'who', title: t('statement.who'), render: (l) => l.who || '—' },
    { key: 'state', title: t('statement.state'), render: (l) => text(state(l)?.title) || l.state },
    { key: 'note', title: t('statement.note'), render: (l) => [l.note, l.inner].filter(Boolean).join(' · ') || '—' },
  ]
  return (
    <PlainTable<Line>
      caption={text(p.title)}
      rows={p.lines}
      rowKey={(l) => l.id}
      columns={columns.filter((c) => c !== false)}
    />
  )
}
