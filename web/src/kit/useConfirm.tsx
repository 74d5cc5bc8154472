import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/error'

/** What is asked. `danger` colours the button; `action` runs while the dialog waits and shows its failure there. */
export interface Question {
  title: string
  text?: string
  ok: string
  danger?: boolean
  action?: () => Promise<unknown>
}

/** useConfirm asks before something that cannot be undone; it resolves true when it was agreed and done. */
export function useConfirm(): (q: Question) => Promise<boolean> {
  const { modal, message } = App.useApp()
  const { t } = useTranslation()
  return (q) =>
    new Promise((resolve) => {
      modal.confirm({
        title: q.title,
        content: q.text,
        icon: null,
        okText: q.ok,
        okButtonProps: { danger: q.danger },
        cancelText: t('kit.cancel'),
        autoFocusButton: q.danger ? 'cancel' : 'ok',
        onOk: async () => {
          try {
            await q.action?.()
            resolve(true)
          } catch (e) {
            void message.error(errorText(t, e))
            throw e
          }
        },
        onCancel: () => resolve(false),
      })
    })
}
