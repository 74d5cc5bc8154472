import { Checkbox, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Asks for the name of a new view and whether colleagues see it. */
export default function ViewName({
  onClose,
  onSave,
}: {
  onClose: () => void
  onSave: (name: string, shared: boolean) => Promise<unknown>
}) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    try {
      await onSave(name.trim(), shared)
      onClose()
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      width={400}
      title={t('kit.view.save_as')}
      okText={t('kit.save')}
      cancelText={t('kit.cancel')}
      okButtonProps={{ disabled: name.trim() === '', loading: busy }}
      onOk={() => void save()}
      onCancel={onClose}
    >
      <div className="stack">
        <Input
          autoFocus
          aria-label={t('kit.view.name')}
          placeholder={t('kit.view.name')}
          maxLength={60}
          value={name}
          onChange={(e) => setName(e.target.value)}
        />
        <Checkbox checked={shared} onChange={(e) => setShared(e.target.checked)}>
          {t('kit.view.share')}
        </Checkbox>
      </div>
    </Modal>
  )
}
