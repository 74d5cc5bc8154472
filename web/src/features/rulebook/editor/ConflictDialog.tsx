import { Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { Choice } from '@/kit/Choice'
import { collisions } from './history'
import type { DraftText } from './useDraft'

/** Somebody else saved meanwhile: file by file, whose text shall stay. */
export function ConflictDialog({ theirs, text }: { theirs: Schemas['RulebookDraftView']; text: DraftText }) {
  const { t } = useTranslation()
  const list = collisions(text.common(), text.files, theirs.files)
  const [mine, setMine] = useState<Record<string, boolean>>(() =>
    Object.fromEntries(list.map((c) => [c.file, c.mineChanged && !c.theirsChanged])),
  )
  const settle = () => {
    const files = { ...theirs.files }
    for (const c of list) if (mine[c.file]) files[c.file] = text.files[c.file] ?? ''
    text.settle(theirs)
    text.replaceAll(files)
  }
  return (
    <Modal
      open
      title={t('draft.conflict.title')}
      okText={t('draft.conflict.ok')}
      onOk={settle}
      closable={false}
      keyboard={false}
      maskClosable={false}
      cancelButtonProps={{ hidden: true }}
    >
      <div className="stack">
        <p>{t('draft.conflict.text', { name: theirs.updated_by })}</p>
        {list.map((c) => (
          <div key={c.file} className="edit-conflict">
            <b>{c.file}</b>
            <Choice
              label={c.file}
              value={mine[c.file] ? 'mine' : 'theirs'}
              options={[
                { value: 'theirs', label: t('draft.conflict.theirs') },
                { value: 'mine', label: t('draft.conflict.mine') },
              ]}
              onChange={(v) => setMine((m) => ({ ...m, [c.file]: v === 'mine' }))}
            />
          </div>
        ))}
        <p className="muted">{t('draft.conflict.undo')}</p>
      </div>
    </Modal>
  )
}
