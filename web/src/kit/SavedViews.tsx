import { Button } from 'antd'
import { Pin, Trash2, Users } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'

const ViewName = lazy(() => import('./ViewName'))

/** A stored search of a list. `state` is the part of the URL after `?`, without the open record. */
export interface SavedView {
  id: string
  name: string
  shared: boolean
  mine: boolean
  state: string
  /** The list opens with it. */
  first?: boolean
}

interface Props {
  views: SavedView[]
  /** The chosen view; undefined is the list without one. */
  current: string | undefined
  /** What the list shows now, to be compared with the chosen view's state. */
  state: string
  onChoose: (v: SavedView | undefined) => void
  onSave: (v: SavedView) => Promise<unknown>
  onSaveAs: (name: string, shared: boolean) => Promise<unknown>
  onDelete: (v: SavedView) => void
  /** Makes a view the one the list opens with, or no longer. */
  onFirst?: (v: SavedView, first: boolean) => void
  /** Words for the list without a view, for example 全部客户. */
  all: string
}

/** sameState compares two query strings regardless of the order of their parts. */
export function sameState(a: string, b: string): boolean {
  const norm = (s: string) => {
    const list = [...new URLSearchParams(s)].map(([k, v]) => `${k}=${v}`)
    return list.sort().join('&')
  }
  return norm(a) === norm(b)
}

/** The views of a list as a row of tabs; a changed view offers save, save as and reset. */
export function SavedViews(p: Props) {
  const { t } = useTranslation()
  const [naming, setNaming] = useState(false)
  const chosen = p.views.find((v) => v.id === p.current)
  const changed = !sameState(p.state, chosen?.state ?? '')
  return (
    <div className="views">
      <nav className="views-list" aria-label={t('kit.view.views')}>
        <ViewTab label={p.all} on={!chosen} onClick={() => p.onChoose(undefined)} />
        {p.views.map((v) => (
          <ViewTab
            key={v.id}
            label={v.name}
            shared={v.shared}
            on={v.id === p.current}
            changed={v.id === p.current && changed}
            onClick={() => p.onChoose(v)}
          />
        ))}
      </nav>
      {changed && (
        <span className="views-save">
          <span className="muted">{t('kit.view.changed')}</span>
          {chosen?.mine && (
            <Button size="small" type="primary" onClick={() => void p.onSave({ ...chosen, state: p.state })}>
              {t('kit.view.save')}
            </Button>
          )}
          <Button size="small" onClick={() => setNaming(true)}>
            {t('kit.view.save_as')}
          </Button>
          <Button size="small" type="text" onClick={() => p.onChoose(chosen)}>
            {t('kit.view.reset')}
          </Button>
        </span>
      )}
      {chosen?.mine && p.onFirst && (
        <Button
          type="text"
          size="small"
          aria-pressed={chosen.first}
          aria-label={t(chosen.first ? 'kit.view.not_first' : 'kit.view.first')}
          title={t(chosen.first ? 'kit.view.not_first' : 'kit.view.first')}
          icon={<Pin size={14} strokeWidth={1.75} fill={chosen.first ? 'currentColor' : 'none'} />}
          onClick={() => p.onFirst?.(chosen, !chosen.first)}
        />
      )}
      {chosen?.mine && (
        <Button
          type="text"
          size="small"
          aria-label={t('kit.view.delete')}
          title={t('kit.view.delete')}
          icon={<Trash2 size={14} strokeWidth={1.75} />}
          onClick={() => p.onDelete(chosen)}
        />
      )}
      <Suspense>{naming && <ViewName onClose={() => setNaming(false)} onSave={p.onSaveAs} />}</Suspense>
    </div>
  )
}

function ViewTab(p: { label: string; on: boolean; shared?: boolean; changed?: boolean; onClick: () => void }) {
  const { t } = useTranslation()
  return (
    <button type="button" className="view-tab" aria-current={p.on ? 'true' : undefined} onClick={p.onClick}>
      {p.label}
      {p.shared && <Users size={12} aria-label={t('kit.view.shared')} />}
      {p.changed && <i className="view-dot" aria-hidden />}
    </button>
  )
}
