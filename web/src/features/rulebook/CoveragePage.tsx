import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { EmptyState } from '@/kit/EmptyState'
import { QueryView } from '@/kit/Loading'
import { Num } from '@/kit/Money'
import { KeyFigures, Page, Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { StatusDot, type StatusTone } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { PanelSkeleton } from './PanelSkeleton'
import './rulebook.css'

type Regulation = Schemas['RulebookRegulationCoverage']
type Article = Schemas['RulebookArticleCoverage']

const tones: Record<Article['state'], StatusTone> = { implemented: 'ok', missing: 'bad', advice: 'neutral' }

/** Clause by clause: what is carried out and proved, what is advice, what is missing. */
export default function CoveragePage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const query = api.useQuery('get', '/api/v1/rulebooks/coverage')
  return (
    <Page
      title={t('rulebook.coverage.title')}
      back={{ label: t('app.area.rulebook'), onClick: () => void navigate({ to: '/rulebooks' }) }}
    >
      <QueryView query={query} skeleton={<PanelSkeleton />}>
        {(c) => (
          <div className="stack">
            <Panel>
              <KeyFigures
                items={[
                  { label: t('rulebook.coverage.clauses'), value: <Num value={c.clauses} /> },
                  { label: t('rulebook.coverage.implemented'), value: <Num value={c.implemented} /> },
                  { label: t('rulebook.coverage.advice'), value: <Num value={c.advice} /> },
                  { label: t('rulebook.coverage.missing'), value: <Num value={c.missing} /> },
                ]}
              />
            </Panel>
            <Regulations list={c.regulations.filter((r) => r.rulebook !== '')} />
          </div>
        )}
      </QueryView>
    </Page>
  )
}

function Regulations({ list }: { list: Regulation[] }) {
  const { t } = useTranslation()
  const text = useText()
  if (list.length === 0) return <EmptyState title={t('rulebook.none')} hint={t('rulebook.none_hint')} />
  return (
    <Panel title={t('rulebook.coverage.by_rulebook')} flush>
      <ul className="cases">
        {list.map((r) => (
          <li key={r.id}>
            <details>
              <summary>
                <StatusDot
                  label={t('rulebook.coverage.of', { n: r.implemented, total: r.clauses })}
                  tone={r.missing.length === 0 ? 'ok' : 'warn'}
                />
                <span className="case-name">{text(r.title) || r.rulebook}</span>
              </summary>
              <p className="panel-note">
                <Link className="link" to="/rulebooks/$id" params={{ id: r.rulebook }} search={{}}>
                  {t('rulebook.coverage.open')}
                </Link>
              </p>
              <Articles list={r.articles} />
            </details>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Articles({ list }: { list: Article[] }) {
  const { t } = useTranslation()
  const text = useText()
  return (
    <PlainTable
      rows={list}
      rowKey={(a) => a.number}
      columns={[
        { key: 'clause', title: t('rulebook.clause'), head: true, render: (a) => `${a.number} ${text(a.title)}` },
        {
          key: 'state',
          title: t('rulebook.state.title'),
          render: (a) => <StatusDot label={t(`rulebook.coverage.${a.state}`)} tone={tones[a.state]} />,
        },
        { key: 'by', title: t('rulebook.coverage.by'), render: (a) => (a.by ?? []).join(', ') || '—' },
      ]}
    />
  )
}
