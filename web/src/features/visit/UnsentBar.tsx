import { Button } from 'antd'
import { CloudUpload } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/error'
import { DateText } from '@/kit/DateText'
import { RecordPanel } from '@/kit/RecordPanel'
import { useConfirm } from '@/kit/useConfirm'
import { ActForm } from './ActForm'
import { asError, type Queue, type Unsent } from './unsent/queue'
import { useQueue } from './unsent/useQueue'
import './visit.css'

/** How often what waits is tried again, in milliseconds: a phone does not always say that the network is back. */
const AGAIN_MS = 20_000

/** What was entered without a network: how much waits, and what to do with what was refused. */
export default function UnsentBar() {
  const { t } = useTranslation()
  const { queue, list } = useQueue()
  const [open, setOpen] = useState(false)
  useEffect(() => {
    if (!queue) return
    const flush = () => void queue.flush().catch(() => undefined)
    const timer = setInterval(flush, AGAIN_MS)
    window.addEventListener('online', flush)
    document.addEventListener('visibilitychange', flush)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', flush)
      document.removeEventListener('visibilitychange', flush)
    }
  }, [queue])
  if (!queue || list.length === 0) return null
  const refused = list.filter((e) => e.refused).length
  return (
    <>
      <div className={refused > 0 ? 'unsent unsent-bad' : 'unsent'} role="status">
        <CloudUpload size={14} aria-hidden />
        {t('unsent.count', { count: list.length })}
        {refused > 0 && ` · ${t('unsent.refused', { count: refused })}`}
        <Button size="small" onClick={() => setOpen(true)}>
          {t('unsent.see')}
        </Button>
      </div>
      {open && (
        <RecordPanel open title={t('unsent.title')} onClose={() => setOpen(false)}>
          <p className="muted">{t('unsent.hint')}</p>
          <ul className="side-list">
            {list.map((e) => (
              <Entry key={e.seq} entry={e} queue={queue} />
            ))}
          </ul>
        </RecordPanel>
      )}
    </>
  )
}

function Entry({ entry: e, queue }: { entry: Unsent; queue: Queue }) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const [editing, setEditing] = useState(false)
  const seq = e.seq ?? 0
  const discard = () =>
    confirm({
      title: t('unsent.discard_title', { name: e.visit.customer.name }),
      text: t('unsent.discard_text'),
      ok: t('unsent.discard'),
      danger: true,
      action: () => queue.discard(seq),
    })
  return (
    <li className="unsent-entry">
      <span>
        <b>{e.visit.customer.name}</b> · {t(`visit.act.${e.body.act}`)}{' '}
        <span className="muted">{e.body.at && <DateText value={e.body.at} time />}</span>
      </span>
      <Reason of={e} />
      <span className="row">
        {e.refused && (e.body.act === 'arrive' || e.body.act === 'report') && (
          <Button onClick={() => setEditing(true)}>{t('unsent.edit')}</Button>
        )}
        <Button onClick={() => void (e.refused ? queue.again(seq) : queue.flush())}>{t('unsent.again')}</Button>
        <Button danger onClick={() => void discard()}>
          {t('unsent.discard')}
        </Button>
      </span>
      {editing && <ActForm visit={e.visit} act={e.body.act} again={e} onClose={() => setEditing(false)} />}
    </li>
  )
}

function Reason({ of: e }: { of: Unsent }) {
  const { t } = useTranslation()
  if (!e.refused) return <span className="muted">{t('unsent.waits', { n: e.photos.length + e.files.length })}</span>
  const first = e.refused.fields[0]
  const failure = asError(first ? { ...e.refused, code: first.code, args: first.args } : e.refused)
  return (
    <span className="refused" role="alert">
      {errorText(t, failure)}
    </span>
  )
}
