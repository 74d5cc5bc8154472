import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http } from '@/api/client'
import { ApiError } from '@/api/error'
import { CustomerLink } from '@/kit/CustomerLink'
import { DateText } from '@/kit/DateText'
import { ErrorState } from '@/kit/ErrorState'
import { JobProgress } from '@/kit/JobProgress'
import type { Job } from '@/kit/jobs'
import { QueryView } from '@/kit/Loading'
import { Num } from '@/kit/Money'
import { KeyFigures, Panel } from '@/kit/Page'
import { CUSTOMERS, type Import, isBusy, putImport, useRefresh, useTargets } from './data'
import { FailedRows } from './LinesPanel'
import { Problems } from './Problems'
import type { Step } from './routes'
import { Summary } from './Summary'
import { useRevert } from './useRevert'

/** The last step: the run as it goes on, and what came of it. */
export function ResultStep({ m, onStep }: { m: Import; onStep: (s: Step) => void }) {
  if (isBusy(m.state)) return <Running m={m} />
  if (m.state === 'failed' || m.state === 'canceled') return <Stopped m={m} onStep={onStep} />
  if (m.state === 'reverted') return <Reverted m={m} />
  return <Done m={m} />
}

function Running({ m }: { m: Import }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const refresh = useRefresh(m.id)
  const over = async (j: Job) => {
    // A job that was stopped before it began never told the import; asking the import to stop tells it.
    if (j.state === 'canceled' && m.state === 'queued') {
      const { data } = await http.POST('/api/v1/imports/{id}/cancel', { params: { path: { id: m.id } } })
      if (data) putImport(client, data)
    }
    await refresh()
  }
  return (
    <Panel>
      {m.job_id && (
        <JobProgress
          key={m.job_id}
          id={m.job_id}
          title={t(m.state === 'reverting' ? 'importer.reverting' : 'importer.running')}
          onOver={(j) => void over(j).catch(refresh)}
        />
      )}
      <p className="muted">{t(m.state === 'reverting' ? 'importer.reverting_hint' : 'importer.may_leave')}</p>
    </Panel>
  )
}

function Stopped({ m, onStep }: { m: Import; onStep: (s: Step) => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const refresh = useRefresh(m.id)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const again = async () => {
    setBusy(true)
    setFailure(undefined)
    try {
      const { data } = await http.POST('/api/v1/imports/{id}/run', { params: { path: { id: m.id } } })
      if (data) putImport(client, data)
      void refresh()
    } catch (e) {
      setFailure(e)
    } finally {
      setBusy(false)
    }
  }
  const shown =
    failure ?? (m.state === 'failed' ? new ApiError(0, m.error_code || 'internal', m.error_args) : undefined)
  return (
    <Panel title={t(m.state === 'failed' ? 'importer.failed_title' : 'importer.canceled_title')}>
      {shown !== undefined && <ErrorState inline error={shown} />}
      <p>{t('importer.nothing_kept')}</p>
      <div className="row result-actions">
        <Button type="primary" loading={busy} onClick={() => void again()}>
          {t('importer.run_again')}
        </Button>
        <Button onClick={() => onStep('map')}>{t('importer.back_to_map')}</Button>
      </div>
    </Panel>
  )
}

function Done({ m }: { m: Import }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const targets = useTargets()
  const revert = useRevert()
  const fields = api.useQuery('get', '/api/v1/imports/fields', { params: { query: { target: m.target } } })
  const failed = m.counts.refused + m.counts.set_aside
  return (
    <div className="stack">
      <Summary counts={m.counts} target={m.target} label={targets.label(m.target)} tense="did" />
      <div className="row result-actions">
        <Button type="primary" onClick={() => void navigate({ to: '/customers', search: {} })}>
          {t('importer.open_customers')}
        </Button>
        {m.target !== CUSTOMERS && (
          <Button onClick={() => void navigate({ to: '/grading', search: {} })}>{t('importer.open_grading')}</Button>
        )}
        {failed > 0 && <FailedRows id={m.id} />}
        <Button onClick={() => void navigate({ to: '/imports/new', search: { target: m.target } })}>
          {t('importer.another')}
        </Button>
        {revert.may && (
          <Button danger onClick={() => void revert.ask(m)}>
            {t('importer.revert')}
          </Button>
        )}
      </div>
      <Problems counts={m.counts} fields={fields.data?.items} />
    </div>
  )
}

function Reverted({ m }: { m: Import }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const c = m.counts
  const kept = api.useQuery(
    'get',
    '/api/v1/imports/{id}/kept',
    { params: { path: { id: m.id } } },
    { enabled: (c.kept ?? 0) > 0 },
  )
  return (
    <div className="stack">
      <Panel title={t('importer.reverted_title')}>
        <p className="sum">
          <span>
            {t('importer.reverted_text')} <DateText value={m.reverted_at} time />
          </span>
        </p>
        <KeyFigures
          items={[
            { label: t('importer.figure.taken_back'), value: <Num value={c.imported} /> },
            { label: t('importer.figure.archived'), value: <Num value={c.archived ?? 0} /> },
            { label: t('importer.figure.put_back'), value: <Num value={c.put_back ?? 0} /> },
            { label: t('importer.figure.kept'), value: <Num value={c.kept ?? 0} /> },
          ]}
        />
        <Button onClick={() => void navigate({ to: '/imports/new', search: { target: m.target } })}>
          {t('importer.another')}
        </Button>
      </Panel>
      {(c.kept ?? 0) > 0 && (
        <Panel title={t('importer.kept_title')}>
          <p className="muted">{t('importer.kept_hint')}</p>
          <QueryView query={kept}>
            {(list) => (
              <ul className="codes">
                {list.items.map((k) => (
                  <li key={k.id}>
                    <CustomerLink id={k.id}>
                      {k.code} {k.name}
                    </CustomerLink>
                  </li>
                ))}
              </ul>
            )}
          </QueryView>
        </Panel>
      )}
    </div>
  )
}
