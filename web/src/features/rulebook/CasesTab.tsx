import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { EmptyState } from '@/kit/EmptyState'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { StatusDot } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { Clause } from '@/kit/Why'
import { PanelSkeleton } from './ClausesTab'
import { caseText } from './carried'
import type { TabProps } from './RulebookPage'

type Case = Schemas['RuleCaseResult']

/** The worked examples: what goes in, what must come out, and what did. */
export function CasesTab({ book, version, set }: TabProps) {
  const { t } = useTranslation()
  const path = { params: { path: { id: book.id, version } } }
  const query = api.useQuery('get', '/api/v1/rulebooks/{id}/versions/{version}/cases', path)
  const files = api.useQuery('get', '/api/v1/rulebooks/{id}/versions/{version}/files', path)
  const source = files.data?.files['cases.yaml']
  return (
    <QueryView
      query={query}
      skeleton={
        <Panel>
          <PanelSkeleton />
        </Panel>
      }
    >
      {(r) => (
        <div className="stack">
          <Panel flush>
            {r.cases.length === 0 ? (
              <EmptyState title={t('rulebook.case.none')} hint={t('rulebook.case.none_hint')} />
            ) : (
              <>
                <p className="panel-note">
                  <StatusDot
                    label={t('rulebook.passed', { passed: r.passed, total: r.passed + r.failed })}
                    tone={r.failed > 0 ? 'bad' : 'ok'}
                  />
                </p>
                <ul className="cases">
                  {[...r.cases]
                    .sort((a, b) => Number(a.passed) - Number(b.passed) || a.line - b.line)
                    .map((c) => (
                      <CaseItem key={c.line} result={c} source={source} />
                    ))}
                </ul>
              </>
            )}
          </Panel>
          <Unreached list={r.unreached} onClause={(clause) => set({ tab: 'clauses', clause })} />
        </div>
      )}
    </QueryView>
  )
}

function CaseItem({ result: c, source }: { result: Case; source?: string }) {
  const { t } = useTranslation()
  const text = useText()
  const diffs = c.diffs ?? []
  return (
    <li>
      <details open={!c.passed}>
        <summary>
          <StatusDot
            label={t(c.passed ? 'rulebook.case.passed' : 'rulebook.case.failed')}
            tone={c.passed ? 'ok' : 'bad'}
          />
          <span className="case-name">{text(c.name)}</span>
        </summary>
        <div className="case-body">
          {source !== undefined && <code className="part-code">{caseText(source, c.line)}</code>}
          {diffs.length > 0 && (
            <table className="plain">
              <caption className="offscreen">{t('rulebook.case.differences')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('rulebook.case.field')}</th>
                  <th scope="col">{t('rulebook.case.want')}</th>
                  <th scope="col">{t('rulebook.case.got')}</th>
                </tr>
              </thead>
              <tbody>
                {diffs.map((d) => (
                  <tr key={d.field}>
                    <th scope="row">{d.field}</th>
                    <td className="num">{d.want || '—'}</td>
                    <td className="num case-got">{d.got || '—'}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </div>
      </details>
    </li>
  )
}

function Unreached({ list, onClause }: { list: Schemas['RuleUnreached'][]; onClause: (c: string) => void }) {
  const { t } = useTranslation()
  const text = useText()
  if (list.length === 0) return null
  return (
    <Panel title={t('rulebook.case.unreached')}>
      <ul className="lines">
        {list.map((u) => (
          <li key={`${u.kind}-${u.ref}-${u.line}`}>
            <span>{text(u.message)}</span>
            <Clause clause={u.clause} onClause={onClause} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}
