import { ArrowLeft } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'

/** useTitle names the browser tab. */
export function useTitle(title: string): void {
  const { t } = useTranslation()
  useEffect(() => {
    document.title = title ? `${title} · ${t('app.name')}` : t('app.name')
  }, [title, t])
}

interface PageProps {
  title: string
  /** Small text beside the title, for example a count. */
  note?: ReactNode
  actions?: ReactNode
  /** A list page: the table fills the height of the window and scrolls inside. */
  fill?: boolean
  /** Where the arrow above the title leads. */
  back?: { label: string; onClick: () => void }
  badges?: ReactNode
  children: ReactNode
}

/** A page: title, actions, content. */
export function Page(p: PageProps) {
  useTitle(p.title)
  return (
    <div className={p.fill ? 'page page-fill' : 'page'}>
      {p.back && (
        <button type="button" className="back" onClick={p.back.onClick}>
          <ArrowLeft size={14} />
          {p.back.label}
        </button>
      )}
      <header className="head">
        <h1>{p.title}</h1>
        {p.badges}
        {p.note !== undefined && <span className="muted num">{p.note}</span>}
        <span className="grow" />
        {p.actions && <div className="head-actions">{p.actions}</div>}
      </header>
      {p.children}
    </div>
  )
}

/** A white card with an optional title and things at its right. Never put one into another. */
export function Panel({
  title,
  extra,
  children,
  flush,
}: {
  title?: string
  extra?: ReactNode
  children: ReactNode
  flush?: boolean
}) {
  return (
    <section className={flush ? 'panel panel-flush' : 'panel'} aria-label={title}>
      {(title || extra) && (
        <div className="panel-title">
          {title && <h2>{title}</h2>}
          <span className="grow" />
          {extra}
        </div>
      )}
      {children}
    </section>
  )
}

/** Three or four figures that matter, without boxes. */
export function KeyFigures({ items }: { items: { label: string; value: ReactNode; hint?: ReactNode }[] }) {
  return (
    <dl className="figures">
      {items.map((i) => (
        <div key={i.label}>
          <dt>{i.label}</dt>
          <dd className="num">{i.value}</dd>
          {i.hint && <dd className="muted figure-hint">{i.hint}</dd>}
        </div>
      ))}
    </dl>
  )
}

/** Fields of a record: label above value. */
export function Fields({ items }: { items: { label: string; value: ReactNode; wide?: boolean }[] }) {
  return (
    <dl className="fields">
      {items.map((i) => (
        <div key={i.label} className={i.wide ? 'field-wide' : undefined}>
          <dt>{i.label}</dt>
          <dd>{i.value || '—'}</dd>
        </div>
      ))}
    </dl>
  )
}

/** The full page of a record: `main` left, `side` right (400 px); one column below 1100 px, side first when `sideFirst`. */
export function RecordLayout({ main, side, sideFirst }: { main: ReactNode; side: ReactNode; sideFirst?: boolean }) {
  return (
    <div className={sideFirst ? 'record side-first' : 'record'}>
      <div className="record-main">{main}</div>
      <div className="record-side">{side}</div>
    </div>
  )
}

/** Buttons at the thumb on the phone (call, record a visit); hidden on wide screens. */
export function ThumbBar({ children }: { children: ReactNode }) {
  return <div className="thumb-bar">{children}</div>
}
