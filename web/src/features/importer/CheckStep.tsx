import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http } from '@/api/client'
import { ErrorState } from '@/kit/ErrorState'
import { useFormat } from '@/kit/format'
import { JobProgress } from '@/kit/JobProgress'
import { SkeletonLines } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { usePermission } from '@/kit/usePermission'
import { CUSTOMERS, type Import, putImport, ready, useRefresh, useTargets } from './data'
import { LinesPanel } from './LinesPanel'
import { Problems } from './Problems'
import type { Step } from './routes'
import { Summary } from './Summary'

/** The third step: what a run would do, what is wrong, and mending it. */
export function CheckStep({ m, onStep }: { m: Import; onStep: (s: Step) => void }) {
  const { t } = useTranslation()
  const refresh = useRefresh(m.id)
  if (m.state === 'checking') {
    return (
      <Panel>
        {m.job_id ? (
          <JobProgress id={m.job_id} title={t('importer.checking')} onOver={() => void refresh()} />
        ) : (
          <SkeletonLines />
        )}
        <p className="muted">{t('importer.may_leave')}</p>
      </Panel>
    )
  }
  return <Checked m={m} onStep={onStep} />
}

/** useActions runs and checks an import and takes over what the server answers. */
function useActions(m: Import) {
  const client = useQueryClient()
  const refresh = useRefresh(m.id)
  const [busy, setBusy] = useState('')
  const [failure, setFailure] = useState<unknown>()
  const act = async (name: string, work: () => Promise<{ data?: Import }>): Promise<boolean> => {
    setBusy(name)
    setFailure(undefined)
    try {
      const { data } = await work()
      if (data) putImport(client, data)
      void refresh()
      return true
    } catch (e) {
      setFailure(e)
      return false
    } finally {
      setBusy('')
    }
  }
  return { busy, failure, act }
}

const path = (m: Import) => ({ params: { path: { id: m.id } } })

function Checked({ m, onStep }: { m: Import; onStep: (s: Step) => void }) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const client = useQueryClient()
  const targets = useTargets()
  const mayCreate = usePermission('customer.write')
  const { busy, failure, act } = useActions(m)
  const fields = api.useQuery(
    'get',
    '/api/v1/imports/fields',
    { params: { query: { target: m.target } } },
    { staleTime: 60_000 },
  )
  const check = () => act('check', () => http.POST('/api/v1/imports/{id}/check', path(m)))
  const create = () =>
    act('create', async () => {
      const { data } = await http.PUT('/api/v1/imports/{id}/options', {
        params: { ...path(m).params, header: { 'If-Match': `"${m.version}"` } },
        body: { ...m.options, create_customers: true },
      })
      if (data) putImport(client, data)
      return http.POST('/api/v1/imports/{id}/check', path(m))
    })
  const run = async () => {
    if (await act('run', () => http.POST('/api/v1/imports/{id}/run', path(m)))) onStep('result')
  }
  const n = ready(m.counts)
  const offer = mayCreate && m.target !== CUSTOMERS && !m.options.create_customers && m.counts.unknown_codes > 0
  return (
    <div className="stack">
      {failure !== undefined && <ErrorState inline error={failure} />}
      <Summary counts={m.counts} target={m.target} label={targets.label(m.target)} tense="will" />
      {offer && (
        <Panel title={t('importer.unknown.title', { n: num(m.counts.unknown_codes) })}>
          <p className="muted">{t('importer.unknown.hint')}</p>
          <ul className="codes">
            {m.counts.unknown?.slice(0, CODES_SHOWN).map((u) => (
              <li key={u.code}>
                {u.code} <span className="muted num">{t('importer.lines', { count: u.lines, n: num(u.lines) })}</span>
              </li>
            ))}
          </ul>
          <Button loading={busy === 'create'} onClick={() => void create()}>
            {t('importer.unknown.create', { n: num(m.counts.unknown_codes) })}
          </Button>
        </Panel>
      )}
      <Problems counts={m.counts} fields={fields.data?.items} />
      {(m.counts.refused > 0 || m.counts.set_aside > 0) && (
        <LinesPanel m={m} onCheck={() => void check()} checking={busy === 'check'} />
      )}
      <div className="step-bar">
        <span className="muted">{t(n > 0 ? 'importer.run_hint' : 'importer.nothing_to_run')}</span>
        <Button onClick={() => onStep('map')}>{t('importer.back_to_map')}</Button>
        <Button type="primary" disabled={n === 0} loading={busy === 'run'} onClick={() => void run()}>
          {t('importer.run', { count: n, n: num(n) })}
        </Button>
      </div>
    </div>
  )
}

const CODES_SHOWN = 40
