import { Button } from 'antd'
import { Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useEditor } from './context'
import type { Path } from './yaml'
import { take } from './yamlEdit'

/** Takes an entry away; the history brings it back. */
export function DropButton({ path, name }: { path: Path; name: string }) {
  const { t } = useTranslation()
  const { text } = useEditor()
  return (
    <Button
      size="small"
      type="text"
      className="edit-drop-row"
      aria-label={t('draft.remove', { name })}
      icon={<Trash2 size={14} strokeWidth={1.75} />}
      onClick={() => text.change((now) => take(now, path))}
    />
  )
}
