import { App } from 'antd'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http, useRefreshUnder } from '@/api/client'
import { errorText } from '@/api/error'
import { useConfirm } from '@/kit/useConfirm'
import type { AreaAim } from './AreaForm'

const AreaForm = lazy(() => import('./AreaForm'))

interface Acts {
  /** Opens the form. */
  open: (aim: AreaAim) => void
  /** Ends a contract at once, after asking. */
  end: (contract: { id: string; version: number }, area: string) => Promise<unknown>
  /** The form, to be put into the page. */
  form: ReactNode
}

/** useAreaActs gives what the map and the list of areas have in common: contracting, changing, ending. */
export function useAreaActs(): Acts {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const confirm = useConfirm()
  const refresh = useRefreshUnder('/api/v1/ownership/areas')
  const [aim, setAim] = useState<AreaAim>()
  const end: Acts['end'] = (a, area) =>
    confirm({
      title: t('ownership.area.end_title', { area }),
      ok: t('ownership.area.end'),
      danger: true,
      action: async () => {
        try {
          await http.DELETE('/api/v1/ownership/areas/{id}', {
            params: { path: { id: a.id }, header: { 'If-Match': `"${a.version}"` } },
          })
        } catch (e) {
          void message.error(errorText(t, e))
        }
        await refresh()
      },
    })
  const form = <Suspense>{aim && <AreaForm aim={aim} onClose={() => setAim(undefined)} onSaved={refresh} />}</Suspense>
  return { open: setAim, end, form }
}
