import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { useFormat } from '@/kit/format'
import { useConfirm } from '@/kit/useConfirm'
import { usePermission } from '@/kit/usePermission'
import { CUSTOMERS, type Import, putImport } from './data'

/** useRevert takes a finished import back, after saying what will happen. `may` tells whether the person is allowed to. */
export function useRevert() {
  const { t } = useTranslation()
  const { num, locale } = useFormat()
  const client = useQueryClient()
  const confirm = useConfirm()
  const may = usePermission('import.revert')
  const ask = (m: Import) => {
    const c = m.counts
    const text = [
      m.target !== CUSTOMERS && t('importer.revert_facts', { n: num(c.imported) }),
      c.customers_created > 0 && t('importer.revert_created', { n: num(c.customers_created) }),
      c.customers_updated > 0 && t('importer.revert_updated', { n: num(c.customers_updated) }),
      t('importer.revert_after'),
    ]
    return confirm({
      title: t('importer.revert_title', { file: m.file_name }),
      text: text.filter(Boolean).join(locale === 'zh' ? '' : ' '),
      ok: t('importer.revert'),
      danger: true,
      action: async () => {
        const { data } = await http.POST('/api/v1/imports/{id}/revert', { params: { path: { id: m.id } } })
        if (data) putImport(client, data)
        await client.invalidateQueries({ queryKey: ['get', '/api/v1/imports'] })
        void client.invalidateQueries({ queryKey: ['jobs'], exact: true })
      },
    })
  }
  return { may, ask }
}
