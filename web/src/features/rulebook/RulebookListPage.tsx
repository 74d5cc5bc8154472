import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { Plus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { DataTable } from '@/kit/DataTable'
import { EmptyState } from '@/kit/EmptyState'
import { GradeTag } from '@/kit/GradeTag'
import { toneOf } from '@/kit/grades'
import { Page } from '@/kit/Page'
import { StatusDot } from '@/kit/StatusDot'
import type { Column } from '@/kit/tableLayout'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'
import { CasesState, InForce, ProblemsState, stateTones } from './states'
import './rulebook.css'

const NewRulebook = lazy(() => import('./Drafts').then((m) => ({ default: m.NewRulebook })))

type Item = Schemas['RulebookItemView']

/** All rulebooks with what is in force. */
export default function RulebookListPage() {
  const { t } = useTranslation()
  const text = useText()
  const navigate = useNavigate()
  const mayWrite = usePermission('rulebook.write')
  const [creating, setCreating] = useState(false)
  const list = api.useQuery('get', '/api/v1/rulebooks')
  const open = (r: Item) => void navigate({ to: '/rulebooks/$id', params: { id: r.id }, search: {} })
  const columns: Column<Item>[] = [
    {
      key: 'title',
      title: t('rulebook.title'),
      width: 210,
      fixed: true,
      locked: true,
      render: (r) => (
        <Link className="link" to="/rulebooks/$id" params={{ id: r.id }} search={{}}>
          {text(r.title)}
        </Link>
      ),
    },
    {
      key: 'state',
      title: t('rulebook.state.title'),
      width: 100,
      render: (r) => <StatusDot label={t(`rulebook.state.${r.state}`)} tone={stateTones[r.state]} />,
    },
    { key: 'force', title: t('rulebook.in_force'), width: 190, render: (r) => <InForce item={r} /> },
    {
      key: 'newest',
      title: t('rulebook.newest'),
      width: 100,
      optional: true,
      render: (r) => <span className="num">{r.newest_version}</span>,
    },
    { key: 'scheme', title: t('rulebook.scheme'), width: 340, render: (r) => <SchemeTags scheme={r.scheme} /> },
    { key: 'problems', title: t('rulebook.problems'), width: 124, render: (r) => <ProblemsState item={r} /> },
    { key: 'cases', title: t('rulebook.cases'), width: 130, render: (r) => <CasesState item={r} /> },
    {
      key: 'origin',
      title: t('rulebook.origin.title'),
      width: 90,
      optional: true,
      render: (r) => t(`rulebook.origin.${r.origin}`),
    },
  ]
  return (
    <Page
      title={t('app.area.rulebook')}
      fill
      actions={
        mayWrite && (
          <Button type="primary" icon={<Plus size={16} strokeWidth={1.75} />} onClick={() => setCreating(true)}>
            {t('draft.list.new')}
          </Button>
        )
      }
    >
      {creating && (
        <Suspense fallback={null}>
          <NewRulebook onClose={() => setCreating(false)} />
        </Suspense>
      )}
      <DataTable<Item>
        id="rulebooks"
        label={t('app.area.rulebook')}
        columns={columns}
        rows={list.data?.items}
        rowKey={(r) => r.id}
        rowLabel={(r) => text(r.title)}
        error={list.error}
        onRetry={() => void list.refetch()}
        refreshing={list.isRefetching}
        total={list.data?.items.length}
        onOpen={open}
        bar={
          <>
            <span className="muted grow">{t('rulebook.list_hint')}</span>
            <Link className="link" to="/rulebook-coverage">
              {t('rulebook.coverage.title')}
            </Link>
          </>
        }
        card={(r) => (
          <>
            <div className="card-row">
              <Link className="card-link" to="/rulebooks/$id" params={{ id: r.id }} search={{}}>
                {text(r.title)}
              </Link>
              <StatusDot label={t(`rulebook.state.${r.state}`)} tone={stateTones[r.state]} />
            </div>
            <span className="muted">
              <InForce item={r} />
            </span>
            <SchemeTags scheme={r.scheme} />
            <div className="card-row">
              <ProblemsState item={r} />
              <CasesState item={r} />
            </div>
          </>
        )}
        empty={<EmptyState title={t('rulebook.none')} hint={t('rulebook.none_hint')} />}
      />
    </Page>
  )
}

const TAGS_SHOWN = 4

function SchemeTags({ scheme }: { scheme: Schemas['RuleScheme'] }) {
  const text = useText()
  const labels = scheme.labels ?? []
  return (
    <span className="tags">
      {labels.slice(0, TAGS_SHOWN).map((l) => (
        <GradeTag key={l.code} label={text(l.title)} tone={toneOf(l.tone)} />
      ))}
      {labels.length > TAGS_SHOWN && <span className="muted num">+{labels.length - TAGS_SHOWN}</span>}
    </span>
  )
}
