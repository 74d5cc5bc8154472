import { App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas, useRefreshUnder } from '@/api/client'
import { errorText } from '@/api/error'
import { EmptyState } from '@/kit/EmptyState'
import { useFormat } from '@/kit/format'
import { JobProgress } from '@/kit/JobProgress'
import { QueryView } from '@/kit/Loading'
import { KeyFigures, Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { useText } from '@/kit/text'
import { LinesPanel } from './LinesPanel'
import type { OwnerSearch } from './routes'

type Run = Schemas['OwnershipRunView']

interface Props {
  search: OwnerSearch
  set: (patch: OwnerSearch) => void
}

/** The rules in the order of their precedence, and what the newest run of them would change. */
export function RulesTab({ search, set }: Props) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const rules = api.useQuery('get', '/api/v1/ownership/rules')
  const runs = api.useQuery('get', '/api/v1/ownership/runs')
  const runID = search.run ?? runs.data?.items[0]?.id
  const [job, setJob] = useState<string>()
  const refresh = useRefreshUnder('/api/v1/ownership', '/api/v1/customers', '/api/v1/duties', '/api/v1/workbench')
  const begin = async (rulebook: string) => {
    try {
      await http.POST('/api/v1/ownership/runs', { body: { rulebook } })
      setJob(undefined)
      set({ run: undefined, kind: undefined })
      await refresh()
    } catch (e) {
      void message.error(errorText(t, e))
    }
  }
  const apply = async (customers?: string[]) => {
    if (!runID) return
    try {
      const { data } = await http.POST('/api/v1/ownership/runs/{id}/apply', {
        params: { path: { id: runID } },
        body: customers ? { customers } : { all: true },
      })
      setJob(data?.job_id)
    } catch (e) {
      void message.error(errorText(t, e))
    }
  }
  return (
    <QueryView query={rules} lines={6}>
      {(r) =>
        r.items.length === 0 ? (
          <EmptyState title={t('ownership.no_rules')} hint={t('ownership.no_rules_hint')} />
        ) : (
          <>
            {r.items.map((book) => (
              <RulesPanel key={book.rulebook} book={book} onBegin={() => void begin(book.rulebook)} />
            ))}
            {job && (
              <Panel>
                <JobProgress key={job} id={job} title={t('ownership.applying')} onOver={() => void refresh()} />
              </Panel>
            )}
            {search.run ? (
              <RunPanels id={search.run} search={search} set={set} apply={apply} />
            ) : (
              <QueryView query={runs} lines={6}>
                {(list) =>
                  list.items[0] ? (
                    <RunPanels id={list.items[0].id} search={search} set={set} apply={apply} />
                  ) : (
                    <EmptyState title={t('ownership.no_runs')} hint={t('ownership.no_runs_hint')} />
                  )
                }
              </QueryView>
            )}
          </>
        )
      }
    </QueryView>
  )
}

function RulesPanel({ book, onBegin }: { book: Schemas['OwnershipRulesView']; onBegin: () => void }) {
  const { t } = useTranslation()
  const text = useText()
  return (
    <Panel
      title={text(book.title)}
      extra={
        <Button type="primary" onClick={onBegin}>
          {t('ownership.begin')}
        </Button>
      }
    >
      <PlainTable
        rows={book.rules}
        rowKey={(x) => x.key}
        caption={t('ownership.tab.rules')}
        note={t('ownership.rules_note')}
        columns={[
          { key: 'n', title: t('ownership.precedence'), num: true, render: (x) => x.precedence },
          { key: 'title', title: t('ownership.rule'), head: true, render: (x) => text(x.title) },
          {
            key: 'owner',
            title: t('ownership.goes_to'),
            render: (x) => t(`ownership.by.${x.by}`, { role: text(x.role), name: x.name }),
          },
          { key: 'clause', title: t('ownership.clause'), num: true, render: (x) => x.clause },
        ]}
      />
      {book.caps.length > 0 && (
        <p className="panel-note muted">
          {book.caps.map((c) => t('ownership.cap', { role: text(c.role), n: c.at_most })).join(' · ')}
        </p>
      )}
    </Panel>
  )
}

function RunPanels({ id, search, set, apply }: Props & { id: string; apply: (ids?: string[]) => Promise<void> }) {
  const query = api.useQuery('get', '/api/v1/ownership/runs/{id}', { params: { path: { id } } })
  const { t } = useTranslation()
  const { num } = useFormat()
  const refresh = useRefreshUnder('/api/v1/ownership/runs')
  return (
    <QueryView query={query} lines={6}>
      {(run) =>
        run.state !== 'ready' ? (
          <Panel title={t(`ownership.run.${run.state}`)}>
            <JobProgress
              key={run.id}
              id={run.id}
              title={t('ownership.working')}
              onOver={() => run.state === 'working' && void refresh()}
            />
          </Panel>
        ) : (
          <>
            <Panel>
              <KeyFigures
                items={[
                  { label: t('ownership.in_scope'), value: num(run.in_scope) },
                  { label: t('ownership.kind.move'), value: num(run.moves) },
                  { label: t('ownership.conflicts'), value: num(run.conflicts) },
                  { label: t('ownership.kind.nobody'), value: num(run.unowned) },
                  { label: t('ownership.applied'), value: num(run.applied) },
                ]}
              />
            </Panel>
            <LinesPanel run={run} search={search} set={set} apply={apply} />
            <Loads run={run} />
          </>
        )
      }
    </QueryView>
  )
}

function Loads({ run }: { run: Run }) {
  const { t } = useTranslation()
  const { num } = useFormat()
  return (
    <Panel title={t('ownership.loads')} flush>
      <PlainTable
        rows={run.loads}
        rowKey={(x) => x.user_id || 'nobody'}
        columns={[
          { key: 'name', title: t('ownership.person'), head: true, render: (x) => x.name || t('ownership.nobody') },
          { key: 'before', title: t('ownership.before'), num: true, right: true, render: (x) => num(x.before) },
          { key: 'after', title: t('ownership.after'), num: true, right: true, render: (x) => num(x.after) },
          {
            key: 'cap',
            title: t('ownership.at_most'),
            num: true,
            right: true,
            render: (x) => (x.cap ? num(x.cap) : '—'),
          },
        ]}
      />
    </Panel>
  )
}
