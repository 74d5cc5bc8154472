import { Button } from 'antd'
import { ArrowDown, ArrowUp, GripVertical } from 'lucide-react'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEditor } from './context'
import { entriesOf } from './parts'
import type { Path, Yaml } from './yaml'
import { shift } from './yamlEdit'

/** What is being dragged; a browser does not tell it while it is over something. */
let dragged: Path | undefined

const holderOf = (path: Path): Path => path.slice(0, -1)
const placeOf = (y: Yaml, path: Path): number =>
  entriesOf(y, holderOf(path)).findIndex((p) => String(p.at(-1)) === String(path.at(-1)))
const beside = (a: Path | undefined, b: Path): boolean =>
  a !== undefined && holderOf(a).join('\n') === holderOf(b).join('\n')

/** Handles that change the order of an entry: buttons, and a grip for the mouse. */
export function Reorder({ path, name }: { path: Path; name: string }) {
  const { t } = useTranslation()
  const { y, text } = useEditor()
  const at = placeOf(y, path)
  const last = entriesOf(y, holderOf(path)).length - 1
  const go = (by: 1 | -1) => text.change((now) => shift(now, holderOf(path), at, at + by))
  const drag = (e: DragEvent) => {
    dragged = path
    e.dataTransfer.effectAllowed = 'move'
    e.dataTransfer.setData('text/plain', name)
  }
  return (
    <span className="edit-order">
      <span
        className="edit-grip"
        draggable
        aria-hidden="true"
        onDragStart={drag}
        onDragEnd={() => {
          dragged = undefined
        }}
      >
        <GripVertical size={14} />
      </span>
      <Button
        size="small"
        type="text"
        disabled={at <= 0}
        aria-label={t('draft.order_up', { name })}
        icon={<ArrowUp size={14} strokeWidth={1.75} />}
        onClick={() => go(-1)}
      />
      <Button
        size="small"
        type="text"
        disabled={at < 0 || at >= last}
        aria-label={t('draft.order_down', { name })}
        icon={<ArrowDown size={14} strokeWidth={1.75} />}
        onClick={() => go(1)}
      />
    </span>
  )
}

/** useDropPlace lets an entry take what is dragged from the same list. */
export function useDropPlace(path: Path, on: boolean) {
  const { y, text } = useEditor()
  const [over, setOver] = useState(false)
  if (!on) return { over: false, handlers: {} }
  return {
    over,
    handlers: {
      onDragOver: (e: DragEvent) => {
        if (!beside(dragged, path)) return
        e.preventDefault()
        setOver(true)
      },
      onDragLeave: () => setOver(false),
      onDrop: (e: DragEvent) => {
        setOver(false)
        const from = dragged
        if (!from || !beside(from, path)) return
        e.preventDefault()
        const [a, b] = [placeOf(y, from), placeOf(y, path)]
        if (a >= 0 && b >= 0 && a !== b) text.change((now) => shift(now, holderOf(path), a, b))
      },
    },
  }
}
