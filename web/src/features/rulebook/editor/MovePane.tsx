import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { FlaskConical } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { type ApiError, asApiError } from '@/api/error'
import { EmptyState } from '@/kit/EmptyState'
import { ErrorState } from '@/kit/ErrorState'
import { usePermission } from '@/kit/usePermission'
import { SimulationResult } from '../SimulationTab'
import { useEditor } from './context'
import type { SideProps } from './SidePane'

/** Who would move if the draft were in force: a run over all customers that stores nothing. */
export function MovePane({ draft, search, set }: SideProps) {
  const { t } = useTranslation()
  const { text } = useEditor()
  const may = usePermission('grading.run', 'all')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ApiError>()
  const scheme = useQuery({
    queryKey: ['rulebook-draft-outline', draft.id, search.job ?? ''],
    queryFn: async () =>
      (await http.GET('/api/v1/rulebook-drafts/{id}/outline', { params: { path: { id: draft.id } } })).data?.scheme,
  })
  const run = async () => {
    setBusy(true)
    setFailure(undefined)
    try {
      if (!(await text.save())) return
      const { data } = await http.POST('/api/v1/rulebook-drafts/{id}/simulate', {
        params: { path: { id: draft.id } },
        body: {},
      })
      if (data) set({ job: data.job_id, cell: undefined, scheme: undefined })
    } catch (e) {
      setFailure(asApiError(e))
    } finally {
      setBusy(false)
    }
  }
  if (!may) return <EmptyState title={t('draft.move.not_allowed')} />
  const button = (
    <Button
      type="primary"
      loading={busy}
      icon={<FlaskConical size={16} strokeWidth={1.75} />}
      onClick={() => void run()}
    >
      {t(search.job ? 'draft.move.again' : 'draft.move.do')}
    </Button>
  )
  return (
    <>
      {failure && <ErrorState inline error={failure} />}
      {search.job ? (
        <>
          <div className="edit-side-bar">{button}</div>
          {scheme.data && <SimulationResult job={search.job} scheme={scheme.data} shown={search} onShow={set} />}
        </>
      ) : (
        <EmptyState title={t('draft.move.none')} hint={t('draft.move.hint')} actions={button} />
      )}
    </>
  )
}
