import { App, Button } from 'antd'
import { X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { errorText } from '@/api/error'
import { useFormat } from '@/kit/format'
import { JobProgress } from '@/kit/JobProgress'
import type { Job } from '@/kit/jobs'
import type { BulkResult } from './BulkDialog'

const undoable = new Set(['assign', 'add_tag', 'remove_tag', 'set_status'])

interface Props {
  result: BulkResult
  onOver: () => void
  onChange: (r: BulkResult | undefined) => void
}

/** How a change of many customers ended, with a way to take it back; while it runs, how far it is. */
export default function BulkOutcome({ result: r, onOver, onChange }: Props) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const { message } = App.useApp()
  const [busy, setBusy] = useState(false)
  const [changed, setChanged] = useState(r.changed)
  const [over, setOver] = useState(r.job_id === '')
  const title = t(`customer.bulk.${r.action}`)
  const undo = async () => {
    setBusy(true)
    try {
      const { data } = await http.POST('/api/v1/customers/bulk/{id}/undo', { params: { path: { id: r.id } } })
      if (data) {
        setOver(data.job_id === '' || data.state === 'undone')
        onChange(data)
        onOver()
      }
    } catch (e) {
      void message.error(errorText(t, e))
    } finally {
      setBusy(false)
    }
  }
  /** A job that failed or was stopped stays on show with what it says. */
  const finish = (j: Job) => {
    setOver(j.state === 'done')
    const { changed: n } = (j.result ?? {}) as { changed?: number }
    if (n !== undefined) setChanged(n)
    onOver()
  }
  const undone = r.state === 'undone' || r.state === 'undoing'
  return (
    <div className="notice" role="status">
      {r.job_id !== '' && !over ? (
        <div className="grow">
          <JobProgress id={r.job_id} title={undone ? t('customer.bulk.undoing') : title} onOver={finish} />
        </div>
      ) : (
        <span className="grow">
          {undone
            ? t('customer.bulk.undone', { what: title })
            : t('customer.bulk.done', { what: title, n: num(changed) })}
        </span>
      )}
      {over && !undone && undoable.has(r.action) && (
        <Button size="small" loading={busy} onClick={() => void undo()}>
          {t('customer.undo')}
        </Button>
      )}
      <Button
        type="text"
        size="small"
        aria-label={t('customer.close')}
        icon={<X size={14} />}
        onClick={() => onChange(undefined)}
      />
    </div>
  )
}
