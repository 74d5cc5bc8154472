import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Tag } from 'antd'
import { Plus } from 'lucide-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { DateInput } from '@/kit/DateInput'
import { EmptyState } from '@/kit/EmptyState'
import { QueryView } from '@/kit/Loading'
import { NoAccess } from '@/kit/NoAccess'
import { Page, Panel } from '@/kit/Page'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'
import { type Branch, treeOf, type Unit } from './data'
import './admin.css'

const UnitForm = lazy(() => import('./UnitForm'))
const UnitPanel = lazy(() => import('./UnitPanel'))

/** The units of the company as a tree, today or as they were on a day. */
export default function UnitsPage() {
  const { t } = useTranslation()
  const may = usePermission('user.manage')
  return may ? <Units /> : <NoAccess title={t('admin.page.units')} />
}

function Units() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { on, open } = useSearch({ from: '/shell/settings/units' })
  const query = api.useQuery('get', '/api/v1/units', { params: { query: { on } } }, { staleTime: 60_000 })
  const [below, setBelow] = useState<string>()
  const set = (s: { on?: string; open?: string }) =>
    void navigate({ to: '/settings/units', search: (was) => ({ ...was, ...s }), replace: true })
  const add = (
    <Button type="primary" icon={<Plus size={16} strokeWidth={1.75} />} onClick={() => setBelow('')}>
      {t('unit.add')}
    </Button>
  )
  return (
    <Page title={t('admin.page.units')} actions={add}>
      <div className="settings-column">
        <div className="row">
          <span className="muted">{t('unit.on')}</span>
          <DateInput value={on} onChange={(day) => set({ on: day || undefined })} aria-label={t('unit.on')} />
          {on && <Button onClick={() => set({ on: undefined })}>{t('unit.back_today')}</Button>}
        </div>
        <QueryView query={query} lines={6}>
          {(list) =>
            list.items.length === 0 ? (
              on ? (
                <EmptyState title={t('unit.none_on')} hint={t('unit.none_on_hint')} />
              ) : (
                <EmptyState title={t('unit.none')} hint={t('unit.none_hint')} actions={add} />
              )
            ) : (
              <Panel>
                <p className="muted">{on ? t('unit.on_past', { day: on }) : t('unit.about')}</p>
                <Tree units={list.items} past={Boolean(on)} onOpen={(id) => set({ open: id })} onAdd={setBelow} />
              </Panel>
            )
          }
        </QueryView>
      </div>
      <Suspense>
        {below !== undefined && <UnitForm parent={below} onClose={() => setBelow(undefined)} />}
        {open && <UnitPanel key={open} id={open} onClose={() => set({ open: undefined })} />}
      </Suspense>
    </Page>
  )
}

interface TreeProps {
  units: Unit[]
  past: boolean
  onOpen: (id: string) => void
  onAdd: (below: string) => void
}

function Tree({ units, past, onOpen, onAdd }: TreeProps) {
  const tree = useMemo(() => treeOf(units), [units])
  return (
    <ul className="tree">
      {tree.map((b) => (
        <Row key={b.unit.id} branch={b} past={past} onOpen={onOpen} onAdd={onAdd} />
      ))}
    </ul>
  )
}

function Row({ branch: { unit, depth }, past, onOpen, onAdd }: Omit<TreeProps, 'units'> & { branch: Branch }) {
  const { t } = useTranslation()
  const words = useText()
  const name = words({ zh: unit.name_zh, en: unit.name_en })
  return (
    <li className={`depth-${Math.min(depth, DEEPEST)}`}>
      <button type="button" className="card-link card-button" onClick={() => onOpen(unit.id)}>
        {name}
      </button>
      <Tag>{t(`unit.kind.${unit.kind}`)}</Tag>
      <span className="muted num">{unit.code}</span>
      {unit.until && <span className="muted num">{t('unit.ends', { until: unit.until })}</span>}
      <span className="muted grow tree-people">
        {[unit.manager_name, !past && unit.people > 0 && t('unit.people', { count: unit.people })]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {!past && (
        <Button
          type="text"
          size="small"
          aria-label={t('unit.add_below', { name })}
          icon={<Plus size={14} />}
          onClick={() => onAdd(unit.id)}
        />
      )}
    </li>
  )
}

const DEEPEST = 4
