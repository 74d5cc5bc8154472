import { Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listShortcuts, type Shortcut } from '@/kit/shortcuts'
import { useSuspendShortcuts } from '@/kit/useShortcut'

/** The shortcuts that work on this page. */
export default function ShortcutList({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [list] = useState(listShortcuts)
  useSuspendShortcuts(true)
  const groups = byGroup(list)
  return (
    <Modal open width={560} title={t('app.keys.title')} footer={null} onCancel={onClose}>
      <div className="keys">
        {[...groups].map(([group, items]) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {items.map((s) => (
                <div key={`${s.keys}${s.label}`}>
                  <dt>{s.label}</dt>
                  <dd>
                    <Keys keys={s.keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}

function byGroup(list: Shortcut[]): Map<string, Shortcut[]> {
  const groups = new Map<string, Shortcut[]>()
  for (const s of list) groups.set(s.group ?? '', [...(groups.get(s.group ?? '') ?? []), s])
  return groups
}

/** A shortcut as keys: `mod+k` is two keys, `g c` one after the other. */
export function Keys({ keys }: { keys: string }) {
  const mac = /Mac|iPhone|iPad/.test(navigator.userAgent)
  const shown = keys
    .split(/[ +]/)
    .map((k) => (k === 'mod' ? (mac ? '⌘' : 'Ctrl') : k.length === 1 ? k.toUpperCase() : k))
  return (
    <span className="kbds">
      {shown.map((k) => (
        <kbd key={k}>{k}</kbd>
      ))}
    </span>
  )
}
