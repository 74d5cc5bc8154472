import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { EmptyState } from '@/kit/EmptyState'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { StatusDot } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { Clause } from '@/kit/Why'
import { caseText } from './carried'
import { PanelSkeleton } from './PanelSkeleton'
import type { TabProps } from './RulebookPage'

type Case = Schemas['RuleCaseResult']

/** The worked examples: what goes in, what must come out, and what did. */
export function CasesTab({ book, version, set }: TabProps) {
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
      {(r) => <CaseResults result={r} source={source} onClause={(clause) => set({ tab: 'clauses', clause })} />}
    </QueryView>
  )
}

/** How the cases came out, those that failed first, and what none of them reaches. */
export function CaseResults(p: {
  result: Schemas['RulebookCasesView']
  source?: string
  onClause: (clause: string) => void
  /** Takes what came out of some cases as what they shall expect; only where the cases can be changed. */
  onAccept?: (cases: Case[]) => void
}) {
  const { t } = useTranslation()
  const r = p.result
  const accept = p.onAccept
  const wrong = r.cases.filter((c) => !c.passed && (c.diffs ?? []).length > 0)
  return (
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
              {accept && wrong.length > 1 && (
                <Button size="small" className="case-accept" onClick={() => accept(wrong)}>
                  {t('rulebook.case.accept_all', { count: wrong.length })}
                </Button>
              )}
            </p>
            <ul className="cases">
              {[...r.cases]
                .sort((a, b) => Number(a.passed) - Number(b.passed) || a.line - b.line)
                .map((c) => (
                  <CaseItem key={c.line} result={c} source={p.source} onAccept={accept && (() => accept([c]))} />
                ))}
            </ul>
          </>
        )}
      </Panel>
      <Unreached list={r.unreached} onClause={p.onClause} />
    </div>
  )
}

function CaseItem({ result: c, source, onAccept }: { result: Case; source?: string; onAccept?: () => void }) {
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
          {diffs.length > 0 && onAccept && (
            <Button size="small" className="case-accept" onClick={onAccept}>
              {t('rulebook.case.accept')}
            </Button>
          )}
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
          <li key={`${u.kind}-${u.ref}-${u.line}-${u.message.en}`}>
            <span>{text(u.message)}</span>
            <Clause clause={u.clause} onClause={onClause} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}
