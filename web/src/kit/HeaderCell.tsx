import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import type { HTMLAttributes, KeyboardEvent, PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { MAX_WIDTH, MIN_WIDTH } from './tableLayout'

const KEY_STEP_PX = 16

/** What a header needs beyond the cell's own attributes. `order` undefined: the column cannot be sorted. */
export interface HeaderProps {
  label: string
  columnWidth: number
  order: 'ascending' | 'descending' | 'none' | undefined
  onOrder: () => void
  onResize: (width: number) => void
}

/** A header cell: a button that sorts, and a handle that drags the width (arrow keys move it too). */
export function HeaderCell(p: HTMLAttributes<HTMLTableCellElement> & Partial<HeaderProps>) {
  const { label, columnWidth, order, onOrder, onResize, children, ...cell } = p
  if (label === undefined || columnWidth === undefined || !onResize) return <th {...cell}>{children}</th>
  return (
    <th {...cell} aria-sort={order === 'none' ? undefined : order}>
      {order === undefined ? (
        <span className="th-label">{label}</span>
      ) : (
        <button type="button" className="th-sort" onClick={onOrder}>
          <span className="th-label">{label}</span>
          {order === 'ascending' ? (
            <ArrowUp size={12} />
          ) : order === 'descending' ? (
            <ArrowDown size={12} />
          ) : (
            <ChevronsUpDown size={12} className="th-idle" />
          )}
        </button>
      )}
      <Handle label={label} width={columnWidth} onResize={onResize} />
    </th>
  )
}

function Handle({ label, width, onResize }: { label: string; width: number; onResize: (w: number) => void }) {
  const { t } = useTranslation()
  const drag = (e: PointerEvent<HTMLElement>) => {
    const el = e.currentTarget
    const from = e.clientX
    el.setPointerCapture(e.pointerId)
    const moved = (m: globalThis.PointerEvent) => onResize(width + m.clientX - from)
    const done = () => {
      el.removeEventListener('pointermove', moved)
      el.removeEventListener('pointerup', done)
      el.removeEventListener('pointercancel', done)
    }
    el.addEventListener('pointermove', moved)
    el.addEventListener('pointerup', done)
    el.addEventListener('pointercancel', done)
  }
  const key = (e: KeyboardEvent) => {
    if (e.key !== 'ArrowLeft' && e.key !== 'ArrowRight') return
    e.preventDefault()
    onResize(width + (e.key === 'ArrowLeft' ? -KEY_STEP_PX : KEY_STEP_PX))
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a movable separator is a widget; hr cannot be one.
    <span
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t('kit.table.width_of', { name: label })}
      aria-valuenow={width}
      aria-valuemin={MIN_WIDTH}
      aria-valuemax={MAX_WIDTH}
      className="th-handle"
      onPointerDown={drag}
      onKeyDown={key}
    />
  )
}
